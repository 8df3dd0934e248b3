import { expect, test } from "bun:test";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  AccountEventSchema,
  BlockedPersonSchema,
  CommandSchema,
  followerCommandId,
  limits,
  ReportSchema,
} from "@parley/protocol";
import type { StoredAccount } from "../history/history.ts";
import { checkOwnLog } from "./check-own-log.ts";
import { log, SampleHistory, sampleId } from "./sample-history.ts";
import { truthOf } from "./truth-of.ts";

const sample = new SampleHistory("ada", "ben");
sample.begin("ada", "ben");
const message = sample.post("ada", "first");
const { ledger } = truthOf({ ...sample, readings: [] });

const AT = 5;
const place = { conversation: log, message };
const block = { account: "ada", conversation: sampleId(0xddd), ordinal: 0, seq: 0 };
const [remindId, blockId, reportId] = [sampleId(0xa01), sampleId(0xa02), sampleId(0xa03)];
const dueId = followerCommandId("due-reminders", message, 1);

type Body = MessageInitShape<typeof AccountEventSchema>["body"];
type Step = readonly [id: string, body: Body, receivedAt: number];

const set: Step = [remindId, { case: "reminderSet", value: { ...place, at: AT, ordinal: 2 } }, 1];
const due: Step = [dueId, { case: "reminderDue", value: place }, AT];
const blocked: Step = [blockId, { case: "blockedSet", value: { ...block, blocked: true } }, 6];
const reported: Step = [reportId, { case: "messageReported", value: { conversation: log, messages: [message] } }, 7];

const commands: readonly MessageInitShape<typeof CommandSchema>[] = [
  { id: remindId, body: { case: "setReminder", value: { ...place, at: AT } } },
  { id: blockId, body: { case: "setBlocked", value: { account: "ada", blocked: true } } },
  { id: reportId, body: { case: "reportMessage", value: { conversation: log, messages: [message] } } },
];

const plain = (text: string) => ({ form: { case: "plain", value: { text } } }) as const;
const report = create(ReportSchema, {
  id: reportId,
  reporter: "ben",
  conversation: log,
  messages: [{ id: message, author: "ada", reported: true, content: plain("first") }],
});

/** Ben was reminded of Ada's message, blocks her and has reported it; and with it what is another. */
function rulesBroken(steps: readonly Step[], change: Partial<StoredAccount> = {}): string[] {
  const events = steps.map(([id, body, receivedAt], index) =>
    create(AccountEventSchema, { id, seq: index + 1, receivedAt, ...(body && { body }) }),
  );
  const kept: StoredAccount = {
    account: "ben",
    readAt: 10,
    latest: 10,
    events,
    blocked: [create(BlockedPersonSchema, block)],
    reminders: [{ ...place, at: AT, ordinal: 2, due: true, parent: "", root: "" }],
    reports: [report],
    ...change,
  };
  const accepted = commands.map((command, index) => {
    const seq = [1, 3, 4][index] ?? 0;
    return { command: create(CommandSchema, { ...command, log: "ben" }), seq };
  });
  return [...new Set(checkOwnLog(kept, accepted, ledger).map(({ rule }) => rule))].sort();
}

const honest = [set, due, blocked, reported];

test("an honest log breaks no rule", () => {
  expect(rulesBroken(honest)).toEqual([]);
});

test("[CMD9] [CMD4] what was acknowledged is lost, or something is there that nobody submitted", () => {
  expect(rulesBroken(honest.slice(0, 3), { reports: [] })).toEqual(["CMD9"]);
  const invented: Step = [sampleId(0xa04), { case: "noEffect", value: {} }, 8];
  expect(rulesBroken([...honest, invented])).toEqual(["CMD4"]);
});

test("[REM1] a reminder is due twice, before its time, or never", () => {
  expect(rulesBroken([...honest, due])).toEqual(["REM1"]);
  expect(rulesBroken([set, [dueId, { case: "reminderDue", value: place }, AT - 1], blocked, reported])).toEqual([
    "REM1",
  ]);
  const waiting = [{ ...place, at: AT, ordinal: 2, due: false, parent: "", root: "" }];
  const other: Step = [dueId, { case: "noEffect", value: {} }, AT];
  expect(rulesBroken([set, other, blocked, reported], { reminders: waiting })).toEqual(["REM1"]);
});

test("[REM3] [BLK1] [RPT1] the tables say something else than the log", () => {
  expect(rulesBroken(honest, { reminders: [] })).toEqual(["REM3"]);
  expect(rulesBroken(honest, { blocked: [] })).toEqual(["BLK1"]);
  expect(rulesBroken(honest, { reports: [] })).toEqual(["RPT1"]);
  expect(rulesBroken(honest, { reports: [], latest: 7 + limits.reportKeptMs })).toEqual([]);
  expect(rulesBroken(honest, { reports: [report, report] })).toEqual(["RPT1"]);
});

test("[LOG3] an event says something else than its command", () => {
  const later: Step = [remindId, { case: "reminderSet", value: { ...place, at: AT + 1, ordinal: 2 } }, 1];
  const reminders = [{ ...place, at: AT + 1, ordinal: 2, due: true, parent: "", root: "" }];
  const steps = [later, [dueId, { case: "reminderDue", value: place }, AT + 1] as Step, blocked, reported];
  expect(rulesBroken(steps, { reminders })).toEqual(["LOG3"]);
  const nothing: Step = [blockId, { case: "noEffect", value: {} }, 6];
  expect(rulesBroken([set, due, nothing, reported], { blocked: [] })).toEqual(["LOG3"]);
});
