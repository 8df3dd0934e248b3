import { expect, test } from "bun:test";
import type { TimelineView } from "@parley/client";
import { messageRow } from "../../../testing/rows.ts";
import { en } from "../../../texts/en.ts";
import { Arrivals } from "./arrivals.ts";

type View = Parameters<Arrivals["next"]>[0];

/** A window that shows these messages of Bo's, of so many. */
function view(from: number, to: number, entryHead: number, changes: Partial<TimelineView> = {}): View {
  const rows = Array.from({ length: to - from + 1 }, (_, index) => {
    const ordinal = from + index;
    const body = { kind: "text", text: `hello ${ordinal}`, edited: false } as const;
    return messageRow({ id: `m${ordinal}`, ordinal, authorName: "Bo", mine: false, body });
  });
  return { loaded: true, atNewest: to === entryHead, entryHead, rows, ...changes };
}

/** What is said of views, one after the other; the first is what one finds. */
function said(...views: readonly View[]): readonly string[] {
  const arrivals = new Arrivals(en);
  return views.map((one) => arrivals.next(one)).slice(1);
}

test("what arrives is said once, several in their order, and more than three are counted", () => {
  expect(said(view(1, 5, 5), view(1, 6, 6), view(1, 6, 6), view(1, 8, 8))).toEqual([
    "Bo: hello 6",
    "",
    "Bo: hello 7\nBo: hello 8",
  ]);
  expect(said(view(1, 5, 5), view(1, 9, 9))).toEqual([en.conversation.announceMany(4)]);
});

test("one's own messages, those that are folded and what is not text are not said", () => {
  const rows = [
    messageRow({ id: "a", ordinal: 6, mine: true }),
    messageRow({ id: "b", ordinal: 7, mine: false, folded: true }),
    messageRow({ id: "c", ordinal: 8, mine: false, body: { kind: "deleted" } }),
  ];
  expect(said(view(1, 5, 5), view(1, 8, 8, { rows }))).toEqual([""]);
});

test("older messages, a jump and the way back, an edit, and what is told anew say nothing", () => {
  const edited = view(30, 50, 50);
  const rows = edited.rows.map((row) =>
    row.kind === "message" && row.id === "m40"
      ? messageRow({ ...row, body: { kind: "text", text: "edited", edited: true } })
      : row,
  );
  expect(
    said(
      view(30, 50, 50),
      view(10, 50, 50),
      view(1, 21, 50),
      view(30, 50, 50),
      { ...edited, rows },
      // Reset: nothing is there, then all of it again.
      { ...view(1, 0, 0), loaded: false, rows: [] },
      view(30, 50, 50),
    ),
  ).toEqual(["", "", "", "", "", ""]);
});

test("what arrives while one reads further up is said when one comes back", () => {
  expect(said(view(30, 50, 50), view(1, 21, 50), view(1, 21, 51), view(31, 51, 51))).toEqual(["", "", "Bo: hello 51"]);
});
