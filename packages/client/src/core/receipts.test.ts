import { expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { ConversationSchema, EntrySchema, limits } from "@parley/protocol";
import { nothingHeld } from "./held-conversation.ts";
import { receiptsByMarks } from "./receipts.ts";

function stateOf(count: number) {
  const members = Array.from({ length: count }, (_, index) => ({
    account: `person ${index}`,
    present: true,
    intervals: [{ from: 1, to: 0 }],
  }));
  return create(ConversationSchema, { id: "one", members });
}

test("of large groups a device knows what all have reached, and of nobody else that it did not arrive", () => {
  const state = stateOf(limits.memberMarksUpTo + 1);
  const entry = create(EntrySchema, { ordinal: 5, seq: 5 });
  const reachedWith = (byAll: { delivered: number; read: number }) => {
    const { receipts } = receiptsByMarks(entry, state, { ...nothingHeld("one"), byAll }, "person 0", new Map());
    return [...new Set(receipts.map(({ reached }) => reached))];
  };
  expect(reachedWith({ delivered: 4, read: 4 })).toEqual(["unknown"]);
  expect(reachedWith({ delivered: 5, read: 4 })).toEqual(["delivered"]);
  expect(reachedWith({ delivered: 5, read: 5 })).toEqual(["read"]);
});
