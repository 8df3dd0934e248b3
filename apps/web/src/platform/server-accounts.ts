import type { AccountClient, AccountError } from "@parley/accounts-client";
import type { Myself } from "@parley/accounts-client/who-am-i";
import type { Clock, PrivacyView } from "@parley/client";
import type { Report, Session } from "@parley/protocol";
import type { AccountService, CurrentAccount } from "../app/account-service.ts";
import type {
  SignedInAccount,
  SignInForm,
  SignInOutcome,
  SignUpForm,
} from "../features/accounts/view-model/accounts.ts";
import type { Person } from "../features/people/view-model/person.ts";
import type { OpenReport } from "../features/reports/view-model/open-report.ts";
import type { SignedInDevice } from "../features/settings/view-model/devices.ts";
import { ObservedValue } from "../observable/observed-value.ts";
import type { SessionToEnd } from "./session-to-end.ts";

const END_AGAIN_AFTER_MS = 10_000;

/**
 * Accounts, devices and people as the app asks for them, from the server's account service. Its client is fetched when it is first needed: the
 * app is on the screen before, and most of the time nothing more is asked than who is signed in.
 */
export class ServerAccounts implements AccountService {
  readonly #whoAmI: () => Promise<Myself | undefined>;
  readonly #client: () => Promise<AccountClient>;
  readonly #clock: Clock;
  readonly #toEnd: SessionToEnd;
  readonly unended = new ObservedValue(false);
  #stopWaiting: () => void = () => {};

  constructor(
    whoAmI: () => Promise<Myself | undefined>,
    client: () => Promise<AccountClient>,
    clock: Clock,
    toEnd: SessionToEnd,
  ) {
    this.#whoAmI = whoAmI;
    this.#client = client;
    this.#clock = clock;
    this.#toEnd = toEnd;
  }

  signUp(form: SignUpForm): Promise<SignInOutcome> {
    return this.#outcome((client) => client.signUp(form));
  }

  signIn(form: SignInForm): Promise<SignInOutcome> {
    return this.#outcome((client) => client.signIn(form));
  }

  async current(): Promise<CurrentAccount> {
    // Whoever signed out here is not signed in again by a cookie that is left.
    if (!(await this.#endLeft())) return { kind: "signed-out" };
    try {
      const account = await this.#whoAmI();
      if (account !== undefined) return { kind: "signed-in", account };
      // Whoever signs in next needs it; if it cannot be had now, it is asked for again.
      this.#client().catch(() => undefined);
      return { kind: "signed-out" };
    } catch {
      return { kind: "unreachable" };
    }
  }

  async signOut(account: string, forget: () => Promise<void>): Promise<void> {
    this.#toEnd.set(account);
    try {
      await forget();
    } catch (error) {
      this.#toEnd.clear();
      throw error;
    }
    await this.#endLeft();
  }

  async setDisplayName(name: string): Promise<void> {
    await (await this.#client()).setDisplayName(name);
  }

  async setPrivacy(change: Partial<PrivacyView>): Promise<void> {
    await (await this.#client()).setPrivacy(change);
  }

  async devices(): Promise<readonly SignedInDevice[]> {
    const devices = await (await this.#client()).listDevices();
    return devices.map(({ id, name, lastSeenAt, current }) => ({ id, name, lastSeenAt, current }));
  }

  async revokeDevice(id: string): Promise<void> {
    await (await this.#client()).revokeDevice(id);
  }

  async readsReports(): Promise<boolean> {
    return (await this.#whoAmI())?.readsReports === true;
  }

  async reports(): Promise<readonly OpenReport[]> {
    const { reports, people } = await (await this.#client()).listReports();
    const names = new Map(people.map(({ account, displayName }) => [account, displayName]));
    return reports.map((report) => openReport(report, names));
  }

  async closeReport({ reporter, id }: Pick<OpenReport, "reporter" | "id">): Promise<void> {
    await (await this.#client()).closeReport(reporter, id);
  }

  readonly findPeople = async (query: string): Promise<readonly Person[]> => {
    const people = await (await this.#client()).findPeople(query);
    return people.map(({ account, userName, displayName }) => ({ account, userName, displayName }));
  };

  /** Ends on the server what was ended here. False while it cannot be told; tried again then. */
  async #endLeft(): Promise<boolean> {
    const { account } = this.#toEnd;
    if (account === undefined) {
      // Nobody left, or another tab has told the server.
      this.#nothingLeft();
      return true;
    }
    try {
      const myself = await this.#whoAmI();
      // Meanwhile another account may have signed in, in another tab.
      if (myself?.account === account) await (await this.#client()).signOut();
      this.#ended();
      return true;
    } catch (error) {
      if (isAccountError(error) && error.kind === "unauthenticated") {
        this.#ended();
        return true;
      }
      this.unended.set(true);
      this.#stopWaiting();
      this.#stopWaiting = this.#clock.after(END_AGAIN_AFTER_MS, () => void this.#endLeft());
      return false;
    }
  }

  #ended(): void {
    this.#toEnd.clear();
    this.#nothingLeft();
  }

  #nothingLeft(): void {
    this.#stopWaiting();
    this.unended.set(false);
  }

  async #outcome(call: (client: AccountClient) => Promise<Session>): Promise<SignInOutcome> {
    try {
      await this.#endLeft();
      const account = accountOf(await call(await this.#client()));
      // The cookie is another one now: what could not be ended is out of reach, and stays in the list of devices.
      this.#ended();
      return account === undefined ? { kind: "failed" } : { kind: "signed-in", account };
    } catch (thrown) {
      if (!isAccountError(thrown)) return { kind: "unreachable" };
      const { kind, retryAfterMs } = thrown;
      switch (kind) {
        case "name-taken":
        case "wrong-credentials":
        case "invalid":
        case "unreachable":
          return { kind };
        case "rate-limited":
          return { kind, retryAt: this.#clock.now() + retryAfterMs };
        default:
          return { kind: "failed" };
      }
    }
  }
}

/** Everything else that is thrown means that the client itself could not be fetched. */
function isAccountError(thrown: unknown): thrown is AccountError {
  return thrown instanceof Error && thrown.name === "AccountError";
}

/** In the order of their numbers in the schema, which is not fetched for them. */
const reasons = ["other", "spam", "harassment", "illegal", "other"] as const;

function openReport(report: Report, names: ReadonlyMap<string, string>): OpenReport {
  const { id, reporter, title, receivedAt, keptUntil, reason, note, messages } = report;
  return {
    id,
    reporter,
    reporterName: names.get(reporter) ?? "",
    title,
    at: receivedAt,
    keptUntil,
    reason: reasons[reason] ?? "other",
    note,
    messages: messages.map(({ id: message, author, content, receivedAt: at, reported }) => {
      const text = content?.form.case === "plain" ? content.form.value.text : undefined;
      return { id: message, authorName: names.get(author) ?? "", at, text, reported };
    }),
  };
}

function accountOf({ profile }: Session): SignedInAccount | undefined {
  if (profile === undefined) return undefined;
  const { account, userName, displayName } = profile;
  return { account, userName, displayName };
}
