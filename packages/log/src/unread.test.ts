import { describe, expect, test } from "bun:test";
import type { Entry, Event } from "@parley/protocol";
import { ana, ben, edited, erased, groupCreated, memberLeft, posted } from "../test/events.ts";
import { applyToEntry, entryOf } from "./fold-entry.ts";
import { countUnread, isCountable } from "./unread.ts";

function made(event: Event): Entry {
  const entry = entryOf(event);
  if (entry === undefined) throw new Error("makes no entry");
  return entry;
}

describe("[MRK3] unread", () => {
  const byBen = made(posted(2, "Hello", ben));

  test.each<[string, Entry, boolean]>([
    ["a message by somebody else", byBen, true],
    ["an edited message by somebody else", applyToEntry(byBen, edited(5, "e2", "Bye")), true],
    ["a message whose content is withheld", made(posted(2, undefined, ben)), true],
    ["one's own message", made(posted(2, "Hello", ana)), false],
    ["a deleted message", applyToEntry(byBen, erased(5, "e2", ben)), false],
    ["a system entry by somebody else", made(memberLeft(2, ben)), false],
    ["the creation", made(groupCreated([ben])), false],
  ])("%s counts: %p is %p", (_what, entry, countable) => {
    expect(isCountable(entry, ana)).toBe(countable);
  });

  test("counts what is countable after the mark", () => {
    const entries = [1, 2, 3, 4, 5].map((seq) => made(posted(seq, "Hi", seq === 4 ? ana : ben)));
    expect([0, 1, 3, 4, 5, 9].map((read) => countUnread(entries, ana, read))).toEqual([4, 3, 1, 1, 0, 0]);
  });

  test("a deletion after the mark takes one away, one before the mark does not", () => {
    const entries = [1, 2, 3].map((seq) => made(posted(seq, "Hi", ben)));
    const without = (id: string) => entries.map((entry) => applyToEntry(entry, erased(9, id, ben)));
    expect(countUnread(without("e3"), ana, 1)).toBe(1);
    expect(countUnread(without("e1"), ana, 1)).toBe(2);
  });
});
