import { expect, test } from "bun:test";
import { ManualClock } from "../../../testing/manual-clock.ts";
import { Notices } from "./notices.ts";

test("a notice with something to do about it stays long enough to get there", () => {
  const clock = new ManualClock();
  const notices = new Notices(clock);
  notices.show("Copied");
  notices.show("Reminder", "note", [{ label: "Open", act: () => undefined }]);
  clock.advance(10_000);
  expect(notices.get().shown.map(({ text, actions }) => [text, actions?.length])).toEqual([["Reminder", 1]]);
  clock.advance(30_000);
  expect(notices.get().shown).toEqual([]);
});

test("whatever is announced is read aloud, after what is being read, also the same words once more", () => {
  const clock = new ManualClock();
  const notices = new Notices(clock);
  const spoken = () => notices.get().spoken.map(({ text }) => text);
  notices.announce("Bo: hello");
  clock.advance(1_000);
  notices.announce("Bo: hello");
  notices.show("Copied");
  expect(spoken()).toEqual(["Bo: hello", "Bo: hello", "Copied"]);
  expect(new Set(notices.get().spoken.map(({ key }) => key)).size).toBe(3);
  clock.advance(2_500);
  expect(spoken()).toEqual(["Bo: hello", "Copied"]);
  clock.advance(1_000);
  expect(spoken()).toEqual([]);
  expect(notices.get().shown).toHaveLength(1);
});
