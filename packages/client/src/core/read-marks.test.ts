import { expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { type ReadState, ReadStateSchema } from "@parley/protocol";
import fc from "fast-check";
import type { StoredConversation } from "../ports/client-store.ts";
import { nothingHeld } from "./held-conversation.ts";
import { beginMarks, confirmMarks, hasUnconfirmedMarks, marksNow, noteOthersMarks, wantMarks } from "./read-marks.ts";

const conversation: StoredConversation = { ...nothingHeld("c"), entryHead: 10 };

function told(delivered: number, read: number, asOf: number, unread = 0): ReadState {
  return create(ReadStateSchema, { conversation: "c", delivered, read, asOf, unread });
}

test("[MRK2] a wanted mark is never beyond the newest entry, and stands until the server has it", () => {
  const wanting = wantMarks(conversation, { delivered: 99, read: 99 });
  expect(wanting.wanted).toEqual({ delivered: 10, read: 10 });
  expect(hasUnconfirmedMarks(confirmMarks(wanting, told(8, 8, 5)))).toBe(true);
  expect(hasUnconfirmedMarks(confirmMarks(wanting, told(10, 10, 5)))).toBe(false);
});

test("[MRK1] wanting less changes nothing", () => {
  const wanting = wantMarks(conversation, { delivered: 5, read: 5 });
  expect(wantMarks(wanting, { delivered: 3, read: 4 })).toBe(wanting);
});

test("[MRK3] a count is taken with its read mark or not at all", () => {
  const known = confirmMarks(conversation, told(6, 6, 20, 4));
  const late = confirmMarks(known, told(5, 5, 19, 9));
  expect(late.read).toMatchObject({ read: 6, unread: 4 });
});

test("[MRK1] marks that a restored server lost are wanted again", () => {
  const known = confirmMarks(conversation, told(8, 6, 20));
  const lower = beginMarks(known, told(5, 2, 20, 3));
  expect(marksNow(lower)).toEqual({ delivered: 8, read: 6 });
  expect(hasUnconfirmedMarks(lower)).toBe(true);
  expect(hasUnconfirmedMarks(beginMarks(known, told(9, 9, 21)))).toBe(false);
});

test("[MRK1] in whatever order answers come, marks only grow", () => {
  const mark = fc.tuple(fc.nat({ max: 10 }), fc.nat({ max: 10 }), fc.nat({ max: 30 }));
  fc.assert(
    fc.property(fc.array(mark), (answers) => {
      let state = conversation;
      for (const [delivered, read, asOf] of answers) {
        const before = marksNow(state);
        state = confirmMarks(state, told(Math.max(delivered, read), read, asOf));
        expect(marksNow(state).read).toBeGreaterThanOrEqual(before.read);
        expect(marksNow(state).delivered).toBeGreaterThanOrEqual(before.delivered);
        expect(marksNow(state).read).toBeGreaterThanOrEqual(read);
      }
    }),
  );
});

test("[MRK1] others' marks merge by maximum; what is no news changes nothing", () => {
  const once = noteOthersMarks(conversation, "ada", { delivered: 5, read: 2 });
  expect(noteOthersMarks(once, "ada", { delivered: 4, read: 1 })).toBe(once);
  expect(noteOthersMarks(once, "ada", { delivered: 3, read: 7 }).others).toEqual([
    { account: "ada", marks: { delivered: 7, read: 7 } },
  ]);
});
