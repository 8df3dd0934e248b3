import { expect, test } from "bun:test";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { EntrySchema, EventSchema, ServerFrameSchema } from "@parley/protocol";
import { checkFrame } from "./check-frame.ts";
import { SampleLog, sampleId } from "./sample-log.ts";

/** ada and ben; “one” is edited, cleo joins afterwards, “two” is deleted. */
function scene() {
  const log = new SampleLog();
  log.begin("ada", "ben");
  log.post("ada", "one");
  log.edit("ada", 2, "uno");
  log.add("ada", "cleo");
  log.post("ada", "two");
  log.erase("ada", 5);
  const history = log.ledger.log(log.conversation);
  const check = (viewer: string, frame: NonNullable<MessageInitShape<typeof ServerFrameSchema>["frame"]>) =>
    checkFrame(log.ledger, viewer, create(ServerFrameSchema, { frame })).map(({ rule }) => rule);
  const pageOf = (viewer: string, asOf: number, from: number, to: number) => ({
    conversation: log.conversation,
    asOf,
    fromOrdinal: from,
    toOrdinal: to,
    entries: history.allSeen(viewer, asOf).filter(({ ordinal }) => ordinal >= from && ordinal <= to),
  });
  const page = (value: ReturnType<typeof pageOf> & { skips?: { fromOrdinal: number; toOrdinal: number }[] }) =>
    ({ case: "response", value: { id: 1, answer: { case: "page", value } } }) as const;
  return { log, history, check, pageOf, page };
}

test("a true page has no violation, of any viewer and as of any head", () => {
  const { check, pageOf, page } = scene();
  expect(check("ben", page(pageOf("ben", 6, 1, 4)))).toEqual([]);
  expect(check("ben", page(pageOf("ben", 2, 1, 2)))).toEqual([]);
  expect(check("cleo", page({ ...pageOf("cleo", 6, 1, 4), skips: [{ fromOrdinal: 1, toOrdinal: 2 }] }))).toEqual([]);
});

test("[VIS1] a page that shows what was out of sight is found", () => {
  const { check, pageOf, page } = scene();
  expect(check("cleo", page(pageOf("ben", 6, 1, 4)))).toContain("VIS1");
});

test("[VIS3] a page that does not account for a stretch out of sight is found", () => {
  const { check, pageOf, page } = scene();
  expect(check("cleo", page(pageOf("cleo", 6, 1, 4)))).toEqual(["VIS3", "VIS3"]);
});

test("[LOG4] a page that lacks an entry, and [LOG5] one with an erased message are found", () => {
  const { check, pageOf, page } = scene();
  const whole = pageOf("ben", 6, 1, 4);
  expect(check("ben", page({ ...whole, entries: whole.entries.slice(1) }))).toContain("LOG4");
  const old = pageOf("ben", 5, 1, 4);
  expect(check("ben", page({ ...old, asOf: 6 }))).toContain("LOG5");
});

test("[VIS4] an edit that carries content to somebody who joined later is found", () => {
  const { log, check } = scene();
  log.edit("ada", 2, "un");
  const content = { form: { case: "plain" as const, value: { text: "un" } } };
  const event = create(EventSchema, {
    log: log.conversation,
    seq: 7,
    id: sampleId(7),
    body: { case: "edited", value: { target: sampleId(2), content } },
  });
  expect(check("ben", { case: "event", value: { event } })).toEqual([]);
  expect(check("cleo", { case: "event", value: { event } })).toEqual(["VIS4"]);
});

test("[SYN7] an event after somebody left is found when it still reaches them", () => {
  const { log, check, history } = scene();
  log.leave("ben");
  log.post("ada", "gone?");
  const event = history.events[7];
  expect(check("ben", { case: "event", value: { ...(event && { event }) } })).toEqual(["VIS1"]);
});

test("[LOG4] changes that lack a changed row are found", () => {
  const { log, check, history } = scene();
  const to = { conversation: log.conversation, seq: 6 };
  const entries = history.allSeen("ben", 6).filter(({ rev }) => rev > 2);
  const changes = { conversation: log.conversation, from: 2, to, entries };
  expect(check("ben", { case: "changes", value: changes })).toEqual([]);
  expect(check("ben", { case: "changes", value: { ...changes, entries: entries.slice(1) } })).toEqual(["LOG4"]);
});

test("[MRK3] a wrong count of unread messages is found, [MRK2] and a mark beyond the newest entry", () => {
  const { log, check } = scene();
  const state = { conversation: log.conversation, delivered: 1, read: 1, unread: 1, asOf: 6 };
  expect(check("ben", { case: "registers", value: { readStates: [state] } })).toEqual([]);
  expect(check("ben", { case: "registers", value: { readStates: [{ ...state, unread: 2 }] } })).toEqual(["MRK3"]);
  expect(check("ben", { case: "registers", value: { readStates: [{ ...state, delivered: 9 }] } })).toEqual(["MRK2"]);
});

test("[CMD9] a verdict that nobody recorded is found", () => {
  const { check } = scene();
  const outcome = {
    case: "verdict" as const,
    value: { outcome: { case: "accepted" as const, value: { seq: 9, receivedAt: 0 } } },
  };
  expect(check("ben", { case: "answers", value: { answers: [{ id: sampleId(99), outcome }] } })).toEqual(["CMD9"]);
});

test("[LOG3] another row than the true one is found", () => {
  const { check, pageOf, page } = scene();
  const whole = pageOf("ben", 6, 1, 4);
  const entries = whole.entries.map((entry) => create(EntrySchema, { ...entry, author: "ben" }));
  expect(check("ben", page({ ...whole, entries }))).toContain("LOG3");
});
