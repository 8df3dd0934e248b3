/** What is left of a message in the tables once it was deleted for everyone. */
import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import type { EditPolicy } from "../executor/edit-policy.ts";
import { unlimited } from "../executor/rate-limiter.ts";
import { edited, Stage, type TestDevice, text } from "../testing/log-stage.ts";
import { openSqliteLogInProcess } from "./sqlite/open-sqlite-log-in-process.ts";

const WORDS = ["walrus", "narwhal", "manatee"] as const;

async function play(edits?: EditPolicy) {
  let now = 1_000;
  const database = new Database(":memory:", { strict: true });
  const clock = { now: () => now };
  const collaborators = { limiter: unlimited, ...(edits && { edits }) };
  const log = await openSqliteLogInProcess({ database, clock, mintId: () => "one", collaborators });
  const stage = new Stage(log);
  const [ann, bob] = await stage.people("Ann", "Bob");
  if (ann === undefined || bob === undefined) throw new Error("unreachable");
  const group = await stage.group(ann, [bob]);
  const message = await ann.must(group, text(WORDS[0]));
  for (const word of WORDS.slice(1)) {
    await ann.must(group, edited(message, word));
    await bob.must(group, { case: "setReaction", value: { target: message, emoji: "👍" } });
  }
  return { database, log, group, message, ann, bob, pass: (ms: number) => (now += ms) };
}

/** Where each of the words is, table by table. */
function findings(database: Database): string[] {
  const tables = database.query<{ name: string }, []>("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  return tables.flatMap(({ name }) =>
    database
      .query<Record<string, unknown>, []>(`SELECT * FROM "${name}"`)
      .all()
      .flatMap((row) => Object.values(row).map((value) => asText(value)))
      .flatMap((cell) => WORDS.filter((word) => cell.includes(word)).map((word) => `${word} in ${name}`)),
  );
}

function asText(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : String(value);
}

const ways: readonly (readonly [string, (message: string) => Parameters<TestDevice["must"]>[1]])[] = [
  ["deleted", (target) => ({ case: "delete", value: { target } })],
  ["withdrawn", (target) => ({ case: "withdraw", value: { target } })],
];

test.each(ways)(
  "[VER2] [LOG5] of a message that was %s no word is left in any table, nor of what it said before",
  async (_, way) => {
    const { database, group, message, ann, bob } = await play();
    expect(findings(database).toSorted()).toEqual(["manatee in entries", "narwhal in versions", "walrus in versions"]);
    await bob.must(group, { case: "pinMessage", value: { target: message } });
    await ann.must(group, way(message));
    expect(findings(database)).toEqual([]);
  },
);

test("[VER4] only as many versions are kept as the server keeps", async () => {
  expect(findings((await play({ withinMs: Number.POSITIVE_INFINITY, versions: 1 })).database).toSorted()).toEqual([
    "manatee in entries",
    "narwhal in versions",
  ]);
  expect(findings((await play({ withinMs: Number.POSITIVE_INFINITY, versions: 0 })).database)).toEqual([
    "manatee in entries",
  ]);
});

test("[VER4] a message is edited only for as long as the server lets it be", async () => {
  const { group, message, ann, pass } = await play({ withinMs: 60_000, versions: 50 });
  pass(59_999);
  await ann.must(group, edited(message, "in time"));
  pass(1);
  expect(ann.must(group, edited(message, "too late"))).rejects.toThrow("too old to be edited");
});

const scheduled = (conversation: string, text: string, at: number) =>
  ({ conversation, at, content: { form: { case: "plain", value: { text } } } }) as const;

test("[SCH5] of a scheduled message no word is left once it is cancelled, nor of what it said before it was changed", async () => {
  const { database, group, message, ann } = await play();
  await ann.must(group, { case: "delete", value: { target: message } });
  const target = await ann.must(ann.account, { case: "scheduleMessage", value: scheduled(group, "walrus", 1_000_000) });
  const { conversation: _, ...changed } = scheduled(group, "narwhal", 1_000_000);
  await ann.must(ann.account, { case: "changeScheduled", value: { target, ...changed } });
  expect(findings(database)).toEqual(["narwhal in scheduled_messages"]);
  await ann.must(ann.account, { case: "cancelScheduled", value: { target } });
  expect(findings(database)).toEqual([]);
});

test("[SCH5] of one that was posted the message alone says it", async () => {
  const { database, group, message, ann, log } = await play();
  await ann.must(group, { case: "delete", value: { target: message } });
  await ann.must(ann.account, { case: "scheduleMessage", value: scheduled(group, "manatee", 1) });
  await log.writer.due();
  expect(findings(database)).toEqual(["manatee in entries"]);
});
