import { Database } from "bun:sqlite";
import { join } from "node:path";
import { uuidV7 } from "@parley/protocol";
import {
  closeAccountsDatabase,
  createAuth,
  LOG_FILE,
  loadSecret,
  migrateAuth,
  openAccountsDatabase,
  prepareDataFolder,
} from "@parley/server";
import { type LogReader, type LogWriter, openSqliteLogInProcess, unlimited } from "@parley/server/core";

/** An account that can connect at once, without the cost of a password. */
export interface Inhabitant {
  readonly account: string;
  readonly userName: string;
  /** One for each of its sessions, as the server's sign-in would have given them. */
  readonly tokens: readonly string[];
}

export interface PopulationOptions {
  readonly folder: string;
  readonly accounts: number;
  readonly sessionsPerAccount?: number;
  /** The server's clock while the folder is filled; that of the machine if there is none. */
  readonly clock?: { now(): number };
}

/** A data folder that no server uses at the moment, open to be filled. */
export interface Settlement {
  readonly people: readonly Inhabitant[];
  readonly writer: LogWriter;
  readonly reader: LogReader;
  /** To be called before a server starts on the folder. */
  close(): Promise<void>;
}

/** Fills an empty data folder with accounts and their sessions, and leaves it open for conversations. */
export async function settle(options: PopulationOptions): Promise<Settlement> {
  const { folder, clock = { now: Date.now } } = options;
  prepareDataFolder(folder);
  const database = new Database(join(folder, LOG_FILE), { create: true, strict: true });
  const { writer, reader } = await openSqliteLogInProcess({
    database,
    clock,
    mintId,
    collaborators: { limiter: unlimited },
  });
  // Nothing that is made here has to survive a power cut; the server's own connections sync as ever.
  database.run("PRAGMA synchronous = OFF");
  const people = await makePeople(options, writer);
  return {
    people,
    writer,
    reader,
    async close() {
      await reader.close();
      await writer.close();
    },
  };
}

async function makePeople(
  { folder, accounts, sessionsPerAccount = 1 }: PopulationOptions,
  writer: LogWriter,
): Promise<Inhabitant[]> {
  const database = openAccountsDatabase(folder);
  try {
    const secret = loadSecret(folder);
    const auth = createAuth({ database, secret, origin: "http://localhost", mintId });
    await migrateAuth(auth);
    const { internalAdapter } = await auth.$context;
    const people: Inhabitant[] = [];
    database.run("BEGIN");
    for (let index = 0; index < accounts; index++) {
      const userName = `person-${index}`;
      const user = { name: userName, username: userName, email: `${userName}@users.parley.invalid` };
      const { id: account } = await internalAdapter.createUser(user, { method: "email-password" });
      const tokens: string[] = [];
      for (let count = 0; count < sessionsPerAccount; count++) {
        const { token } = await internalAdapter.createSession(account, false);
        tokens.push(`${token}.${signature(token, secret)}`);
      }
      people.push({ account, userName, tokens });
    }
    database.run("COMMIT");
    for (const { account, userName } of people) await writer.putProfile(account, userName, userName);
    return people;
  } finally {
    closeAccountsDatabase(database);
  }
}

function mintId(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}

/** As the account library signs the sessions that it hands out. */
function signature(token: string, secret: string): string {
  return new Bun.CryptoHasher("sha256", secret).update(token).digest("base64");
}
