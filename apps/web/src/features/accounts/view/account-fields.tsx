import { type FormEvent, useEffect, useRef } from "react";
import { Button } from "../../../design/primitives/button.tsx";
import { Icon } from "../../../design/primitives/icon.tsx";
import { TextField } from "../../../design/primitives/text-field.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { AccountSnapshot, AccountViewModel } from "../view-model/account-view-model.ts";
import styles from "./account-screen.module.css";

export interface AccountFieldsProps {
  readonly model: AccountViewModel;
  readonly snapshot: AccountSnapshot;
  readonly texts: Texts;
}

/** The fields, what is wrong with them, and the button. */
export function AccountFields({ model, snapshot, texts }: AccountFieldsProps) {
  const words = texts.accounts;
  const { mode, errors, problem, busy, userNameFixed } = snapshot;
  const signUp = mode === "sign-up";
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (Object.keys(errors).length > 0) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [errors]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void model.submit();
  };
  return (
    <form ref={form} className={styles["form"]} onSubmit={submit} noValidate>
      <TextField
        label={words.userName}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        autoFocus={!userNameFixed}
        readOnly={userNameFixed}
        value={snapshot.userName}
        onValue={(value) => model.setField("userName", value)}
        hint={signUp ? words.userNameHint : undefined}
        error={errors.userName}
      />
      {signUp && (
        <TextField
          label={words.displayName}
          name="name"
          autoComplete="name"
          value={snapshot.displayName}
          onValue={(value) => model.setField("displayName", value)}
          hint={words.displayNameHint}
          error={errors.displayName}
        />
      )}
      <TextField
        label={words.password}
        name="password"
        type="password"
        autoComplete={signUp ? "new-password" : "current-password"}
        data-autofocus={userNameFixed || undefined}
        value={snapshot.password}
        onValue={(value) => model.setField("password", value)}
        hint={signUp ? words.passwordHint : undefined}
        error={errors.password}
      />
      <div role="alert" className={styles["problem"]}>
        {problem !== undefined && (
          <p>
            <Icon name="warning" />
            {problem}
          </p>
        )}
      </div>
      <Button type="submit" look="primary" wide busy={busy}>
        {signUp ? words.signUp : words.signIn}
      </Button>
    </form>
  );
}
