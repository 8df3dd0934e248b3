import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mintId } from "../store/sqlite/mint-id.ts";
import { type AccountsDatabase, openAccountsDatabase } from "./accounts-database.ts";
import { type Auth, createAuth, migrateAuth, openSessions } from "./auth.ts";
import type { Sessions } from "./sessions.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
const folder = mkdtempSync(join(tmpdir(), "parley-sessions-"));
const secret = "a secret that nobody else knows, of more than 32 characters";
let database: AccountsDatabase;
let auth: Auth;
let sessions: Sessions;

beforeAll(async () => {
  database = openAccountsDatabase(folder);
  auth = createAuth({ database, secret, origin: "http://localhost", mintId });
  await migrateAuth(auth);
  sessions = await openSessions(auth, database, secret);
});

afterAll(() => {
  sessions.close();
  database.close();
  rmSync(folder, { recursive: true });
});

async function signUp(name: string) {
  const body = { username: name, name: "Ada", email: `${name}@users.parley.invalid`, password: "correct horse" };
  const { response, headers } = await auth.api.signUpEmail({ body, returnHeaders: true });
  const [cookie = ""] = (headers.getSetCookie()[0] ?? "").split(";");
  const token = headers.get("set-auth-token") ?? "";
  return {
    account: response.user.id,
    token,
    bearer: bearer(token),
    cookie: new Headers({ cookie: `a=b; ${cookie}; c=d` }),
  };
}

function bearer(token: string): Headers {
  return new Headers({ authorization: `Bearer ${token}` });
}

test("a session is found by its token and by its cookie, as the account library finds it", async () => {
  const ada = await signUp("ada");
  const known = await auth.api.getSession({ headers: ada.bearer });
  const signedIn = {
    account: ada.account,
    session: known?.session.id ?? "",
    userName: "ada",
    firstDisplayName: "Ada",
  };
  for (const credentials of [ada.bearer, ada.cookie, bearer(encodeURIComponent(ada.token))]) {
    expect(sessions.find(credentials, Date.now())).toEqual({ signedIn, stale: false });
    expect((await auth.api.getSession({ headers: credentials }))?.session.id).toBe(signedIn.session);
  }
});

test("who shows nothing, or what this server did not sign, is nobody", async () => {
  const { token } = await signUp("ben");
  const [name = "", signature = ""] = token.split(".");
  const other = await signUp("cleo");
  const altered = `${signature.slice(0, -2)}${signature.at(-2) === "A" ? "E" : "A"}=`;
  const wrong = [
    new Headers(),
    new Headers({ cookie: "parley.session_token=" }),
    new Headers({ authorization: `Basic ${token}` }),
    bearer(""),
    bearer("."),
    bearer(name),
    bearer(`${name}.`),
    bearer(`${name}.${altered}`),
    bearer(`${name}.${other.token.split(".")[1]}`),
    bearer(`.${signature}`),
    bearer("%E0%A4%A.x"),
  ];
  for (const credentials of wrong) expect(sessions.find(credentials, Date.now())).toBeUndefined();
});

test("a session that has ended is not found any more", async () => {
  const { token, bearer: credentials } = await signUp("dana");
  expect(sessions.find(credentials, Date.now())).toBeDefined();
  const { internalAdapter } = await auth.$context;
  await internalAdapter.deleteSession(token.split(".")[0] ?? "");
  expect(sessions.find(credentials, Date.now())).toBeUndefined();
});

test("a session runs out, and is stale when the account library would renew it", async () => {
  const { bearer: credentials } = await signUp("eli");
  const now = Date.now();
  expect(sessions.find(credentials, now + 0.9 * DAY_MS)?.stale).toBe(false);
  expect(sessions.find(credentials, now + 1.1 * DAY_MS)?.stale).toBe(true);
  expect(sessions.find(credentials, now + 59.9 * DAY_MS)?.stale).toBe(true);
  expect(sessions.find(credentials, now + 60.1 * DAY_MS)).toBeUndefined();
});
