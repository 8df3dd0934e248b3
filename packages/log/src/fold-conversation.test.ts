import { describe, expect, test } from "bun:test";
import { type Conversation, type Event, HistoryPolicy, Role } from "@parley/protocol";
import {
  ana,
  ben,
  descriptionSet,
  edited,
  erased,
  eve,
  groupCreated,
  memberLeft,
  membersAdded,
  membersRemoved,
  messagePinned,
  messageUnpinned,
  pictureSet,
  posted,
  roleSet,
  titleSet,
} from "../test/events.ts";
import { applyToConversation, conversationOf, isLastOwner, memberOf, presentMembers } from "./fold-conversation.ts";

/** The conversation after a group was created and these events were applied. */
function after(created: Event, ...events: Event[]): Conversation {
  const conversation = conversationOf(created);
  if (conversation === undefined) throw new Error("not a created event");
  return events.reduce(applyToConversation, conversation);
}

function present(conversation: Conversation): string[] {
  return presentMembers(conversation).map((member) => member.account);
}

function intervals(conversation: Conversation, account: string): [number, number][] | undefined {
  return memberOf(conversation, account)?.intervals.map(({ from, to }) => [from, to]);
}

function owners(conversation: Conversation): string[] {
  return presentMembers(conversation)
    .filter((member) => member.role === Role.OWNER)
    .map((member) => member.account);
}

describe("conversationOf", () => {
  test("begins with the creator as owner and the others as members, by account id", () => {
    const conversation = after(groupCreated([eve, ben]));
    expect(conversation).toMatchObject({ id: "c", title: "Tea", rev: 1, createdBy: ana, createdAt: 1000 });
    expect(conversation.members.map(({ account, role }) => [account, role])).toEqual([
      [ana, Role.OWNER],
      [ben, Role.MEMBER],
      [eve, Role.MEMBER],
    ]);
  });

  test("[VIS1] every first member sees the log from the event that created it", () => {
    expect(intervals(after(groupCreated([ben])), ben)).toEqual([[1, 0]]);
  });

  test("no other event begins a conversation", () => {
    expect(conversationOf(titleSet(1, "Tea"))).toBeUndefined();
  });
});

describe("applyToConversation", () => {
  const group = after(groupCreated([ben]));

  test("[LOG2] an event that it holds already changes nothing", () => {
    expect(applyToConversation(group, titleSet(1, "Coffee"))).toBe(group);
  });

  test("events about entries change nothing", () => {
    for (const event of [posted(2, "x"), edited(2, "e1", "x"), erased(2, "e1")])
      expect(applyToConversation(group, event)).toBe(group);
  });

  test("a title is set", () => {
    expect(after(groupCreated([ben]), titleSet(2, "Coffee"))).toMatchObject({ title: "Coffee", rev: 2 });
  });

  test("[PIN1] messages are pinned in the order in which that happened, each once", () => {
    const conversation = after(groupCreated([ben]), messagePinned(5, "e3"), messagePinned(6, "e2"));
    expect(conversation).toMatchObject({ pinnedMessages: ["e3", "e2"], rev: 6 });
    expect(applyToConversation(conversation, messagePinned(7, "e3"))).toBe(conversation);
    expect(applyToConversation(conversation, messageUnpinned(7, "e3"))).toMatchObject({
      pinnedMessages: ["e2"],
      rev: 7,
    });
    expect(applyToConversation(conversation, messageUnpinned(7, "e4"))).toBe(conversation);
  });

  test("[PIN2] an erasure ends the pin of its message, and no other", () => {
    const conversation = after(groupCreated([ben]), messagePinned(5, "e3"), messagePinned(6, "e2"));
    expect(applyToConversation(conversation, erased(7, "e2"))).toMatchObject({ pinnedMessages: ["e3"], rev: 7 });
    expect(applyToConversation(conversation, erased(7, "e4"))).toBe(conversation);
  });

  test("[VIS1] joining opens an interval at the joining event", () => {
    const conversation = after(groupCreated([ben]), membersAdded(5, [eve]));
    expect(intervals(conversation, eve)).toEqual([[5, 0]]);
    expect(present(conversation)).toEqual([ana, ben, eve]);
  });

  test("[VIS1] where the policy shows all history, who joins sees everything", () => {
    expect(intervals(after(groupCreated([ben], HistoryPolicy.ALL), membersAdded(5, [eve])), eve)).toEqual([[1, 0]]);
  });

  test("[VIS1] leaving closes the interval at that event, which is the last one seen", () => {
    const conversation = after(groupCreated([ben]), memberLeft(7, ben));
    expect(intervals(conversation, ben)).toEqual([[1, 7]]);
    expect(memberOf(conversation, ben)).toMatchObject({ present: false, rev: 7 });
    expect(present(conversation)).toEqual([ana]);
  });

  test("[VIS1] who comes back sees from then on, whatever the policy: no interval is widened", () => {
    for (const history of [HistoryPolicy.SINCE_JOINED, HistoryPolicy.ALL]) {
      const conversation = after(groupCreated([ben], history), membersRemoved(200, [ben]), membersAdded(500, [ben]));
      expect(intervals(conversation, ben)).toEqual([
        [1, 200],
        [500, 0],
      ]);
    }
  });

  test("who comes back is a plain member, whatever they were", () => {
    const conversation = after(groupCreated([ben]), memberLeft(2, ana), membersAdded(3, [ana]));
    expect(memberOf(conversation, ana)?.role).toBe(Role.MEMBER);
  });

  test("several are removed at once", () => {
    expect(present(after(groupCreated([ben, eve]), membersRemoved(2, [ben, eve])))).toEqual([ana]);
  });

  test("an account that is not present is not removed again", () => {
    const conversation = after(groupCreated([ben]), memberLeft(2, ben), membersRemoved(3, [ben]));
    expect(intervals(conversation, ben)).toEqual([[1, 2]]);
  });

  test("when the last owner leaves, whoever has been a member longest becomes owner", () => {
    const conversation = after(groupCreated([eve]), membersAdded(2, [ben]), memberLeft(3, ana));
    expect(owners(conversation)).toEqual([eve]);
    expect(memberOf(conversation, eve)?.rev).toBe(3);
  });

  test("[GRP1] an admin becomes owner before members who have been there longer", () => {
    const conversation = after(
      groupCreated([ben]),
      membersAdded(2, [eve]),
      roleSet(3, eve, Role.ADMIN),
      memberLeft(4, ana),
    );
    expect(owners(conversation)).toEqual([eve]);
  });

  test("a role is that of a present member, and whoever is no member gets none", () => {
    expect(memberOf(after(groupCreated([ben]), roleSet(2, ben, Role.ADMIN)), ben)).toMatchObject({
      role: Role.ADMIN,
      rev: 2,
    });
    const gone = after(groupCreated([ben]), memberLeft(2, ben), roleSet(3, ben, Role.ADMIN));
    expect(memberOf(gone, ben)).toMatchObject({ role: Role.MEMBER, rev: 2 });
  });

  test("[GRP1] the last owner is the one owner who is there", () => {
    const two = after(groupCreated([ben]), roleSet(2, ben, Role.OWNER));
    expect([isLastOwner(after(groupCreated([ben])), ana), isLastOwner(two, ana)]).toEqual([true, false]);
    expect(isLastOwner(after(groupCreated([ben]), roleSet(2, ben, Role.OWNER), memberLeft(3, ana)), ben)).toBe(true);
    expect(isLastOwner(after(groupCreated([ben])), ben)).toBe(false);
  });

  test("a description is what was said last", () => {
    const conversation = after(groupCreated([]), descriptionSet(2, "Tea at five."), descriptionSet(3, "Tea at six."));
    expect(conversation).toMatchObject({ description: "Tea at six.", rev: 3 });
  });

  test("[PICTURE1] a picture is the one that was set last, by its id; an empty one is none", () => {
    const conversation = after(groupCreated([]), pictureSet(2, "one"), pictureSet(3, "two"));
    expect(conversation).toMatchObject({ picture: "two", rev: 3 });
    expect(applyToConversation(conversation, pictureSet(3, "one"))).toBe(conversation);
    expect(applyToConversation(conversation, pictureSet(4, ""))).toMatchObject({ picture: "", rev: 4 });
  });

  test("among those who joined together the smallest account id becomes owner", () => {
    expect(owners(after(groupCreated([eve, ben]), memberLeft(2, ana)))).toEqual([ben]);
  });

  test("time before coming back does not count", () => {
    const conversation = after(
      groupCreated([ben, eve]),
      membersRemoved(2, [ben]),
      membersAdded(3, [ben]),
      memberLeft(4, ana),
    );
    expect(owners(conversation)).toEqual([eve]);
  });

  test("nobody is promoted while an owner stays, nor when nobody stays", () => {
    expect(owners(after(groupCreated([ben, eve]), memberLeft(2, ben)))).toEqual([ana]);
    expect(present(after(groupCreated([]), memberLeft(2, ana)))).toEqual([]);
  });
});
