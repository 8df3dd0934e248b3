import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { ConversationKind, Encryption, limits, notesConversationId } from "@parley/protocol";
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
    group,
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

const timer = (seconds: number) => ({ case: "setTimer", value: { seconds } }) as const;

test("[DIS3] what nobody has read is erased at the end of its time, once, whoever has left", async () => {
  const { log, ann, group, texts, pass } = await play();
  await ann.must(group, timer(60));
  const message = await ann.must(group, text("soon gone"));
  await ann.must(group, { case: "leave", value: {} });
  pass(60_000 + limits.expiryUnreadMs - 1);
  expect((await log.writer.due()).published).toEqual([]);
  pass(1);
  const { published } = await log.writer.due();
  const erased = { target: message, expired: true };
  expect(published.map(({ event }) => event)).toMatchObject([
    { author: ann.account, body: { case: "erased", value: erased } },
  ]);
  expect((await log.writer.due()).published).toEqual([]);
  expect(await texts()).not.toContain("soon gone");
});

test("[DIS3] what was read is erased after its time, and a turn that dies erases nothing twice", async () => {
  const { database, log, ann, bob, group, texts, pass } = await play();
  await ann.must(group, timer(60));
  const messages = [await ann.must(group, text("one")), await ann.must(group, text("two"))];
  pass(1_000);
  await log.writer.mark(bob.account, { conversation: group, delivered: 9, read: 9 });
  await log.writer.due();
  pass(60_000);
  database.run(
    `CREATE TRIGGER dying BEFORE INSERT ON events WHEN NEW.kind = 13 BEGIN SELECT RAISE (ABORT, 'died'); END`,
  );
  expect((await log.writer.due()).published).toEqual([]);
  expect(await texts()).toContain("two");
  database.run("DROP TRIGGER dying");
  pass(120_000);
  await log.writer.due();
  await log.writer.due();
  const left = database.query("SELECT count(*) AS count FROM due").get();
  expect(left).toEqual({ count: 0 });
  const erasures = database.query("SELECT count(*) AS count FROM events WHERE kind = 13").get();
  expect(erasures).toEqual({ count: messages.length });
});

test("[DIS2] in notes the time begins when it is posted", async () => {
  const { log, ann, pass } = await play();
  const notes = notesConversationId(ann.account);
  await ann.must(notes, { case: "create", value: { kind: ConversationKind.NOTES, encryption: Encryption.NONE } });
  await ann.must(notes, timer(5));
  await ann.must(notes, text("to myself"));
  pass(4_999);
  expect((await log.writer.due()).published).toEqual([]);
  pass(1);
  expect((await log.writer.due()).published).toHaveLength(1);
});

test("[DIS2] more messages than one transaction takes begin their time together", async () => {
  const { log, ann, bob, group } = await play();
  await ann.must(group, timer(60));
  for (let index = 0; index < 70; index++) await ann.must(group, text(`${index}`));
  await log.writer.mark(bob.account, { conversation: group, delivered: 99, read: 99 });
  const first = await log.writer.due();
  const second = await log.writer.due();
  expect([first, second].map(({ published }) => published.length)).toEqual([64, 6]);
  expect((await log.writer.due()).published).toEqual([]);
});
