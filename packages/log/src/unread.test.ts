import { describe, expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { type Entry, EnvelopeSchema, type Event } from "@parley/protocol";
import { ana, ben, edited, erased, eve, groupCreated, memberLeft, posted } from "../test/events.ts";
import { applyToEntry, entryOf } from "./fold-entry.ts";
import { countMentions, countUnread, isCountable, isMention } from "./unread.ts";

function made(event: Event): Entry {
  const entry = entryOf(event);
  if (entry === undefined) throw new Error("makes no entry");
  return entry;
}

describe("[MEN1] a mention", () => {
  const naming = (envelope: { readonly mentions?: string[]; readonly everyone?: boolean }, author = ben): Entry => {
    const entry = made(posted(2, "Hello", author));
    if (entry.body.case === "message") entry.body.value.envelope = create(EnvelopeSchema, envelope);
    return entry;
  };
  const byName = naming({ mentions: [eve, ana] });

  test.each<[string, Entry, boolean]>([
    ["a message that names the viewer", byName, true],
    ["a message for everyone", naming({ everyone: true }), true],
    ["a message that names somebody else", naming({ mentions: [eve] }), false],
    ["a message that names nobody", made(posted(2, "Hello", ben)), false],
    ["one's own message for everyone", naming({ everyone: true }, ana), false],
    ["one's own message to oneself", naming({ mentions: [ana] }, ana), false],
    ["a message that was deleted", applyToEntry(byName, erased(5, "e2", ben)), false],
    ["a message whose content is withheld", applyToEntry(byName, edited(5, "e2", undefined)), false],
    ["an edited message that still names the viewer", applyToEntry(byName, edited(5, "e2", "Bye")), true],
  ])("%s: %p is %p", (_what, entry, mention) => {
    expect(isMention(entry, ana)).toBe(mention);
  });

  test("counts after the read mark", () => {
    const entries = [1, 2, 3].map((ordinal) => ({ ...byName, ordinal }));
    expect([0, 1, 3].map((read) => countMentions(entries, ana, read))).toEqual([3, 2, 0]);
  });
});

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
