import { ProblemCode, type Profile } from "@parley/protocol";
import type { Clock } from "../connection/clock.ts";
import type { LogReader } from "../log/log-reader.ts";
import type { LogWriter } from "../log/log-writer.ts";
import { internalAddress, isUserName, validDisplayName, validPassword, validUserName } from "./account-names.ts";
import { AttemptLimiter } from "./attempt-limiter.ts";
import type { Auth } from "./auth.ts";
import { Refusal } from "./refusal.ts";
import type { Sessions } from "./sessions.ts";
import type { SignedIn } from "./signed-in.ts";

/** Ten wrong passwords for one account at once, then one every half minute. */
const PER_ACCOUNT = { burst: 10, refillMs: 30_000 };
/** A household or office shares an address. */
const PER_ADDRESS = { burst: 100, refillMs: 3_000 };
const SIGN_UP_REFILL_MS = 10_000;

/** A session that has just begun. */
export interface NewSession {
  readonly profile: Profile;
  readonly token: string;
  readonly cookies: readonly string[];
}

export interface AccountsPorts {
  readonly auth: Auth;
  readonly sessions: Sessions;
  readonly reader: LogReader;
  readonly writer: LogWriter;
  readonly clock: Clock;
  /** From one address. */
  readonly signUpsAtOnce: number;
}

/** Accounts and sessions. What others see of an account is its profile, which lives with the logs. */
export class Accounts {
  readonly #ports: AccountsPorts;
  readonly #byAccount: AttemptLimiter;
  readonly #byAddress: AttemptLimiter;
  readonly #signUps: AttemptLimiter;

  constructor(ports: AccountsPorts) {
    this.#ports = ports;
    this.#byAccount = new AttemptLimiter(PER_ACCOUNT, ports.clock);
    this.#byAddress = new AttemptLimiter(PER_ADDRESS, ports.clock);
    this.#signUps = new AttemptLimiter({ burst: ports.signUpsAtOnce, refillMs: SIGN_UP_REFILL_MS }, ports.clock);
  }

  async signUp(userName: string, displayName: string, password: string, address: string): Promise<NewSession> {
    this.#signUps.take(address);
    const name = validUserName(userName);
    const shown = displayName.trim() === "" ? name : validDisplayName(displayName);
    const body = { username: name, name: shown, email: internalAddress(name), password: validPassword(password) };
    const { response, headers } = await this.#granted(
      () => this.#ports.auth.api.signUpEmail({ body, returnHeaders: true }),
      new Refusal(ProblemCode.NAME_TAKEN, "That user name is taken."),
    );
    return this.#begin(response.user.id, name, shown, headers);
  }

  async signIn(userName: string, password: string, address: string): Promise<NewSession> {
    const name = userName.trim().toLowerCase();
    this.#byAddress.take(address);
    // Nobody can have such a name: it must not be remembered, however long it is.
    if (!isUserName(name)) throw wrongCredentials();
    this.#byAccount.take(name);
    const { response, headers } = await this.#granted(
      () => this.#ports.auth.api.signInUsername({ body: { username: name, password }, returnHeaders: true }),
      wrongCredentials(),
    );
    this.#byAddress.giveBack(address);
    this.#byAccount.giveBack(name);
    return this.#begin(response.user.id, name, response.user.name, headers);
  }

  /**
   * Who a session belongs to; undefined if there is none or it has ended.
   *
   * @param headers with the session cookie or `Authorization: Bearer`
   */
  async signedIn(headers: Headers): Promise<SignedIn | undefined> {
    const { sessions, clock } = this.#ports;
    const found = sessions.find(headers, clock.now());
    return found?.stale === true ? (await this.#lookUp(headers)).signedIn : found?.signedIn;
  }

  /** As `signedIn`, and gives the cookies to be set if the session was renewed. */
  async renew(headers: Headers): Promise<{ signedIn: SignedIn | undefined; cookies: readonly string[] }> {
    return this.#lookUp(headers);
  }

  /** The profile of an account. One that a crash kept from being made is made now. */
  async profile({ account, userName, firstDisplayName }: SignedIn): Promise<Profile> {
    return (await this.#storedProfile(account)) ?? this.#makeProfile(account, userName, firstDisplayName);
  }

  async setDisplayName({ account, userName }: SignedIn, displayName: string): Promise<Profile> {
    return this.#makeProfile(account, userName, validDisplayName(displayName));
  }

  /** Ends a session; nobody can use it any more once this resolves. */
  async endSession(session: string): Promise<void> {
    const { adapter, internalAdapter } = await this.#ports.auth.$context;
    const where = [{ field: "id", value: session }];
    const found = await adapter.findOne<{ token: string }>({ model: "session", where });
    if (found !== null) await internalAdapter.deleteSession(found.token);
  }

  /** Cookies that make a browser forget its session. */
  async signOutCookies(headers: Headers): Promise<readonly string[]> {
    const { headers: answer } = await this.#ports.auth.api.signOut({ headers, returnHeaders: true });
    return answer.getSetCookie();
  }

  async #begin(account: string, userName: string, displayName: string, headers: Headers): Promise<NewSession> {
    const profile = (await this.#storedProfile(account)) ?? (await this.#makeProfile(account, userName, displayName));
    return { profile, token: headers.get("set-auth-token") ?? "", cookies: headers.getSetCookie() };
  }

  async #lookUp(headers: Headers): Promise<{ signedIn: SignedIn | undefined; cookies: readonly string[] }> {
    const { response, headers: answer } = await this.#ports.auth.api.getSession({ headers, returnHeaders: true });
    const cookies = answer.getSetCookie();
    if (response === null) return { signedIn: undefined, cookies };
    const { session, user } = response;
    const userName = user.username ?? "";
    const signedIn = { account: user.id, session: session.id, userName, firstDisplayName: user.name };
    return { signedIn, cookies };
  }

  async #storedProfile(account: string): Promise<Profile | undefined> {
    return (await this.#ports.reader.profiles([account]))[0];
  }

  async #makeProfile(account: string, userName: string, displayName: string): Promise<Profile> {
    const rev = await this.#ports.writer.putProfile(account, userName, displayName);
    return { $typeName: "parley.v1.Profile", account, userName, displayName, rev };
  }

  /** The account library says no with errors of its own; a person hears one reason for all of them. */
  async #granted<T>(call: () => Promise<T>, otherwise: Refusal): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (isRefusedByLibrary(error)) throw otherwise;
      throw error;
    }
  }
}

function wrongCredentials(): Refusal {
  return new Refusal(ProblemCode.WRONG_CREDENTIALS, "The user name or the password is wrong.");
}

/** Whether the account library refused a call, as opposed to failing at it. */
function isRefusedByLibrary(error: unknown): boolean {
  return (
    error instanceof Error && "statusCode" in error && typeof error.statusCode === "number" && error.statusCode < 500
  );
}
