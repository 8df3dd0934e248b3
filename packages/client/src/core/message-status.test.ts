import { describe, expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { type Conversation, ConversationSchema, EntrySchema } from "@parley/protocol";
import { nothingHeld } from "./held-conversation.ts";
import { statusOfEntry } from "./message-status.ts";

const entry = create(EntrySchema, { id: "m", author: "me", seq: 10, ordinal: 5 });

function state(...members: { account: string; from?: number; to?: number; present?: boolean }[]): Conversation {
  return create(ConversationSchema, {
    members: members.map(({ account, from = 1, to = 0, present = true }) => ({
      account,
      present,
      intervals: [{ from, to }],
    })),
  });
}

function status(
  conversation: Conversation,
  marks: Record<string, [number, number]>,
  byAll = { delivered: 0, read: 0 },
): string {
  const others = Object.entries(marks).map(([account, [delivered, read]]) => ({ account, marks: { delivered, read } }));
  return statusOfEntry(entry, conversation, { ...nothingHeld("c"), others, byAll }, "me").kind;
}

describe("[MRK4] a message of one's own", () => {
  const both = state({ account: "me" }, { account: "ada" }, { account: "ben" });

  test.each<[string, Record<string, [number, number]>, string]>([
    ["nobody has it", {}, "sent"],
    ["one has it", { ada: [5, 0] }, "sent"],
    ["both have it", { ada: [5, 0], ben: [9, 0] }, "delivered"],
    ["one has read it", { ada: [5, 5], ben: [5, 4] }, "delivered"],
    ["both have read it, which says that they have it", { ada: [0, 5], ben: [0, 7] }, "read"],
  ])("%s", (_, marks, expected) => expect(status(both, marks)).toBe(expected));

  test("who came later or has left does not count", () => {
    const mixed = state(
      { account: "me" },
      { account: "ada" },
      { account: "late", from: 11 },
      { account: "gone", to: 20, present: false },
    );
    expect(status(mixed, { ada: [5, 5] })).toBe("read");
  });

  test("alone there is nobody to deliver to", () => {
    expect(status(state({ account: "me" }), {})).toBe("sent");
  });

  test("in large groups the summary says it", () => {
    expect(status(both, {}, { delivered: 5, read: 4 })).toBe("delivered");
    expect(status(both, {}, { delivered: 5, read: 5 })).toBe("read");
  });
});
