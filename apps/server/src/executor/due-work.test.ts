import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { openSqliteLogInProcess } from "../store/sqlite/open-sqlite-log-in-process.ts";
import { Stage, type TestDevice, text, textsOf } from "../testing/log-stage.ts";
import { unlimited } from "./rate-limiter.ts";

async function play() {
  let now = 1_000;
  const database = new Database(":memory:", { strict: true });
  const failures: unknown[] = [];
  const collaborators = { limiter: unlimited, reportFailure: (error: unknown) => failures.push(error) };
  const clock = { now: () => now };
  const log = await openSqliteLogInProcess({ database, clock, mintId: () => "one", collaborators });
  const stage = new Stage(log);
  const [ann, bob] = await stage.people("Ann", "Bob");
  if (ann === undefined || bob === undefined) throw new Error("unreachable");
  const group = await stage.group(ann, [bob]);
  const schedule = (who: TestDevice, text: string, at: number) =>
    who.must(who.account, {
      case: "scheduleMessage",
      value: { conversation: group, at, content: { form: { case: "plain", value: { text } } } },
    });
  const say = (words: string) => ann.must(group, text(words));
  const erase = (target: string) => ann.must(group, { case: "delete", value: { target } });
  const remind = (who: TestDevice, message: string, at: number) =>
    who.must(who.account, { case: "setReminder", value: { conversation: group, message, at } });
  const told = async ({ account }: TestDevice) =>
    (await log.reader.accountEvents(account, 0)).map(({ body }) => body.case);
  const texts = async () => textsOf(await ann.page(group)).slice(1);
  return {
    database,
    failures,
    log,
    ann,
    bob,
    say,
    erase,
    remind,
    told,
    schedule,
    texts,
    pass: (ms: number) => (now += ms),
  };
}

test("[SCH1] a turn that dies is undone as a whole, and what throws alone holds up nothing else", async () => {
  const { database, failures, log, ann, bob, schedule, texts, pass } = await play();
  await schedule(ann, "bad", 1_001);
  await schedule(bob, "good", 1_002);
  pass(10);
  database.run(`CREATE TRIGGER dying BEFORE INSERT ON account_events WHEN NEW.account = '${ann.account}'
    BEGIN SELECT RAISE (ABORT, 'died'); END`);
  const { published, next } = await log.writer.due();
  expect({ published, next: next ?? 0 }).toEqual({ published: [], next: 1_002 });
  expect(failures).toHaveLength(1);
  expect(await texts()).toEqual([]);
  await log.writer.due();
  expect(await texts()).toEqual(["good"]);
  database.run("DROP TRIGGER dying");
  await log.writer.due();
  expect(await texts()).toEqual(["good"]);
  pass(60_000);
  await log.writer.due();
  expect(await texts()).toEqual(["good", "bad"]);
});

test("[REM1] a reminder whose row came back is not due again", async () => {
  const { database, log, ann, say, remind, told, pass } = await play();
  const message = await say("later");
  await remind(ann, message, 1_001);
  const row = database.query("SELECT * FROM due").get() as Record<string, string | number>;
  pass(10);
  expect((await log.writer.due()).written).toHaveLength(1);
  const { kind, account, conversation, subject, at } = row;
  database.run("INSERT INTO due VALUES (?, ?, ?, ?, ?)", [kind, account, conversation, subject, at].map(String));
  expect(await log.writer.due()).toMatchObject({ written: [], next: undefined });
  expect(await told(ann)).toEqual(["reminderSet", "reminderDue"]);
});

test("[REM4] what is deleted before its time is not due, whether the follower has come to it or not", async () => {
  const { log, ann, bob, say, erase, remind, told, pass } = await play();
  const message = await say("gone");
  for (const one of [ann, bob]) await remind(one, message, 1_001);
  await erase(message);
  pass(10);
  await log.writer.due();
  while ((await log.writer.follow()).written.length > 0);
  for (const one of [ann, bob]) {
    expect((await told(one)).filter((kind) => kind !== "joined")).toEqual(["reminderSet", "reminderEnded"]);
  }
});

test("[SCH1] what the table says to be due, and is not there, is forgotten", async () => {
  const { database, log, ann, schedule, texts, pass } = await play();
  const target = await schedule(ann, "gone", 1_001);
  database.run("DELETE FROM scheduled_messages WHERE id = ?", [target]);
  pass(10);
  expect(await log.writer.due()).toMatchObject({ published: [], written: [], next: undefined });
  expect(await texts()).toEqual([]);
});
