import { expect, test } from "bun:test";
import type { StoredConversation } from "../ports/client-store.ts";
import { headsToName } from "./heads-to-name.ts";
import { nothingHeld } from "./held-conversation.ts";

function held(conversation: string, openedAt: number, seq = 7): StoredConversation {
  const stored = nothingHeld(conversation);
  return { ...stored, openedAt, head: { ...stored.head, conversation, seq, tag: 1 } };
}

test("[SYN9] Hello names the conversation first that was opened last", () => {
  const heads = headsToName([held("never", 0), held("last week", 100), held("now", 900), held("yesterday", 500)]);
  expect(heads.map(({ conversation }) => conversation)).toEqual(["now", "yesterday", "last week", "never"]);
});

test("what nothing is held of is not named", () => {
  expect(headsToName([held("empty", 900, 0), held("held", 0)])).toEqual([{ conversation: "held", seq: 7, tag: 1 }]);
});
