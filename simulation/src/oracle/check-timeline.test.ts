import { expect, test } from "bun:test";
import {
  emptyTimeline,
  type MessageRow,
  type PinnedMessageView,
  type TimelineRow,
  type TimelineView,
} from "@parley/client";
import { checkTimelineAtRest } from "./check-at-rest.ts";
import { checkTimeline } from "./check-timeline.ts";
import { RowMemory } from "./row-memory.ts";
import { SampleLog, sampleId } from "./sample-log.ts";
import { TypedCommands } from "./typed.ts";

/** ada and ben: the beginning, “one” (edited to “uno”), “two” (deleted), “three”. */
function scene() {
  const log = new SampleLog();
  log.begin("ada", "ben");
  log.post("ada", "one");
  log.post("ada", "two");
  log.edit("ada", 2, "uno");
  log.erase("ada", 3);
  log.post("ben", "three");
  const history = log.ledger.log(log.conversation);
  const memory = new RowMemory();
  const typed = new TypedCommands();
  const check = (rows: readonly TimelineRow[]) => {
    const shown = {
      device: "phone",
      viewer: "ben",
      view: viewOf(rows),
      history,
      typed,
      memory,
      era: 0,
    };
    return checkTimeline(shown).map(({ rule }) => rule);
  };
  const atRest = (rows: readonly TimelineRow[]) =>
    checkTimelineAtRest("phone", "ben", viewOf(rows), history).map(({ rule }) => rule);
  return { check, atRest, history, typed };
}

function person(account: string) {
  return { account, userName: account, displayName: account, online: false, removable: false, otherRoles: [] };
}

function viewOf(rows: readonly TimelineRow[]): TimelineView {
  return {
    ...emptyTimeline("sample"),
    loaded: true,
    rows,
    atOldest: false,
    atNewest: false,
    head: 4,
    entryHead: 4,
    members: [
      { ...person("ada"), role: "owner" },
      { ...person("ben"), role: "member" },
    ],
  };
}

const began: TimelineRow = {
  kind: "system",
  id: sampleId(1),
  ordinal: 1,
  at: 0,
  actorName: "Ada",
  mine: false,
  what: { kind: "created", title: "Sample" },
};

function message(seq: number, ordinal: number | undefined, text: string | undefined, author = "ada"): MessageRow {
  const body: MessageRow["body"] = text === undefined ? { kind: "deleted" } : { kind: "text", text, edited: false };
  return {
    kind: "message",
    id: sampleId(seq),
    ordinal,
    author,
    authorName: author,
    mine: author === "ben",
    at: 0,
    body,
    reactions: [],
    status: author === "ben" ? { kind: "sent" } : undefined,
  };
}

const now = [began, message(2, 2, "uno"), message(3, 3, undefined), message(6, 4, "three", "ben")];

test("a true screen has no violation, and a screen that is behind has none either", () => {
  const { check, atRest } = scene();
  expect(check([began, message(2, 2, "one"), message(3, 3, "two")])).toEqual([]);
  expect(check(now)).toEqual([]);
  expect(atRest(now)).toEqual([]);
});

test("[GRP2] at rest a role that somebody does not have, and a description that never was, are found", () => {
  const history = scene().history;
  const shown = viewOf(now);
  const standing = (view: TimelineView) => checkTimelineAtRest("phone", "ben", view, history).map(({ rule }) => rule);
  expect(standing(shown)).toEqual([]);
  expect(standing({ ...shown, members: shown.members.map((each) => ({ ...each, role: "admin" })) })).toEqual(["SYN2"]);
  expect(standing({ ...shown, description: "Tea" })).toEqual(["SYN2"]);
});

test("[PIN1] a message that the server lost may be shown as pinned where that is asked for again, without its text", () => {
  const { history } = scene();
  const lost = sampleId(40);
  const typed = new TypedCommands();
  const about = { log: "sample", text: undefined, durable: true, discarded: false };
  typed.add({ ...about, id: sampleId(41), kind: "pin", target: lost });
  typed.add({ ...about, id: sampleId(42), kind: "react", target: sampleId(43) });
  const check = (id: string, body: PinnedMessageView["body"], era = 1) => {
    const row = { id, ordinal: undefined, authorName: "", mine: false, at: 0, body };
    const view = { ...viewOf(now), pinned: [row] };
    return checkTimeline({ device: "phone", viewer: "ben", view, history, typed, memory: new RowMemory(), era });
  };
  expect(check(lost, { kind: "not-held" })).toEqual([]);
  expect(check(lost, { kind: "out-of-sight" })).toEqual([]);
  const found = [{ rule: "PIN1" }];
  expect(check(lost, { kind: "not-held" }, 0)).toMatchObject(found);
  expect(check(lost, { kind: "text", text: "left over", edited: false })).toMatchObject(found);
  expect(check(sampleId(43), { kind: "not-held" })).toMatchObject(found);
});

test("[RNG1] a hole shown as neighbours is found", () => {
  const { check } = scene();
  expect(check([began, message(3, 3, "two")])).toContain("RNG1");
});

test("[SYN5] an entry shown twice is found", () => {
  const { check } = scene();
  expect(check([...now, message(6, undefined, "three", "ben")])).toContain("SYN5");
});

test("[LOG5] what was erased and returns is found", () => {
  const { check } = scene();
  expect(check(now)).toEqual([]);
  expect(check([began, message(2, 2, "uno"), message(3, 3, "two")])).toContain("LOG5");
});

test("[LOG3] a text that never was is found", () => {
  const { check } = scene();
  expect(check([began, message(2, 2, "zwei")])).toContain("LOG3");
});

test("[VIS3] a boundary over what may be seen is found", () => {
  const { check } = scene();
  expect(check([began, { kind: "boundary", id: "b", fromOrdinal: 2, toOrdinal: 3 }])).toContain("VIS3");
});

test("[SYN2] at rest a message that is missing, old or still on its way is found", () => {
  const { atRest } = scene();
  expect(atRest(now.toSpliced(2, 1))).toEqual(["SYN2"]);
  expect(atRest([began, message(2, 2, "one"), ...now.slice(2)])).toEqual(["SYN2"]);
  const sending: MessageRow = { ...message(9, undefined, "four", "ben"), status: { kind: "sending" } };
  expect(atRest([...now, sending])).toEqual(["OUT1"]);
});

test("[RPL1] what waits and has lost what it answers is found; what waits and is deleted answers nothing", () => {
  const { check, typed } = scene();
  const answer = { log: "sample", kind: "post", text: "four", target: undefined, replyTo: sampleId(2) };
  typed.add({ id: sampleId(9), ...answer, durable: true, discarded: false });
  expect(check([...now, message(9, undefined, "four", "ben")])).toEqual(["RPL1"]);
  expect(check([...now, message(9, undefined, undefined, "ben")])).toEqual([]);
});
