import { describe, expect, test } from "bun:test";
import { ConversationKind, type Entry, limits } from "@parley/protocol";
import {
  ben,
  edited,
  erased,
  expired,
  expiryBegun,
  groupCreated,
  plain,
  posted,
  postedWithTimer,
  reactionSet,
  timerSet,
} from "../test/events.ts";
import { asOfTime, disappearsAt, expiryAtPosting, expiryOf, expiryOnceRead, isExpired } from "./expiry.ts";
import { applyToConversation, conversationOf } from "./fold-conversation.ts";
import { applyToEntry, entryOf } from "./fold-entry.ts";

function made(event: Parameters<typeof entryOf>[0]): Entry {
  const entry = entryOf(event);
  if (entry === undefined) throw new Error("unreachable");
  return entry;
}

const timed = made(postedWithTimer(2, "soon gone"));

describe("when a message disappears", () => {
  test("[DIS2] after it was read, and at the latest 7 days after that time; in notes after it was posted", () => {
    expect(expiryAtPosting(60, ConversationKind.GROUP, 1_000)).toMatchObject({
      seconds: 60,
      at: 61_000 + limits.expiryUnreadMs,
      running: false,
    });
    expect(expiryAtPosting(60, ConversationKind.NOTES, 1_000)).toMatchObject({ at: 61_000, running: true });
  });

  test("[DIS2] reading makes it earlier, never later", () => {
    const expiry = expiryAtPosting(60, ConversationKind.DIRECT, 0);
    expect(expiryOnceRead(expiry, 5_000)).toBe(65_000);
    expect(expiryOnceRead(expiry, limits.expiryUnreadMs + 30_000)).toBe(expiry.at);
  });
});

describe("the row of a message that disappears", () => {
  test("[DIS1] has its time from the beginning, and keeps it when it is edited", () => {
    expect(expiryOf(timed)).toMatchObject({ seconds: 60, at: 900_000, running: false });
    expect(expiryOf(applyToEntry(timed, edited(3, "e2", "other")))).toEqual(expiryOf(timed));
    expect(expiryOf(made(posted(2, "stays")))).toBeUndefined();
  });

  test("[DIS2] has another once it was read, and says the same", () => {
    const read = applyToEntry(timed, expiryBegun(3, "e2", 63_000));
    expect(expiryOf(read)).toMatchObject({ seconds: 60, at: 63_000, running: true });
    expect(read).toMatchObject({ rev: 3, contentRev: 2 });
    expect(applyToEntry(made(posted(2, "stays")), expiryBegun(3, "e2", 63_000)).body.value).toEqual(
      made(posted(2, "stays")).body.value,
    );
  });

  test("[DIS3] is a tombstone that says so, by its author", () => {
    const gone = applyToEntry(timed, expired(4, "e2"));
    expect(gone.body.value).toMatchObject({ state: { case: "deleted", value: { by: "ana", expired: true } } });
    expect(expiryOf(gone)).toBeUndefined();
    expect(isExpired(gone)).toBe(true);
    expect(isExpired(applyToEntry(timed, erased(4, "e2")))).toBe(false);
  });
});

describe("[DIS4] as of a time", () => {
  test("what is not over yet, stays, or is gone is the same", () => {
    const gone = applyToEntry(timed, erased(3, "e2"));
    for (const entry of [timed, made(posted(2, "stays")), gone]) expect(asOfTime(entry, 899_999)).toBe(entry);
    expect(asOfTime(gone, 900_000)).toBe(gone);
  });

  test("what is over has no content and nobody's reactions, and keeps its revs", () => {
    const over = asOfTime(applyToEntry(timed, reactionSet(3, "e2", "👍", ben)), 900_000);
    expect(over).toMatchObject({ rev: 3, contentRev: 2 });
    expect(JSON.stringify(over)).not.toContain("soon gone");
    expect(isExpired(over)).toBe(true);
    expect(disappearsAt(over)).toBeUndefined();
    expect(asOfTime(over, 900_001)).toBe(over);
  });

  test("what the log still says of it applies, so that it ends as on every other device", () => {
    const log = [expiryBegun(3, "e2", 63_000), edited(4, "e2", "other"), expired(5, "e2")];
    const fold = (from: Entry) => log.reduce(applyToEntry, from);
    expect(fold(asOfTime(timed, 900_000))).toEqual(fold(timed));
    const back = applyToEntry(asOfTime(timed, 900_000), edited(3, "e2", "other"));
    expect(back.body.value).toMatchObject({ state: { case: "content", value: plain("other") } });
    expect(isExpired(asOfTime(back, 900_000))).toBe(true);
  });
});

test("[DIS1] the timer is part of the conversation's state, and setting it makes an entry", () => {
  const created = conversationOf(groupCreated([ben]));
  if (created === undefined) throw new Error("unreachable");
  const after = applyToConversation(created, timerSet(2, 3_600));
  expect(after).toMatchObject({ timerSeconds: 3_600, rev: 2 });
  expect(applyToConversation(after, timerSet(3, 0)).timerSeconds).toBe(0);
  expect(entryOf(timerSet(2, 3_600))?.body).toMatchObject({
    case: "system",
    value: { what: { case: "timerSet", value: { seconds: 3_600 } } },
  });
});
