import type { Clock, Observable } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { Texts } from "../../../texts/en.ts";
import { checkSignIn, checkSignUp, type FieldErrors } from "./account-form.ts";
import type { Accounts, SignedInAccount, SignInOutcome } from "./accounts.ts";

export interface AccountSnapshot {
  readonly mode: "sign-in" | "sign-up";
  readonly userName: string;
  readonly displayName: string;
  readonly password: string;
  readonly errors: FieldErrors;
  /** What is wrong with the whole, in words. */
  readonly problem: string | undefined;
  readonly busy: boolean;
  /** Signing in again as somebody who is known. */
  readonly userNameFixed: boolean;
}

/** What somebody has typed so far, in a form that was shown before. */
export type BegunForm = Pick<AccountSnapshot, "mode"> &
  Partial<Pick<AccountSnapshot, "userName" | "displayName" | "password">>;

export interface AccountViewModelPorts {
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly texts: Texts;
  readonly signedIn: (account: SignedInAccount) => void;
  /** Only this account may sign in: its outbox waits on this device. */
  readonly only?: SignedInAccount;
}

/** The forms to sign up and to sign in. */
export class AccountViewModel implements Observable<AccountSnapshot> {
  readonly #ports: AccountViewModelPorts;
  readonly #snapshot: ObservedValue<AccountSnapshot>;
  #stopCountdown: () => void = () => {};

  constructor(ports: AccountViewModelPorts, { mode, userName = "", displayName = "", password = "" }: BegunForm) {
    this.#ports = ports;
    this.#snapshot = new ObservedValue<AccountSnapshot>({
      mode,
      userName: ports.only?.userName ?? userName,
      displayName,
      password,
      errors: {},
      problem: undefined,
      busy: false,
      userNameFixed: ports.only !== undefined,
    });
  }

  get = (): AccountSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);

  setMode = (mode: AccountSnapshot["mode"]): void => {
    this.#stopCountdown();
    this.#snapshot.change({ mode, errors: {}, problem: undefined });
  };

  setField = (field: "userName" | "displayName" | "password", value: string): void => {
    const { [field]: _corrected, ...errors } = this.get().errors;
    this.#snapshot.change({ [field]: value, errors });
  };

  submit = async (): Promise<void> => {
    const { mode, busy, ...form } = this.get();
    if (busy) return;
    const { accounts, texts } = this.#ports;
    const errors = mode === "sign-up" ? checkSignUp(form, texts) : checkSignIn(form, texts);
    if (Object.keys(errors).length > 0) {
      this.#snapshot.change({ errors, problem: undefined });
      return;
    }
    this.#stopCountdown();
    this.#snapshot.change({ busy: true, errors: {}, problem: undefined });
    const credentials = { userName: form.userName.trim().toLowerCase(), password: form.password };
    const outcome =
      mode === "sign-up"
        ? await accounts.signUp({ ...credentials, displayName: form.displayName.trim() })
        : await accounts.signIn(credentials);
    this.#settle(outcome);
  };

  dispose = (): void => this.#stopCountdown();

  #settle(outcome: SignInOutcome): void {
    this.#snapshot.change({ busy: false });
    const words = this.#ports.texts.accounts.errors;
    switch (outcome.kind) {
      case "signed-in":
        this.#signedIn(outcome.account);
        break;
      case "name-taken":
        this.#snapshot.change({ errors: { userName: words.nameTaken } });
        break;
      case "wrong-credentials":
        this.#snapshot.change({ problem: words.wrongCredentials, password: "" });
        break;
      case "rate-limited":
        this.#countDown(outcome.retryAt);
        break;
      case "invalid":
      case "unreachable":
      case "failed":
        this.#snapshot.change({ problem: words[outcome.kind] });
    }
  }

  #signedIn(account: SignedInAccount): void {
    const { only, texts, signedIn } = this.#ports;
    if (only !== undefined && only.account !== account.account) {
      this.#snapshot.change({ problem: texts.accounts.errors.otherAccount(only.userName) });
      return;
    }
    this.#snapshot.change({ password: "" });
    signedIn(account);
  }

  /** Says every second how long it still takes. */
  #countDown(retryAt: number): void {
    const { clock, texts } = this.#ports;
    const seconds = Math.ceil((retryAt - clock.now()) / 1000);
    if (seconds <= 0) {
      this.#snapshot.change({ problem: texts.accounts.errors.rateLimitOver });
      return;
    }
    this.#snapshot.change({ problem: texts.accounts.errors.rateLimited(seconds) });
    this.#stopCountdown = clock.after(1000, () => this.#countDown(retryAt));
  }
}
