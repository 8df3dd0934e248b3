import { Icon } from "../../../design/primitives/icon.tsx";
import { Spinner } from "../../../design/primitives/spinner.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { ConnectionViewModel } from "../view-model/connection-view-model.ts";
import styles from "./connection-banner.module.css";

export interface ConnectionBannerProps {
  readonly model: ConnectionViewModel;
  readonly texts: Texts;
  readonly onAction: (kind: "try-now" | "sign-in" | "use-here" | "outbox") => void;
}

export function ConnectionBanner({ model, texts, onAction }: ConnectionBannerProps) {
  const { banner, pending } = useObservable(model);
  if (banner === undefined) return null;
  const { tone, text, action } = banner;
  return (
    <section className={styles["banner"]} data-tone={tone} aria-label={texts.connection.label}>
      {tone === "busy" ? <Spinner /> : <Icon name={tone === "held-up" ? "warning" : "offline"} />}
      <p className={styles["text"]}>
        {text}{" "}
        {pending > 0 && (
          <button type="button" className={styles["pending"]} onClick={() => onAction("outbox")}>
            {texts.connection.pending(pending)}
          </button>
        )}
      </p>
      {action !== undefined && (
        <button type="button" className={styles["action"]} onClick={() => onAction(action.kind)}>
          {action.label}
        </button>
      )}
    </section>
  );
}
