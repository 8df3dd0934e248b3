import type { Observable } from "@parley/client";
import { AccountViewModel, type BegunForm } from "../features/accounts/view-model/account-view-model.ts";
import type { SignedInAccount } from "../features/accounts/view-model/accounts.ts";
import type { LanguageSetting } from "../features/language/view-model/language-setting.ts";
import type { DueReminders } from "../hosts/engine-side/due-reminders.ts";
import { ObservedValue } from "../observable/observed-value.ts";
import type { Texts } from "../texts/en.ts";
import type { AppPorts } from "./app-ports.ts";
import type { EngineHome } from "./engine-home.ts";
import { Session } from "./session.ts";

export type AppSnapshot = { readonly texts: Texts } & (
  | { readonly kind: "starting" }
  | { readonly kind: "accounts"; readonly model: AccountViewModel }
  /**
   * The key is another one for each that signs in: nothing that is open for one stays open for the next, who may be somebody else. Where the language
   * becomes another, there is another session under the same key.
   */
  | { readonly kind: "session"; readonly session: Session; readonly key: string }
);

/** Who is signed in: nobody, or one account with its session. */
export class AppViewModel implements Observable<AppSnapshot> {
  readonly #ports: AppPorts;
  readonly #snapshot: ObservedValue<AppSnapshot>;
  #home: EngineHome | undefined;

  constructor(ports: AppPorts) {
    this.#ports = ports;
    this.#snapshot = new ObservedValue<AppSnapshot>({ kind: "starting", texts: this.#texts });
    ports.speech.subscribe(() => this.#speakAnew());
  }

  get = (): AppSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);

  /** Opens at once for who is remembered, and then asks the server whether that is still so. */
  async start(): Promise<void> {
    const { accounts, memory } = this.#ports;
    memory.onChange(() => this.#follow());
    const remembered = memory.read();
    if (remembered !== undefined) this.#open(remembered);
    const current = await accounts.current();
    // Somebody signed in or out here, or in another tab, while the server was asked: what it says is of before.
    if (memory.read()?.account !== remembered?.account) return;
    if (current.kind === "signed-in") {
      // The same account keeps its session; another one signed in, in another tab.
      if (current.account.account !== remembered?.account) this.#open(current.account);
      else memory.write(current.account);
    } else if (remembered === undefined) {
      this.#showAccounts({ mode: "sign-in" });
    }
  }

  #open(account: SignedInAccount): void {
    this.#endSession();
    this.#ports.memory.write(account);
    const home = this.#ports.openEngine(account);
    this.#home = home;
    this.#showSession(account, home, this.#ports.newId());
  }

  #showSession(account: SignedInAccount, home: EngineHome, key: string): void {
    const { account: owner } = account;
    const { speech, ...rest } = this.#ports;
    const session = new Session(
      account,
      home,
      { ...rest, ...speech.get() },
      () => this.#signedOut(owner),
      () => void this.#lookAgain(owner),
    );
    this.#snapshot.set({ kind: "session", session, key, texts: this.#texts });
  }

  /** The words are all over what is shown: it is made anew, on the engine that runs. */
  #speakAnew(): void {
    const snapshot = this.get();
    switch (snapshot.kind) {
      case "starting":
        this.#snapshot.set({ ...snapshot, texts: this.#texts });
        return;
      case "accounts":
        this.#showAccounts(snapshot.model.get());
        return;
      case "session":
        snapshot.session.dispose();
        if (this.#home !== undefined) this.#showSession(snapshot.session.account, this.#home, snapshot.key);
    }
  }

  get #texts(): Texts {
    return this.#ports.speech.get().texts;
  }

  /** Tells by the system what is due: nobody looks at any tab. */
  remind = (reminders: DueReminders): void => {
    const snapshot = this.get();
    if (snapshot.kind === "session") void snapshot.session.remind(reminders);
  };

  get language(): LanguageSetting {
    return this.#ports.language;
  }

  get unended(): Observable<boolean> {
    return this.#ports.accounts.unended;
  }

  /** Whose session is open. */
  get #owner(): string | undefined {
    const snapshot = this.get();
    return snapshot.kind === "session" ? snapshot.session.owner : undefined;
  }

  /** Another tab signed in or out: a browser has one session for all its tabs, and nobody's views stay open under another's. */
  #follow(): void {
    const remembered = this.#ports.memory.read();
    if (remembered?.account === this.#owner) return;
    if (remembered !== undefined) this.#open(remembered);
    else this.#leave();
  }

  /** The session is not this account's any more: perhaps it is another's by now. */
  async #lookAgain(owner: string): Promise<void> {
    const current = await this.#ports.accounts.current();
    if (this.#owner !== owner || current.kind !== "signed-in") return;
    if (current.account.account !== owner) this.#open(current.account);
  }

  #signedOut(owner: string): void {
    const { memory } = this.#ports;
    // Another tab may have signed in as somebody else already.
    if (memory.read()?.account === owner) memory.clear();
    if (this.#owner === owner) this.#leave();
  }

  #leave(): void {
    this.#showAccounts({ mode: "sign-in" });
    this.#ports.router.replace({ conversation: undefined });
  }

  #showAccounts(begun: BegunForm): void {
    this.#endSession();
    const { accounts, clock } = this.#ports;
    const texts = this.#texts;
    const signedIn = (account: SignedInAccount) => this.#open(account);
    this.#snapshot.set({
      kind: "accounts",
      texts,
      model: new AccountViewModel({ accounts, clock, texts, signedIn }, begun),
    });
  }

  #endSession(): void {
    this.#home?.close();
    this.#home = undefined;
    const snapshot = this.get();
    if (snapshot.kind === "session") snapshot.session.dispose();
    if (snapshot.kind === "accounts") snapshot.model.dispose();
  }
}
