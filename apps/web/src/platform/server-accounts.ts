import { type AccountClient, accountErrorOf } from "@parley/accounts-client";
import type { Clock } from "@parley/client";
import type { Session } from "@parley/protocol";
import type { AccountService, CurrentAccount } from "../app/account-service.ts";
import type {
  SignedInAccount,
  SignInForm,
  SignInOutcome,
  SignUpForm,
} from "../features/accounts/view-model/accounts.ts";
import type { Person } from "../features/people/view-model/person.ts";
import type { SignedInDevice } from "../features/settings/view-model/devices.ts";

/** Accounts, devices and people as the app asks for them, from the server's account service. */
export class ServerAccounts implements AccountService {
  readonly #client: AccountClient;
  readonly #clock: Clock;

  constructor(client: AccountClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  signUp(form: SignUpForm): Promise<SignInOutcome> {
    return this.#outcome(this.#client.signUp(form));
  }

  signIn(form: SignInForm): Promise<SignInOutcome> {
    return this.#outcome(this.#client.signIn(form));
  }

  async current(): Promise<CurrentAccount> {
    try {
      const session = await this.#client.getSession();
      const account = session === undefined ? undefined : accountOf(session);
      return account === undefined ? { kind: "signed-out" } : { kind: "signed-in", account };
    } catch {
      return { kind: "unreachable" };
    }
  }

  /** A session that has ended already needs no ending. */
  async signOut(): Promise<void> {
    try {
      await this.#client.signOut();
    } catch (error) {
      if (accountErrorOf(error).kind !== "unauthenticated") throw error;
    }
  }

  async setDisplayName(name: string): Promise<void> {
    await this.#client.setDisplayName(name);
  }

  async devices(): Promise<readonly SignedInDevice[]> {
    const devices = await this.#client.listDevices();
    return devices.map(({ id, name, lastSeenAt, current }) => ({ id, name, lastSeenAt, current }));
  }

  revokeDevice(id: string): Promise<void> {
    return this.#client.revokeDevice(id);
  }

  readonly findPeople = async (query: string): Promise<readonly Person[]> => {
    const people = await this.#client.findPeople(query);
    return people.map(({ account, userName, displayName }) => ({ account, userName, displayName }));
  };

  async #outcome(call: Promise<Session>): Promise<SignInOutcome> {
    try {
      const account = accountOf(await call);
      return account === undefined ? { kind: "failed" } : { kind: "signed-in", account };
    } catch (thrown) {
      const { kind, retryAfterMs } = accountErrorOf(thrown);
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

function accountOf({ profile }: Session): SignedInAccount | undefined {
  if (profile === undefined) return undefined;
  const { account, userName, displayName } = profile;
  return { account, userName, displayName };
}
