import type { AccountClient, AccountError } from "@parley/accounts-client";
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

/**
 * Accounts, devices and people as the app asks for them, from the server's account service. Its client is fetched when it is first needed: the
 * app is on the screen before.
 */
export class ServerAccounts implements AccountService {
  readonly #client: () => Promise<AccountClient>;
  readonly #clock: Clock;

  constructor(client: () => Promise<AccountClient>, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  signUp(form: SignUpForm): Promise<SignInOutcome> {
    return this.#outcome((client) => client.signUp(form));
  }

  signIn(form: SignInForm): Promise<SignInOutcome> {
    return this.#outcome((client) => client.signIn(form));
  }

  async current(): Promise<CurrentAccount> {
    try {
      const session = await (await this.#client()).getSession();
      const account = session === undefined ? undefined : accountOf(session);
      return account === undefined ? { kind: "signed-out" } : { kind: "signed-in", account };
    } catch {
      return { kind: "unreachable" };
    }
  }

  /** A session that has ended already needs no ending. */
  async signOut(): Promise<void> {
    try {
      await (await this.#client()).signOut();
    } catch (error) {
      if (!isAccountError(error) || error.kind !== "unauthenticated") throw error;
    }
  }

  async setDisplayName(name: string): Promise<void> {
    await (await this.#client()).setDisplayName(name);
  }

  async devices(): Promise<readonly SignedInDevice[]> {
    const devices = await (await this.#client()).listDevices();
    return devices.map(({ id, name, lastSeenAt, current }) => ({ id, name, lastSeenAt, current }));
  }

  async revokeDevice(id: string): Promise<void> {
    await (await this.#client()).revokeDevice(id);
  }

  readonly findPeople = async (query: string): Promise<readonly Person[]> => {
    const people = await (await this.#client()).findPeople(query);
    return people.map(({ account, userName, displayName }) => ({ account, userName, displayName }));
  };

  async #outcome(call: (client: AccountClient) => Promise<Session>): Promise<SignInOutcome> {
    try {
      const account = accountOf(await call(await this.#client()));
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

function accountOf({ profile }: Session): SignedInAccount | undefined {
  if (profile === undefined) return undefined;
  const { account, userName, displayName } = profile;
  return { account, userName, displayName };
}
