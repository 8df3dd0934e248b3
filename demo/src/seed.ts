import { Database } from "bun:sqlite";
import { join } from "node:path";
import { uuidV7 } from "@parley/protocol";
import {
  Accounts,
  closeAccountsDatabase,
  createAuth,
  LOG_FILE,
  loadSecret,
  migrateAuth,
  openAccountsDatabase,
  openSessions,
  prepareDataFolder,
} from "@parley/server";
import { type LogReader, type LogWriter, openSqliteLogInProcess, unlimited } from "@parley/server/core";
import type { SeededRandom } from "@parley/simulation";
import { password, signInCount } from "./credentials.ts";
import { DemoClock } from "./demo-clock.ts";
import { past } from "./past.ts";
import { people } from "./people.ts";
import { play } from "./play.ts";

export interface SeedOptions {
  readonly folder: string;
  readonly random: SeededRandom;
  /** When the past ends, milliseconds since 1970. */
  readonly until: number;
  /** Messages of "Long history". */
  readonly longHistory: number;
  readonly report: (played: number) => void;
}

/** Fills an empty data folder with people and their past. How many commands that took. */
export async function seed({ folder, random, until, longHistory, report }: SeedOptions): Promise<number> {
  prepareDataFolder(folder);
  const ids = random.fork("ids");
  const clock = new DemoClock(until);
  const mintId = () => uuidV7(clock.now(), ids.bytes(10));
  const { writer, reader } = await openSqliteLogInProcess({
    database: new Database(join(folder, LOG_FILE), { create: true, strict: true }),
    clock,
    mintId,
    collaborators: { limiter: unlimited },
  });
  try {
    const accounts = await populate({ folder, clock, mintId, writer, reader });
    const played = await play(past({ accounts, random, until, longHistory }), writer, clock, report);
    clock.set(until);
    await readMost(accounts, writer, reader);
    return played;
  } finally {
    await reader.close();
    await writer.close();
  }
}

interface Population {
  readonly folder: string;
  readonly clock: DemoClock;
  readonly mintId: () => string;
  readonly writer: LogWriter;
  readonly reader: LogReader;
}

/** Everybody's account id; the first few can sign in. */
async function populate({ folder, clock, mintId, writer, reader }: Population): Promise<[string, ...string[]]> {
  const database = openAccountsDatabase(folder);
  try {
    const secret = loadSecret(folder);
    const auth = createAuth({ database, secret, origin: "http://localhost", mintId });
    await migrateAuth(auth);
    const sessions = await openSessions(auth, database, secret);
    const accounts = new Accounts({ auth, sessions, reader, writer, clock, signUpsAtOnce: signInCount });
    const made: string[] = [];
    for (const [index, { userName, displayName }] of people.entries()) {
      if (index < signInCount) {
        const session = await accounts.signUp(userName, displayName, password, "127.0.0.1");
        made.push(session.profile.account);
      } else {
        const account = mintId();
        await writer.putProfile(account, userName, displayName);
        made.push(account);
      }
    }
    sessions.close();
    const [first = "", ...rest] = made;
    return [first, ...rest];
  } finally {
    closeAccountsDatabase(database);
  }
}

/** People have read most of what there is; the person shown keeps a few unread messages in every third conversation. */
async function readMost(accounts: readonly string[], writer: LogWriter, reader: LogReader): Promise<void> {
  const [me = ""] = accounts;
  const { conversations } = await reader.conversations(me, 200, "");
  for (const [index, { status, state }] of conversations.entries()) {
    const head = status?.entryHead ?? 0;
    const conversation = state?.id ?? "";
    const behind = index % 3 === 1 ? (index % 7) + 1 : 0;
    await writer.mark(me, { conversation, delivered: head, read: Math.max(0, head - behind) });
    const others = (state?.members ?? []).filter((member) => member.present && member.account !== me).slice(0, 20);
    for (const [place, member] of others.entries()) {
      const read = Math.max(0, head - (place % 4));
      await writer.mark(member.account, { conversation, delivered: head, read });
    }
  }
}
