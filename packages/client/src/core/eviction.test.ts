import { describe, expect, test } from "bun:test";
import type { Range } from "@parley/log";
import type { StoredConversation } from "../ports/client-store.ts";
import { nextEviction } from "./eviction.ts";
import { nothingHeld } from "./held-conversation.ts";

function held(id: string, parts: Partial<StoredConversation>): StoredConversation {
  return { ...nothingHeld(id), entryHead: 10_000, ...parts };
}

const nowhere = () => [];

/** Everything that is given up, in its order. */
function allOf(
  conversations: readonly StoredConversation[],
  shown: (id: string) => readonly Range[] = nowhere,
  newest = 200,
): string[] {
  const given: string[] = [];
  let left = conversations;
  for (let next = nextEviction(left, shown, newest); next !== undefined; next = nextEviction(left, shown, newest)) {
    const { conversation, run } = next;
    given.push(`${conversation.id} ${run.from}-${run.to}`);
    left = left.map((other) => (other.id === conversation.id ? conversation : other));
  }
  return given;
}

describe("[STO10] what is given up where there is no room", () => {
  test("the oldest entries of what was not opened for longest, in slices, but never the newest page; of that what is older than a screenful where nothing else is left", () => {
    const ranges = [{ from: 8_600, to: 10_000 }];
    const given = allOf([held("late", { ranges, openedAt: 2 }), held("early", { ranges, openedAt: 1 })]);
    expect(given).toEqual([
      "early 8600-9099",
      "early 9100-9599",
      "early 9600-9800",
      "late 8600-9099",
      "late 9100-9599",
      "late 9600-9800",
    ]);
    expect(allOf([held("c", { ranges: [{ from: 9_801, to: 10_000 }] })], nowhere, 30)).toEqual(["c 9801-9970"]);
  });

  test("first of all what is only left from before a Reset", () => {
    const old = held("old", { ranges: [{ from: 9_000, to: 9_100 }] });
    const reset = held("reset", { staleRanges: [{ from: 1, to: 30 }], openedAt: 9 });
    expect(allOf([old, reset])).toEqual(["reset 1-30", "old 9000-9100"]);
  });

  test("nothing that is on a screen", () => {
    const conversation = held("c", { ranges: [{ from: 1, to: 1_000 }] });
    expect(allOf([conversation], () => [{ from: 300, to: 900 }])).toEqual(["c 1-299", "c 901-1000"]);
  });

  test("a range ends where its entries end: what is left says nothing of the run that went", () => {
    const conversation = held("c", { ranges: [{ from: 1, to: 700 }] });
    expect(nextEviction([conversation], nowhere, 200)?.conversation.ranges).toEqual([{ from: 501, to: 700 }]);
  });
});
