import { createHmac, timingSafeEqual } from "node:crypto";
import type { AccountsDatabase } from "./accounts-database.ts";
import type { SignedIn } from "./signed-in.ts";

export interface SessionsOptions {
  readonly database: AccountsDatabase;
  /** What the account library signs its tokens with. */
  readonly secret: string;
  readonly cookie: string;
  /** A session that ends later than this from now needs no renewal. */
  readonly freshForMs: number;
}

/** A session as it is stored, at this moment. */
export interface StoredSession {
  readonly signedIn: SignedIn;
  /** Long unused: the account library should renew it. */
  readonly stale: boolean;
}

interface SessionRow {
  readonly id: string;
  readonly expiresAt: string;
  readonly userId: string;
}

interface UserRow {
  readonly username: string | null;
  readonly name: string;
}

const SESSION = "SELECT id, expiresAt, userId FROM session WHERE token = ?";
const USER = "SELECT username, name FROM user WHERE id = ?";

/**
 * Looks sessions up in the tables of the account library, as it does itself but at a tenth of the cost: when everybody comes back at once, each
 * shows a session. Nothing is kept, so that an ended session is not served from memory.
 */
export class Sessions {
  readonly #options: SessionsOptions;
  // Two statements: a join would be prepared anew for each look-up.
  readonly #session: ReturnType<AccountsDatabase["prepare"]>;
  readonly #user: ReturnType<AccountsDatabase["prepare"]>;

  constructor(options: SessionsOptions) {
    this.#options = options;
    this.#session = options.database.prepare(SESSION);
    this.#user = options.database.prepare(USER);
  }

  /** Undefined if the credentials are not signed by this server, or the session is over. */
  find(credentials: Headers, now: number): StoredSession | undefined {
    const { secret, cookie, freshForMs } = this.#options;
    const token = verifiedToken(shownToken(credentials, cookie), secret);
    if (token === undefined) return undefined;
    // The columns are the ones that the queries name.
    const session = this.#session.get(token) as SessionRow | null;
    const left = Date.parse(session?.expiresAt ?? "") - now;
    if (session === null || !(left > 0)) return undefined;
    const user = this.#user.get(session.userId) as UserRow | null;
    if (user === null) return undefined;
    const signedIn = {
      account: session.userId,
      session: session.id,
      userName: user.username ?? "",
      firstDisplayName: user.name,
    };
    return { signedIn, stale: left <= freshForMs };
  }

  close(): void {
    this.#session.finalize();
    this.#user.finalize();
  }
}

/** The signed token that a caller shows. */
function shownToken(credentials: Headers, cookie: string): string | undefined {
  const authorization = credentials.get("authorization");
  if (authorization !== null) return /^bearer (.*)$/i.exec(authorization)?.[1]?.trim();
  for (const pair of credentials.get("cookie")?.split(";") ?? []) {
    const middle = pair.indexOf("=");
    if (pair.slice(0, middle).trim() === cookie) return pair.slice(middle + 1).trim();
  }
  return undefined;
}

/** The token without its signature; undefined if the signature is not this server's. */
function verifiedToken(shown: string | undefined, secret: string): string | undefined {
  const signed = decoded(shown ?? "");
  const end = signed.lastIndexOf(".");
  if (end < 1) return undefined;
  const token = signed.slice(0, end);
  const given = Buffer.from(signed.slice(end + 1));
  const expected = Buffer.from(createHmac("sha256", secret).update(token).digest("base64"));
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : undefined;
}

/** Tokens travel percent-encoded in cookies. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
