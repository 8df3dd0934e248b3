import { useState } from "react";
import { Button } from "../../../design/primitives/button.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import { LanguageChoice } from "../../language/view/language-choice.tsx";
import type { LanguageSetting } from "../../language/view-model/language-setting.ts";
import type { AccountViewModel } from "../view-model/account-view-model.ts";
import { AccountFields } from "./account-fields.tsx";
import styles from "./account-screen.module.css";
import { Logo } from "./logo.tsx";

export interface AccountScreenProps {
  readonly model: AccountViewModel;
  readonly texts: Texts;
  /** Somebody signed out here, and the server does not know it yet. */
  readonly unended: boolean;
  readonly language: LanguageSetting;
}

/** The first screen: sign in, or sign up. */
export function AccountScreen({ model, texts, unended, language }: AccountScreenProps) {
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
      <Language language={language} texts={texts} />
    </main>
  );
}

function Language({ language, texts }: Pick<AccountScreenProps, "language" | "texts">) {
  const choice = useObservable(language.choice);
  const [failed, setFailed] = useState(false);
  const choose = (chosen: typeof choice) => {
    language.choose(chosen).then(
      () => setFailed(false),
      () => setFailed(true),
    );
  };
  return (
    <div className={styles["language"]}>
      <LanguageChoice value={choice} texts={texts} onValue={choose} />
      <p role="alert">{failed && texts.language.failed}</p>
    </div>
  );
}
