import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { bearer, username } from "better-auth/plugins";
import type { MintId } from "../store/incarnation.ts";
import type { AccountsDatabase } from "./accounts-database.ts";
import { Sessions } from "./sessions.ts";

const DAY_S = 24 * 60 * 60;
const EXPIRES_IN_S = 60 * DAY_S;

export interface AuthSettings {
  readonly database: AccountsDatabase;
  readonly secret: string;
  /** The public address; decides whether cookies are for https only. */
  readonly origin: string;
  readonly mintId: MintId;
}

/** The account library, set up for user names and passwords. Its own HTTP interface is not used: the services call it. */
export function createAuth({ database, secret, origin, mintId }: AuthSettings) {
  return betterAuth({
    database,
    secret,
    baseURL: origin,
    emailAndPassword: { enabled: true, minPasswordLength: 1, maxPasswordLength: 1_000 },
    plugins: [username({ usernameValidator: () => true, displayUsername: false }), bearer({ requireSignature: true })],
    session: { expiresIn: EXPIRES_IN_S, updateAge: DAY_S },
    // Attempts are limited before they come here, by account and by address.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      cookiePrefix: "parley",
      useSecureCookies: origin.startsWith("https:"),
      defaultCookieAttributes: { httpOnly: true, sameSite: "strict", path: "/" },
      database: { generateId: () => mintId() },
    },
  });
}

export type Auth = ReturnType<typeof createAuth>;

/** The sessions that the account library has begun, for who only wants to know whose they are. */
export async function openSessions(auth: Auth, database: AccountsDatabase, secret: string): Promise<Sessions> {
  const { authCookies } = await auth.$context;
  return new Sessions({
    database,
    secret,
    cookie: authCookies.sessionToken.name,
    freshForMs: (EXPIRES_IN_S - DAY_S) * 1_000,
  });
}

/** Brings the tables of the account library up to date. */
export async function migrateAuth(auth: Auth): Promise<void> {
  const { runMigrations } = await getMigrations(auth.options);
  await runMigrations();
}
