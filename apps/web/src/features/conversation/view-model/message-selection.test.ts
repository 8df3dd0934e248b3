import { expect, test } from "bun:test";
import { messageRow } from "../../../testing/rows.ts";
import { MessageSelection, MOST_SELECTED } from "./message-selection.ts";

const row = (ordinal: number) => messageRow({ id: `m${ordinal}`, ordinal });
const rows = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => row(from + index));
const any = () => true;
const ids = (selection: MessageSelection) => selection.rows.map(({ id }) => id);

test("messages are selected one by one, in the order in which they stand, and are so no more when toggled again", () => {
  const selection = new MessageSelection(row(5));
  selection.toggle(row(9));
  selection.toggle(row(2));
  expect(ids(selection)).toEqual(["m2", "m5", "m9"]);
  selection.toggle(row(5));
  expect(ids(selection)).toEqual(["m2", "m9"]);
});

test("a run goes from the one toggled last, either way, without what cannot be selected", () => {
  const selection = new MessageSelection(row(5));
  selection.extend(row(3), rows(1, 9), ({ id }) => id !== "m4");
  expect(ids(selection)).toEqual(["m3", "m5"]);
  selection.toggle(row(8));
  selection.extend(row(9), rows(1, 9), any);
  expect(ids(selection)).toEqual(["m3", "m5", "m8", "m9"]);
});

test("what left the window stays selected; what is in it is as it is now, and gone when it was deleted", () => {
  const selection = new MessageSelection(row(5));
  selection.toggle(row(6));
  selection.toggle(row(70));
  const edited = { ...row(70), body: { kind: "text", text: "Changed", edited: true } } as const;
  const deleted = { ...row(71), id: "m6", body: { kind: "deleted" } } as const;
  selection.follow([edited, deleted], ({ body }) => body.kind === "text");
  expect(ids(selection)).toEqual(["m5", "m70"]);
  expect(selection.rows.at(-1)?.body).toMatchObject({ text: "Changed" });
});

test("there is an end to it, which is told", () => {
  const selection = new MessageSelection(row(1));
  expect(selection.extend(row(MOST_SELECTED), rows(1, 200), any)).toBe(true);
  expect(selection.toggle(row(150))).toBe(false);
  expect(selection.snapshot.ids.size).toBe(MOST_SELECTED);
  expect(selection.extend(row(160), rows(1, 200), any)).toBe(false);
});
