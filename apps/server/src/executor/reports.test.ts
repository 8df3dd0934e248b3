import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { HistoryPolicy, limits, RejectionCode, type Report, ReportReason } from "@parley/protocol";
import { SqlLogSnapshot } from "../store/sql-log-snapshot.ts";
import { openSqliteLogInProcess } from "../store/sqlite/open-sqlite-log-in-process.ts";
import { SqliteConnection } from "../store/sqlite/sqlite-connection.ts";
import { sqliteDialect } from "../store/sqlite/sqlite-dialect.ts";
import { compileStatements } from "../store/statements/statements.ts";
import { type Body, edited, rejectionOf, Stage, type TestDevice, text } from "../testing/log-stage.ts";
import { unlimited } from "./rate-limiter.ts";

const DAY_MS = 24 * 3_600_000;

async function play(history = HistoryPolicy.SINCE_JOINED) {
  let now = 1_000;
  const database = new Database(":memory:", { strict: true });
  const collaborators = { limiter: unlimited };
  const log = await openSqliteLogInProcess({ database, clock: { now: () => now }, mintId: () => "one", collaborators });
  const stage = new Stage(log);
  const [ann, bob, cleo] = await stage.people("Ann", "Bob", "Cleo");
  if (ann === undefined || bob === undefined || cleo === undefined) throw new Error("unreachable");
  const group = await stage.group(ann, [bob], history);
  const snapshot = new SqlLogSnapshot(new SqliteConnection(database), compileStatements(sqliteDialect().compiler));
  const say = async (who: TestDevice, ...words: readonly string[]) => {
    const ids: string[] = [];
    for (const word of words) ids.push(await who.must(group, text(word)));
    return ids;
  };
  const report = (messages: readonly string[], more: { note?: string; withContext?: boolean } = {}): Body => {
    const value = { conversation: group, messages: [...messages], reason: ReportReason.HARASSMENT, ...more };
    return { case: "reportMessage", value };
  };
  const open = () => snapshot.openReports(100);
  return { log, stage, ann, bob, cleo, group, say, report, open, pass: (ms: number) => (now += ms) };
}

/** What was reported with a mark, in its order. */
function said({ messages }: Report): string {
  return messages
    .map(({ content, reported }) => {
      const words = content?.form.case === "plain" ? content.form.value.text : "-";
      return reported ? `${words}!` : words;
    })
    .join(" ");
}

test("[RPT1] [RPT2] an accepted report is stored once, as its messages were then, with its reason and note", async () => {
  const { ann, bob, group, say, report, open, log } = await play();
  const [one = "", two = ""] = await say(bob, "one", "two", "three");
  const submitted = ann.prepare(ann.account, report([two, one], { note: "Look at this." }));
  await ann.execute(submitted);
  await ann.execute(submitted);
  await bob.must(group, edited(one, "I never said that"));
  await bob.must(group, { case: "delete", value: { target: two } });
  const reports = await open();
  expect(reports.map(said)).toEqual(["one! two!"]);
  const { reporter, reason, note, conversation, title, receivedAt, keptUntil, closedAt } = reports[0] ?? {};
  expect({ reporter, reason, note, conversation, title, closedAt }).toEqual({
    reporter: ann.account,
    reason: ReportReason.HARASSMENT,
    note: "Look at this.",
    conversation: group,
    title: "Team",
    closedAt: 0,
  });
  expect((keptUntil ?? 0) - (receivedAt ?? 0)).toBe(90 * DAY_MS);
  const [event] = (await log.reader.accountEvents(ann.account, 0)).filter(({ body }) => body.case !== "joined");
  expect(event?.body).toMatchObject({ case: "messageReported", value: { messages: [two, one] } });
});

test("[RPT2] context is what stands around, without what is out of sight, deleted or hidden by the reporter", async () => {
  const { ann, bob, cleo, group, say, report, open } = await play();
  await say(bob, "before Cleo came");
  await ann.must(group, { case: "addMembers", value: { accounts: [cleo.account] } });
  const before = await say(bob, "a", "b", "c");
  const [bad = ""] = await say(bob, "bad");
  const after = await say(cleo, "d", "e", "f", "g", "h", "i", "j");
  await cleo.must(cleo.account, { case: "hideMessages", value: { conversation: group, messages: [before[1] ?? ""] } });
  await cleo.must(group, { case: "delete", value: { target: after[1] ?? "" } });
  await cleo.must(cleo.account, report([bad], { withContext: true }));
  await cleo.must(cleo.account, report([bad]));
  expect((await open()).map(said)).toEqual(["a c bad! d f g h i", "bad!"]);
});

test("[RPT2] what somebody wrote while they are blocked is no context", async () => {
  const { ann, bob, stage, open } = await play();
  const direct = await stage.direct(ann, bob);
  const bad = await bob.must(direct, text("bad"));
  await ann.must(ann.account, { case: "setBlocked", value: { account: bob.account, blocked: true } });
  await bob.must(direct, text("never shown"));
  const value = { conversation: direct, messages: [bad], reason: ReportReason.OTHER, withContext: true };
  await ann.must(ann.account, { case: "reportMessage", value });
  expect((await open()).map(said)).toEqual(["bad!"]);
});

test("[RPT2] what is out of sight, one's own, or says nothing any more is not reported", async () => {
  const { ann, bob, cleo, group, say, report, open, stage } = await play();
  const [early = ""] = await say(bob, "early");
  await ann.must(group, { case: "addMembers", value: { accounts: [cleo.account] } });
  const [own = ""] = await say(ann, "own");
  const [gone = "", kept = ""] = await say(bob, "gone", "kept");
  await bob.must(group, { case: "delete", value: { target: gone } });
  const stranger = await stage.person("Dan");
  const refused = async (who: TestDevice, body: Body, log = who.account) => rejectionOf(await who.send(log, body));
  expect(await refused(cleo, report([early]))).toBe(RejectionCode.TARGET_NOT_FOUND);
  expect(await refused(cleo, report([kept, early]))).toBe(RejectionCode.TARGET_NOT_FOUND);
  expect(await refused(stranger, report([kept]))).toBe(RejectionCode.NOT_FOUND);
  expect(await refused(ann, report([own]))).toBe(RejectionCode.NOT_ALLOWED);
  expect(await refused(ann, report([kept]), group)).toBe(RejectionCode.NOT_ALLOWED);
  expect(await refused(ann, report([gone]))).toBe(RejectionCode.TARGET_DELETED);
  expect(await refused(ann, report([kept, kept]))).toBe(RejectionCode.INVALID);
  expect(await refused(ann, report([]))).toBe(RejectionCode.INVALID);
  expect(await refused(ann, report([kept], { note: "x".repeat(limits.reportNoteCharacters + 1) }))).toBe(
    RejectionCode.INVALID,
  );
  expect(await open()).toEqual([]);
  await ann.must(ann.account, report([gone, kept]));
  expect((await open()).map(said)).toEqual(["-! kept!"]);
});

test("[RPT1] so many reports are taken within a day, and more on the next", async () => {
  const { ann, bob, say, report, open, pass } = await play();
  const [bad = ""] = await say(bob, "bad");
  for (let count = 0; count < limits.reportsPerDay; count++) await ann.must(ann.account, report([bad]));
  expect(rejectionOf(await ann.send(ann.account, report([bad])))).toBe(RejectionCode.REPORTS_FULL);
  pass(DAY_MS + 1);
  await ann.must(ann.account, report([bad]));
  expect(await open()).toHaveLength(limits.reportsPerDay + 1);
});

test("[RPT4] a report is erased 90 days after it was made, and not before", async () => {
  const { ann, bob, say, report, open, pass, log } = await play();
  const [bad = ""] = await say(bob, "bad");
  await ann.must(ann.account, report([bad]));
  pass(90 * DAY_MS - 1);
  expect(await log.writer.due()).toMatchObject({ forgets: false });
  expect(await open()).toHaveLength(1);
  pass(1);
  expect(await log.writer.due()).toMatchObject({ forgets: true, next: undefined });
  expect(await open()).toEqual([]);
});
