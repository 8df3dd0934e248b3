import { describe, expect, test } from "bun:test";
import { type Conversation, type Event, Role } from "@parley/protocol";
import {
  ana,
  ben,
  eve,
  groupCreated,
  inviteMade,
  inviteRevoked,
  memberJoined,
  memberLeft,
  membersRemoved,
  roleSet,
} from "../test/events.ts";
import { applyToConversation, conversationOf, memberOf } from "./fold-conversation.ts";
import { endOfInvite, openInvites } from "./fold-invites.ts";

function after(...events: Event[]): Conversation {
  const conversation = conversationOf(groupCreated([ben]));
  if (conversation === undefined) throw new Error("not a created event");
  return events.reduce(applyToConversation, conversation);
}

function links(conversation: Conversation, now = 0): string[] {
  return conversation.invites.map((invite) => `${invite.id} ${invite.uses} ${endOfInvite(invite, now) ?? "open"}`);
}

describe("links by which people join", () => {
  test("[INV1] are in the state, each with its maker, its bounds and how often it was used", () => {
    const conversation = after(inviteMade(2, { maxUses: 2, expiresAt: 9000 }), memberJoined(3, eve, "e2"));
    expect(conversation.invites).toMatchObject([
      { id: "e2", maker: ana, madeAt: 2000, label: "Poster", maxUses: 2, expiresAt: 9000, uses: 1, revoked: false },
    ]);
    expect(conversation.rev).toBe(3);
    expect(memberOf(conversation, eve)).toMatchObject({ present: true, role: Role.MEMBER, rev: 3 });
  });

  test("[INV2] end by their time, by their uses, and when they are revoked", () => {
    const conversation = after(
      inviteMade(2, { expiresAt: 9000 }),
      inviteMade(3, { maxUses: 1 }),
      inviteMade(4),
      inviteMade(5),
      memberJoined(6, eve, "e3"),
      inviteRevoked(7, "e4"),
    );
    expect(links(conversation, 8999)).toEqual(["e2 0 open", "e3 1 used-up", "e4 0 revoked", "e5 0 open"]);
    expect(links(conversation, 9000)[0]).toBe("e2 0 expired");
    expect(openInvites(conversation, 9000).map(({ id }) => id)).toEqual(["e5"]);
    expect(applyToConversation(conversation, inviteRevoked(8, "e4"))).toBe(conversation);
    expect(applyToConversation(conversation, inviteRevoked(8, "e9"))).toBe(conversation);
  });

  test("that have ended go when another is made", () => {
    const ended = after(inviteMade(2, { expiresAt: 3000 }), inviteMade(3, { expiresAt: 5000 }), inviteRevoked(4, "e3"));
    expect(links(ended)).toEqual(["e3 0 revoked"]);
    expect(links(applyToConversation(ended, inviteMade(5)))).toEqual(["e5 0 open"]);
  });

  test("[INV2] end with their maker's right, and stay so when it comes back", () => {
    const made = [roleSet(2, ben, Role.ADMIN), inviteMade(3, {}, ben), inviteMade(4)];
    expect(links(after(...made, roleSet(5, ben, Role.MEMBER)))).toEqual(["e3 0 revoked", "e4 0 open"]);
    expect(links(after(...made, roleSet(5, ben, Role.MEMBER), roleSet(6, ben, Role.ADMIN)))[0]).toBe("e3 0 revoked");
    expect(links(after(...made, membersRemoved(5, [ben])))[0]).toBe("e3 0 revoked");
    expect(links(after(...made, memberLeft(5, ana)))).toEqual(["e3 0 open", "e4 0 revoked"]);
  });

  test("[INV3] who comes back by one gets a new interval, whatever the others were", () => {
    const back = after(inviteMade(2), memberLeft(3, ben), memberJoined(5, ben, "e2"));
    expect(memberOf(back, ben)?.intervals.map(({ from, to }) => [from, to])).toEqual([
      [1, 3],
      [5, 0],
    ]);
  });
});
