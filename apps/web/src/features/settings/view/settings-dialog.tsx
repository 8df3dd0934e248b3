import { type FormEvent, useState } from "react";
import { Avatar } from "../../../design/primitives/avatar.tsx";
import { Button } from "../../../design/primitives/button.tsx";
import { Choice } from "../../../design/primitives/choice.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import { Switch } from "../../../design/primitives/switch.tsx";
import { TextField } from "../../../design/primitives/text-field.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import { BlockedPeople } from "../../blocking/view/blocked-people.tsx";
import { LanguageChoice } from "../../language/view/language-choice.tsx";
import { accents, densities, themes } from "../view-model/appearance.ts";
import type { SettingsViewModel } from "../view-model/settings-view-model.ts";
import { DeviceList } from "./device-list.tsx";
import { PrivacySection } from "./privacy-section.tsx";
import styles from "./settings-dialog.module.css";
import { SignOutDialog } from "./sign-out-dialog.tsx";

export interface SettingsDialogProps {
  readonly model: SettingsViewModel;
  readonly texts: Texts;
  readonly onReports: () => void;
  readonly onClose: () => void;
}

export function SettingsDialog({ model, texts, onReports, onClose }: SettingsDialogProps) {
  const {
    account,
    displayName,
    displayNameError,
    canSaveName,
    theme,
    density,
    accent,
    language,
    notifications,
    inspecting,
    privacy,
    blocked,
    devices,
    readsReports,
    pending,
    signingOut,
    storage,
  } = useObservable(model);
  const [leaving, setLeaving] = useState(false);
  const words = texts.settings;
  const saveName = (event: FormEvent) => {
    event.preventDefault();
    void model.saveDisplayName();
  };
  return (
    <Dialog title={words.title} closeLabel={texts.common.close} onClose={onClose}>
      <div className={styles["self"]}>
        <Avatar name={account.displayName} seed={account.account} size="large" />
        <div className={styles["names"]}>
          <p className={styles["name"]}>{account.displayName}</p>
          <p className={styles["userName"]}>{words.signedInAs(account.userName)}</p>
        </div>
      </div>
      <form className={styles["nameForm"]} onSubmit={saveName}>
        <TextField
          label={words.displayName}
          value={displayName}
          onValue={model.setDisplayName}
          error={displayNameError}
          autoComplete="name"
        />
        <Button type="submit" look={canSaveName ? "primary" : "secondary"} disabled={!canSaveName}>
          {texts.common.save}
        </Button>
      </form>
      <Choice
        label={words.theme}
        value={theme}
        options={themes.map((value) => ({ value, label: words.themes[value] }))}
        onValue={model.setTheme}
      />
      <Choice
        label={words.density}
        value={density}
        options={densities.map((value) => ({ value, label: words.densities[value] }))}
        onValue={model.setDensity}
      />
      <Choice
        label={words.accent}
        value={accent}
        options={accents.map((value) => ({ value, label: words.accents[value] }))}
        onValue={model.setAccent}
      />
      <LanguageChoice value={language} texts={texts} onValue={(choice) => void model.setLanguage(choice)} />
      <Switch
        label={words.notifications}
        help={words.notificationsText[notifications]}
        on={notifications === "on"}
        disabled={notifications === "blocked" || notifications === "unavailable"}
        onChange={model.setNotifications}
      />
      <PrivacySection
        privacy={privacy}
        texts={texts}
        onReadReceipts={model.setReadReceipts}
        onPresence={model.setPresence}
      />
      <BlockedPeople people={blocked} texts={texts} onUnblock={model.unblock} />
      <DeviceList
        devices={devices}
        texts={texts}
        onRevoke={(device) => void model.revoke(device)}
        onRetry={() => void model.loadDevices()}
      />
      {readsReports && (
        <section aria-label={texts.reports.place}>
          <h3 className={styles["heading"]}>{texts.reports.place}</h3>
          <p className={styles["help"]}>{texts.reports.placeText}</p>
          <Button onClick={onReports}>{texts.reports.open}</Button>
        </section>
      )}
      <Switch label={words.inspector} help={words.inspectorText} on={inspecting} onChange={model.setInspecting} />
      <section aria-label={words.storage}>
        <h3 className={styles["heading"]}>{words.storage}</h3>
        <p className={styles["help"]}>{storage}</p>
      </section>
      <div className={styles["leave"]}>
        <Button icon="signOut" busy={signingOut} onClick={() => setLeaving(true)}>
          {words.signOut}
        </Button>
      </div>
      {leaving && (
        <SignOutDialog
          pending={pending}
          texts={texts}
          onSignOut={() => void model.signOut()}
          onClose={() => setLeaving(false)}
        />
      )}
    </Dialog>
  );
}
