import { describe, expect, test } from "bun:test";
import type { Conversation, Event } from "@parley/protocol";
import {
  ana,
  ben,
  eve,
  groupCreated,
  inviteMade,
  joinRequestEnded,
  joinRequested,
  memberJoined,
  memberLetIn,
  membersAdded,
} from "../test/events.ts";
import { applyToConversation, conversationOf, memberOf } from "./fold-conversation.ts";
import { asksToJoin } from "./fold-join-requests.ts";

function after(...events: Event[]): Conversation {
  const conversation = conversationOf(groupCreated([]));
  if (conversation === undefined) throw new Error("not a created event");
  return [inviteMade(2), ...events].reduce(applyToConversation, conversation);
}

describe("who asks to join", () => {
  test("[INV6] is in the state, in their order and each once, and has used the link", () => {
    const conversation = after(joinRequested(3, eve, "e2"), joinRequested(4, ben, "e2"));
    expect(conversation.joinRequests).toMatchObject([
      { account: eve, userName: "eve", displayName: "EVE", askedAt: 3000, inviter: ana },
      { account: ben, askedAt: 4000 },
    ]);
    expect([conversation.rev, conversation.invites[0]?.uses]).toEqual([4, 2]);
    expect(applyToConversation(conversation, joinRequested(5, eve, "e2"))).toBe(conversation);
    expect(memberOf(conversation, eve)).toBeUndefined();
  });

  test("[INV6] takes it back, or is declined, or let in", () => {
    const conversation = after(joinRequested(3, eve, "e2"), joinRequested(4, ben, "e2"));
    const declined = applyToConversation(conversation, joinRequestEnded(5, eve));
    expect([asksToJoin(declined, eve), asksToJoin(declined, ben), declined.rev]).toEqual([false, true, 5]);
    expect(applyToConversation(declined, joinRequestEnded(6, eve, eve))).toBe(declined);
    const letIn = applyToConversation(declined, memberLetIn(6, ben));
    expect(letIn.joinRequests).toEqual([]);
    expect(memberOf(letIn, ben)).toMatchObject({ present: true, rev: 6 });
  });

  test("asks no more once a member by another way", () => {
    const asking = [joinRequested(3, eve, "e2"), joinRequested(4, ben, "e2")];
    expect(after(...asking, membersAdded(5, [eve])).joinRequests.map(({ account }) => account)).toEqual([ben]);
    expect(after(...asking, memberJoined(5, ben, "e2")).joinRequests.map(({ account }) => account)).toEqual([eve]);
  });
});
