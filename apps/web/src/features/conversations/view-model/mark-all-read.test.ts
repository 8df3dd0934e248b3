import { expect, test } from "bun:test";
import { type Engine, emptyTimeline, type TimelineView } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { markAllRead } from "./mark-all-read.ts";

function conversation(entryHead: number) {
  const view = new ObservedValue<TimelineView>({ ...emptyTimeline("1"), entryHead });
  const done: unknown[] = [];
  const engine: Pick<Engine, "openTimeline" | "markRead"> = {
    openTimeline: () => {
      const nothing = async () => {};
      const close = () => void done.push("closed");
      const loads = { loadOlder: nothing, loadNewer: nothing };
      const moves = { jumpToNewest: nothing, jumpTo: nothing, stick: nothing };
      return { get: view.get, subscribe: view.subscribe, ...loads, ...moves, answer: nothing, close };
    },
    markRead: (id, ordinal) => void done.push([id, ordinal]),
  };
  return { view, done, engine };
}

test("all of a conversation is read up to its newest entry, and its window is closed again", () => {
  const { engine, done } = conversation(41);
  markAllRead(engine, "1");
  expect(done).toEqual([["1", 41], "closed"]);
});

test("it waits until the newest entry is known, and is done once", () => {
  const { engine, done, view } = conversation(0);
  markAllRead(engine, "1");
  expect(done).toEqual([]);
  view.change({ entryHead: 7 });
  view.change({ entryHead: 8 });
  expect(done).toEqual([["1", 7], "closed"]);
});
