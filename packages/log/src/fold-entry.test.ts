import { describe, expect, test } from "bun:test";
import { type Entry, type Event, type Message, Role } from "@parley/protocol";
import fc from "fast-check";
import {
  ana,
  ben,
  descriptionSet,
  edited,
  erased,
  eve,
  event,
  groupCreated,
  memberLeft,
  membersAdded,
  membersRemoved,
  pictureSet,
  plain,
  posted,
  reactionSet,
  reactionUnset,
  roleSet,
  titleSet,
} from "../test/events.ts";
import { applyToEntry, entryOf, targetOf } from "./fold-entry.ts";

describe("entryOf", () => {
  test("a posted event makes a message whose id is the command's", () => {
    expect(entryOf(posted(4, "Hello"))).toMatchObject({
      id: "e4",
      conversation: "c",
      ordinal: 4,
      seq: 4,
      rev: 4,
      contentRev: 4,
      author: ana,
      receivedAt: 4000,
      body: { case: "message", value: { state: { case: "content", value: plain("Hello") } } },
    });
  });

  test("content that the frame did not carry is withheld until the row is fetched", () => {
    expect(message(made(posted(4, undefined))).state.case).toBe("withheld");
  });

  test.each<[string, Event]>([
    ["created", groupCreated([ben])],
    ["membersAdded", membersAdded(2, [eve])],
    ["membersRemoved", membersRemoved(2, [ben])],
    ["memberLeft", memberLeft(2, ben)],
    ["titleSet", titleSet(2, "Coffee")],
    ["roleSet", roleSet(2, ben, Role.ADMIN)],
    ["descriptionSet", descriptionSet(2, "Tea")],
    ["pictureSet", pictureSet(2, "one")],
  ])("%s makes a system entry that repeats its facts", (name, source) => {
    const { body } = made(source);
    expect(body).toMatchObject({ case: "system", value: { what: { case: name, value: source.body.value } } });
  });

  test("events that change another entry or nothing make none", () => {
    const none = [edited(2, "e1", "x"), erased(2, "e1"), reactionSet(2, "e1", "👍"), reactionUnset(2, "e1", "👍")];
    for (const source of [...none, event(2, { case: undefined })]) expect(entryOf(source)).toBeUndefined();
  });
});

describe("targetOf", () => {
  test("is told by the events that change an entry, and by no others", () => {
    const changing = [edited(2, "e1", "x"), erased(2, "e1"), reactionSet(2, "e1", "👍"), reactionUnset(2, "e1", "👍")];
    expect(changing.map(targetOf)).toEqual(["e1", "e1", "e1", "e1"]);
    expect([posted(2, "x"), titleSet(2, "x"), event(2, { case: undefined })].map(targetOf)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("applyToEntry", () => {
  const hello = made(posted(4, "Hello"));

  test("[LOG2] an event that the row holds already changes nothing", () => {
    expect(applyToEntry(hello, edited(4, "e4", "Bye"))).toBe(hello);
    expect(applyToEntry(hello, edited(3, "e4", "Bye"))).toBe(hello);
  });

  test("[LOG2] applying an event twice is applying it once", () => {
    const edit = edited(5, "e4", "Bye");
    const once = applyToEntry(hello, edit);
    expect(applyToEntry(once, edit)).toBe(once);
  });

  test("an event about another entry changes nothing", () => {
    expect(applyToEntry(hello, edited(5, "e9", "Bye"))).toBe(hello);
  });

  test("system entries are not changed", () => {
    const created = made(groupCreated([ben]));
    expect(applyToEntry(created, erased(5, "e1"))).toBe(created);
  });

  test("an edit replaces the content and says when", () => {
    const after = applyToEntry(hello, edited(5, "e4", "Bye"));
    expect(after).toMatchObject({ seq: 4, rev: 5, contentRev: 5 });
    expect(message(after)).toMatchObject({ state: { case: "content", value: plain("Bye") }, editedAt: 5000 });
  });

  test("an edit whose content the frame did not carry leaves the row withheld, not outdated", () => {
    expect(message(applyToEntry(hello, edited(5, "e4", undefined))).state.case).toBe("withheld");
  });

  test("reactions advance rev but not content_rev", () => {
    expect(applyToEntry(hello, reactionSet(5, "e4", "👍"))).toMatchObject({ rev: 5, contentRev: 4 });
  });

  test("reactions keep the order of reacting, and setting twice is setting once", () => {
    const after = [
      reactionSet(5, "e4", "👍", ben),
      reactionSet(6, "e4", "🎉", ana),
      reactionSet(7, "e4", "👍", ana),
      reactionSet(8, "e4", "👍", ben),
    ].reduce(applyToEntry, hello);
    expect(message(after).reactions.map(({ emoji, accounts }) => [emoji, accounts])).toEqual([
      ["👍", [ben, ana]],
      ["🎉", [ana]],
    ]);
  });

  test("the last one to take a reaction back takes the emoji away", () => {
    const after = [
      reactionSet(5, "e4", "👍", ben),
      reactionUnset(6, "e4", "👍", ana),
      reactionUnset(7, "e4", "👍", ben),
      reactionUnset(8, "e4", "👍", ben),
    ].reduce(applyToEntry, hello);
    expect(message(after).reactions).toEqual([]);
    expect(after.rev).toBe(8);
  });

  test("[LOG5] a deletion takes content, reactions and edit time, and tells by whom and when", () => {
    const after = [reactionSet(5, "e4", "👍"), edited(6, "e4", "Bye"), erased(7, "e4", ben)].reduce(
      applyToEntry,
      hello,
    );
    expect(message(after)).toMatchObject({
      state: { case: "deleted", value: { by: ben, at: 7000 } },
      editedAt: 0,
      reactions: [],
    });
    expect(after).toMatchObject({ rev: 7, contentRev: 7 });
  });

  test("[LOG5] nothing brings a deleted message back: later events only advance rev", () => {
    const deleted = applyToEntry(hello, erased(5, "e4", ben));
    const after = [edited(6, "e4", "Back"), reactionSet(7, "e4", "👍"), erased(8, "e4", ana)].reduce(
      applyToEntry,
      deleted,
    );
    expect(after.body).toEqual(deleted.body);
    expect(after).toMatchObject({ rev: 8, contentRev: 5 });
  });

  test("[LOG4] a row as of a with the events from a to b is the row as of b", () => {
    const events = fc
      .array(fc.nat(5), { maxLength: 20 })
      .map((kinds) => kinds.map((kind, index) => someEvent(kind, 5 + index)));
    fc.assert(
      fc.property(events, fc.nat(20), fc.nat(20), (all, cut, overlap) => {
        const asOfB = all.reduce(applyToEntry, hello);
        const asOfA = all.slice(0, cut).reduce(applyToEntry, hello);
        // Some of the changes may have reached the device before: they must not count twice.
        expect(all.slice(Math.max(0, cut - overlap)).reduce(applyToEntry, asOfA)).toEqual(asOfB);
      }),
    );
  });
});

function someEvent(kind: number, seq: number): Event {
  switch (kind) {
    case 0:
      return edited(seq, "e4", `Edit ${seq}`);
    case 1:
      return reactionSet(seq, "e4", "👍", seq % 2 === 0 ? ana : ben);
    case 2:
      return reactionUnset(seq, "e4", "👍", ana);
    case 3:
      return seq % 5 === 0 ? erased(seq, "e4") : posted(seq, "Another");
    case 4:
      return edited(seq, "e4", undefined);
    default:
      return titleSet(seq, "Tea");
  }
}

function made(source: Event): Entry {
  const entry = entryOf(source);
  if (entry === undefined) throw new Error("makes no entry");
  return entry;
}

function message(entry: Entry): Message {
  if (entry.body.case !== "message") throw new Error("not a message");
  return entry.body.value;
}
