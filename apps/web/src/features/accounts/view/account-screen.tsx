import { Button } from "../../../design/primitives/button.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { AccountViewModel } from "../view-model/account-view-model.ts";
import { AccountFields } from "./account-fields.tsx";
import styles from "./account-screen.module.css";
import { Logo } from "./logo.tsx";

export interface AccountScreenProps {
  readonly model: AccountViewModel;
  readonly texts: Texts;
  /** Somebody signed out here, and the server does not know it yet. */
  readonly unended: boolean;
}

/** The first screen: sign in, or sign up. */
export function AccountScreen({ model, texts, unended }: AccountScreenProps) {
  const snapshot = useObservable(model);
  const words = texts.accounts;
  const signUp = snapshot.mode === "sign-up";
  return (
    <main className={styles["screen"]}>
      <div className={styles["card"]}>
        <Logo />
        <h1 className={styles["title"]}>{signUp ? words.welcome : words.signInTitle}</h1>
        <p className={styles["tagline"]}>{words.tagline}</p>
        {unended && (
          <p className={styles["note"]} role="status">
            {words.unended}
          </p>
        )}
        <AccountFields model={model} snapshot={snapshot} texts={texts} />
        <p className={styles["other"]}>
          {signUp ? words.haveAccount : words.noAccount}
          <Button look="quiet" onClick={() => model.setMode(signUp ? "sign-in" : "sign-up")}>
            {signUp ? words.toSignIn : words.toSignUp}
          </Button>
        </p>
      </div>
    </main>
  );
}
