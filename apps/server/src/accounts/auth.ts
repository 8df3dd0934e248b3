import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { bearer, username } from "better-auth/plugins";
import type { MintId } from "../store/incarnation.ts";
import type { AccountsDatabase } from "./accounts-database.ts";

const DAY_S = 24 * 60 * 60;

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
    session: { expiresIn: 60 * DAY_S, updateAge: DAY_S },
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

/** Brings the tables of the account library up to date. */
export async function migrateAuth(auth: Auth): Promise<void> {
  const { runMigrations } = await getMigrations(auth.options);
  await runMigrations();
}
