import { Button } from "../../../design/primitives/button.tsx";
import { Icon } from "../../../design/primitives/icon.tsx";
import { Spinner } from "../../../design/primitives/spinner.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { DeviceItem, SettingsSnapshot } from "../view-model/settings-view-model.ts";
import styles from "./settings-dialog.module.css";

export interface DeviceListProps {
  readonly devices: SettingsSnapshot["devices"];
  readonly texts: Texts;
  readonly onRevoke: (device: DeviceItem) => void;
  readonly onRetry: () => void;
}

export function DeviceList({ devices, texts, onRevoke, onRetry }: DeviceListProps) {
  const words = texts.settings;
  return (
    <section className={styles["devices"]} aria-label={words.devices}>
      <h3 className={styles["heading"]}>{words.devices}</h3>
      <p className={styles["help"]}>{words.devicesText}</p>
      {devices === "loading" && (
        <p className={styles["state"]}>
          <Spinner /> {words.devicesLoading}
        </p>
      )}
      {devices === "failed" && (
        <p className={styles["state"]}>
          <Icon name="warning" /> {words.devicesFailed}
          <Button look="quiet" onClick={onRetry}>
            {texts.common.retry}
          </Button>
        </p>
      )}
      {typeof devices !== "string" && (
        <ul>
          {devices.map((device) => (
            <li key={device.id} className={styles["device"]}>
              <Icon name="device" />
              <span className={styles["names"]}>
                <span>{device.name}</span>
                <span className={styles["help"]}>{device.seen}</span>
              </span>
              {!device.current && (
                <Button look="quiet" aria-label={words.revokeNamed(device.name)} onClick={() => onRevoke(device)}>
                  {words.revoke}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
