import { expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { RejectionCode, VerdictSchema } from "@parley/protocol";
import { checkDeviceOrder } from "./check-order.ts";
import { MarkLedger } from "./mark-ledger.ts";
import { SampleLog, sampleId } from "./sample-log.ts";
import { TypedCommands } from "./typed.ts";

const rules = (violations: readonly { readonly rule: string }[]) => violations.map(({ rule }) => rule);

test("a true log has no violation", () => {
  const log = new SampleLog();
  const all = [
    log.begin("ada", "ben"),
    log.post("ada", "one"),
    log.edit("ada", 2, "uno"),
    log.add("ada", "cleo"),
    log.leave("ben"),
    log.erase("ada", 2),
  ];
  expect(all.flat()).toEqual([]);
  const history = log.ledger.log(log.conversation);
  expect(history.head).toBe(6);
  expect(history.allSeen("cleo", 6).map(({ ordinal }) => ordinal)).toEqual([3, 4]);
  expect(history.viewerHead("ben")).toBe(5);
});

test("[CMD1] a command carried out twice is found", () => {
  const log = new SampleLog();
  log.begin("ada", "ben");
  log.post("ada", "one");
  expect(rules(log.repeat("ada", 2, "one"))).toContain("CMD1");
});

test("[LOG1] a gap in a log is found", () => {
  const log = new SampleLog();
  log.begin("ada", "ben");
  log.skipSeq();
  expect(rules(log.post("ada", "one"))).toContain("LOG1");
});

test("[CMD10] what somebody did without the right to is found", () => {
  const log = new SampleLog();
  log.begin("ada", "ben");
  log.post("ada", "one");
  expect(rules(log.edit("ben", 2, "two"))).toEqual(["CMD10"]);
  log.leave("ben");
  expect(rules(log.post("ben", "still here"))).toEqual(["CMD10"]);
});

test("[ORD5] commands of one device out of their order are found", () => {
  const log = new SampleLog();
  log.begin("ada", "ben");
  log.post("ada", "one");
  log.post("ada", "two");
  const typed = new TypedCommands();
  for (const id of [sampleId(3), sampleId(2)]) {
    typed.add({
      id,
      log: log.conversation,
      kind: "post",
      text: "",
      target: undefined,
      durable: true,
      discarded: false,
    });
  }
  expect(rules(checkDeviceOrder("phone", typed, log.ledger.log(log.conversation).events))).toEqual(["ORD5"]);
});

test("[MRK2] a mark beyond what its owner sees is found, [MRK1] and so is one that goes back", () => {
  const log = new SampleLog();
  log.begin("ada", "ben");
  for (const text of ["one", "two", "three"]) log.post("ada", text);
  const marks = new MarkLedger();
  const state = (read: number) => ({ delivered: read, read });
  const asked = { conversation: log.conversation, delivered: 9, read: 9 };
  expect(marks.merged(log.ledger, "ben", asked, state(4))).toEqual([]);
  expect(rules(marks.merged(log.ledger, "ben", asked, state(9)))).toEqual(["MRK2"]);
  expect(rules(marks.merged(log.ledger, "ben", asked, state(2)))).toEqual(["MRK1"]);
});

test("the truth can be set back to an earlier moment", () => {
  const log = new SampleLog();
  log.begin("ada", "ben");
  const moment = { commits: log.ledger.commits, heads: log.ledger.heads() };
  log.post("ada", "one");
  log.ledger.rewind(moment.commits, moment.heads);
  expect(log.ledger.log(log.conversation).head).toBe(1);
  expect(log.ledger.verdictOf(sampleId(2))).toBeUndefined();
});

test("a rejection whose history was given up is remembered as one, an acceptance is not", () => {
  const log = new SampleLog();
  log.begin("ada");
  const { ledger, conversation } = log;
  const moment = { commits: ledger.commits, heads: ledger.heads() };
  const rejected = { case: "rejected" as const, value: { code: RejectionCode.NOT_FOUND } };
  ledger.record(sampleId(70), "ada", create(VerdictSchema, { log: conversation, outcome: rejected }));
  log.post("ada", "one");
  expect(ledger.wasRejectedBefore(sampleId(70))).toBe(false);
  ledger.rewind(moment.commits, moment.heads);
  expect(ledger.verdictOf(sampleId(70))).toBeUndefined();
  expect([sampleId(70), sampleId(2)].map((id) => ledger.wasRejectedBefore(id))).toEqual([true, false]);
});
