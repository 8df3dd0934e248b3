import { describe, expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { memberOf } from "@parley/log";
import {
  ConversationKind,
  directConversationId,
  Encryption,
  HistoryPolicy,
  limits,
  notesConversationId,
  PictureRequestSchema,
  pictureId,
  RejectionCode,
  Role,
  uuidV7,
} from "@parley/protocol";
import {
  type Body,
  directWith,
  edited,
  groupOf,
  rejectionOf,
  type Stage,
  samplePicture,
  seqOf,
  type TestDevice,
  text,
  textsOf,
} from "../../testing/log-stage.ts";

/** What each command does, and to whom it is refused. */
export function conversationContract(stage: () => Stage): void {
  describe("creating", () => {
    test("[DER2] two people who start the same chat meet in one", async () => {
      const [ann, bob] = await cast(stage());
      const log = await stage().direct(ann, bob);
      const again = await stage().log.writer.execute([bob.prepare(log, directWith(ann.account))]);
      expect(again.answers.map(seqOf)).toEqual([2]);
      expect(again.published.map(({ event }) => event.body.case)).toEqual(["noEffect"]);
      expect((await present(stage(), log)).toSorted()).toEqual([ann.account, bob.account].sort());
    });

    test("[DER1] an id that is not derived from the members is rejected", async () => {
      const [ann, bob, cho] = await cast(stage());
      const other = directConversationId(ann.account, cho.account, Encryption.NONE);
      expect(rejectionOf(await ann.send(other, directWith(bob.account)))).toBe(RejectionCode.INVALID);
      const notes = { kind: ConversationKind.NOTES, encryption: Encryption.NONE };
      expect(rejectionOf(await ann.send(notesConversationId(bob.account), { case: "create", value: notes }))).toBe(
        RejectionCode.INVALID,
      );
      expect(seqOf(await ann.send(notesConversationId(ann.account), { case: "create", value: notes }))).toBe(1);
    });

    const group = { kind: ConversationKind.GROUP, encryption: Encryption.NONE, history: HistoryPolicy.ALL };
    const wrong: readonly (readonly [string, Body, RejectionCode])[] = [
      ["of no kind", { case: "create", value: { encryption: Encryption.NONE } }, RejectionCode.INVALID],
      [
        "that is a thread of nothing",
        { case: "create", value: { ...group, kind: ConversationKind.THREAD } },
        RejectionCode.NOT_FOUND,
      ],
      ["of no encryption", { case: "create", value: { ...group, encryption: 0 } }, RejectionCode.INVALID],
      [
        "that is encrypted",
        { case: "create", value: { ...group, encryption: Encryption.MLS } },
        RejectionCode.NOT_SUPPORTED,
      ],
      ["of no history policy", { case: "create", value: { ...group, history: 0 } }, RejectionCode.INVALID],
      ["with a long title", { case: "create", value: { ...group, title: "x".repeat(201) } }, RejectionCode.INVALID],
      ["with strangers", { case: "create", value: { ...group, members: ["nobody"] } }, RejectionCode.NOT_FOUND],
      [
        "with too many members",
        { case: "create", value: { ...group, members: Array(limits.membersPerGroup).fill("x") } },
        RejectionCode.MEMBERS_FULL,
      ],
    ];
    test.each(wrong)("a conversation %s is rejected", async (_, body, code) => {
      const [ann] = await cast(stage());
      expect(rejectionOf(await ann.send(stage().id(), body))).toBe(code);
    });

    test("a group whose id is taken is rejected", async () => {
      const [ann, bob] = await cast(stage());
      const log = await stage().group(ann, []);
      expect(rejectionOf(await bob.send(log, groupOf([])))).toBe(RejectionCode.ID_TAKEN);
      expect(rejectionOf(await bob.send(ann.account, groupOf([])))).toBe(RejectionCode.ID_TAKEN);
      expect(await present(stage(), log)).toEqual([ann.account]);
    });
  });

  describe("messages", () => {
    const content = (words: string): Body => text(words);
    test.each([
      ["no content", { case: "post", value: {} } as Body],
      ["no text", content("")],
      ["too much text", content("x".repeat(limits.textCharacters + 1))],
      [
        "mentions that are no ids",
        {
          case: "post",
          value: { envelope: { mentions: ["bob"] }, content: { form: { case: "plain", value: { text: "x" } } } },
        } as Body,
      ],
    ])("a post with %s is rejected", async (_, body) => {
      const [ann, bob] = await cast(stage());
      const log = await stage().direct(ann, bob);
      expect(rejectionOf(await ann.send(log, body))).toBe(RejectionCode.INVALID);
    });

    test("only the author edits, and only what is there", async () => {
      const [ann, bob] = await cast(stage());
      const log = await stage().direct(ann, bob);
      const target = await ann.must(log, text("one"));
      expect(rejectionOf(await bob.send(log, edited(target, "two")))).toBe(RejectionCode.NOT_ALLOWED);
      expect(rejectionOf(await ann.send(log, edited(stage().id(), "two")))).toBe(RejectionCode.TARGET_NOT_FOUND);
      await ann.must(log, edited(target, "three"));
      expect(textsOf(await bob.page(log))).toEqual(["created", "three"]);
      await ann.must(log, { case: "delete", value: { target } });
      expect(rejectionOf(await ann.send(log, edited(target, "four")))).toBe(RejectionCode.TARGET_DELETED);
    });

    test("[LOG5] what was deleted stays deleted, and its content is gone from the row", async () => {
      const [ann, bob] = await cast(stage());
      const log = await stage().direct(ann, bob);
      const target = await ann.must(log, text("secret"));
      await bob.must(log, { case: "setReaction", value: { target, emoji: "👍" } });
      await ann.must(log, { case: "delete", value: { target } });
      expect(rejectionOf(await bob.send(log, { case: "setReaction", value: { target, emoji: "👎" } }))).toBe(
        RejectionCode.TARGET_DELETED,
      );
      await ann.must(log, { case: "delete", value: { target } });
      const page = await bob.page(log);
      expect(textsOf(page)).toEqual(["created", "(deleted)"]);
      expect(JSON.stringify(page)).not.toContain("secret");
      expect(JSON.stringify(page)).not.toContain("👍");
    });

    test("others' messages are deleted by owners of the group alone", async () => {
      const [ann, bob, cho] = await cast(stage());
      const log = await stage().group(ann, [bob, cho]);
      const target = await bob.must(log, text("rude"));
      expect(rejectionOf(await cho.send(log, { case: "delete", value: { target } }))).toBe(RejectionCode.NOT_ALLOWED);
      await ann.must(log, { case: "delete", value: { target } });
      expect(textsOf(await cho.page(log))).toEqual(["created", "(deleted)"]);
    });

    test("reactions keep the order in which people reacted", async () => {
      const [ann, bob, cho] = await cast(stage());
      const log = await stage().group(ann, [bob, cho]);
      const target = await ann.must(log, text("vote"));
      const set = (who: TestDevice, emoji: string) => who.must(log, { case: "setReaction", value: { target, emoji } });
      await set(cho, "👍");
      await set(bob, "🎉");
      await set(ann, "👍");
      await cho.must(log, { case: "unsetReaction", value: { target, emoji: "👍" } });
      await set(cho, "👍");
      await bob.must(log, { case: "unsetReaction", value: { target, emoji: "🎉" } });
      await set(bob, "🎉");
      const { body } = (await bob.page(log))?.entries.at(-1) ?? {};
      const reactions = body?.case === "message" ? body.value.reactions : [];
      expect(reactions.map(({ emoji, accounts }) => [emoji, accounts])).toEqual([
        ["👍", [ann.account, cho.account]],
        ["🎉", [bob.account]],
      ]);
    });

    test("[RCT2] one member reacts to a message with so many emojis, and others go on until the message has so many", async () => {
      const [ann, bob, cid] = await cast(stage());
      const log = await stage().group(ann, [bob, cid]);
      const target = await ann.must(log, text("hello"));
      const react = (index: number): Body => {
        return { case: "setReaction", value: { target, emoji: String.fromCodePoint(0x4e00 + index) } };
      };
      const { reactionsPerMember, emojisPerMessage } = limits;
      for (let index = 0; index < reactionsPerMember; index++) await ann.must(log, react(index));
      expect(rejectionOf(await ann.send(log, react(reactionsPerMember)))).toBe(RejectionCode.OWN_REACTIONS_FULL);
      for (let index = reactionsPerMember; index < emojisPerMessage; index++) await bob.must(log, react(index));
      expect(rejectionOf(await cid.send(log, react(emojisPerMessage)))).toBe(RejectionCode.REACTIONS_FULL);
      await cid.must(log, react(0));
    });

    test.each(["", "👍👍", "x".repeat(65), "ab"])("%p is no reaction", async (...args) => {
      const [emoji] = args;
      const [ann, bob] = await cast(stage());
      const log = await stage().direct(ann, bob);
      const target = await ann.must(log, text("x"));
      const answer = await bob.send(log, { case: "setReaction", value: { target, emoji } });
      expect(rejectionOf(answer)).toBe(RejectionCode.INVALID);
    });
  });

  describe("groups", () => {
    test("any member adds, only owners and admins remove", async () => {
      const [ann, bob, cho] = await cast(stage());
      const log = await stage().group(ann, [bob]);
      await bob.must(log, { case: "addMembers", value: { accounts: [cho.account, ann.account] } });
      const removal: Body = { case: "removeMembers", value: { accounts: [cho.account] } };
      expect(rejectionOf(await bob.send(log, removal))).toBe(RejectionCode.NOT_ALLOWED);
      await ann.must(log, removal);
      expect(await present(stage(), log)).toEqual([ann.account, bob.account].sort());
    });

    test("strangers and too many are not added", async () => {
      const [ann, bob] = await cast(stage());
      const log = await stage().group(ann, [bob]);
      const add = (accounts: string[]) => ann.send(log, { case: "addMembers", value: { accounts } });
      expect(rejectionOf(await add([stage().id()]))).toBe(RejectionCode.NOT_FOUND);
      expect(rejectionOf(await add([]))).toBe(RejectionCode.INVALID);
      const accounts = Array.from({ length: limits.membersPerGroup - 1 }, () => stage().id());
      for (const account of accounts) await stage().log.writer.putProfile(account, account, "Extra");
      expect(rejectionOf(await add(accounts))).toBe(RejectionCode.MEMBERS_FULL);
      await ann.must(log, { case: "addMembers", value: { accounts: accounts.slice(1) } });
      expect(await present(stage(), log)).toHaveLength(limits.membersPerGroup);
    });

    test("when the last owner leaves, the longest-standing member inherits", async () => {
      const [ann, bob, cho] = await cast(stage());
      const log = await stage().group(ann, [cho]);
      await ann.must(log, { case: "addMembers", value: { accounts: [bob.account] } });
      await ann.must(log, { case: "leave", value: {} });
      const state = await stage().log.reader.conversation(cho.account, log);
      expect(state && memberOf(state, cho.account)?.role).toBe(Role.OWNER);
      expect(state && memberOf(state, ann.account)?.present).toBe(false);
      expect(rejectionOf(await ann.send(log, text("still here?")))).toBe(RejectionCode.NOT_MEMBER);
    });

    test("[GRP1] [GRP2] roles are given and taken as the table says, and an owner stays", async () => {
      const [ann, bob, cho] = await cast(stage());
      const log = await stage().group(ann, [bob, cho]);
      const role = (of: TestDevice, to: Role): Body => ({ case: "setRole", value: { account: of.account, role: to } });
      expect(rejectionOf(await bob.send(log, role(cho, Role.ADMIN)))).toBe(RejectionCode.NOT_ALLOWED);
      expect(rejectionOf(await ann.send(log, role(ann, Role.ADMIN)))).toBe(RejectionCode.LAST_OWNER);
      await ann.must(log, role(bob, Role.ADMIN));
      await bob.must(log, role(cho, Role.ADMIN));
      expect(rejectionOf(await bob.send(log, role(ann, Role.MEMBER)))).toBe(RejectionCode.NOT_ALLOWED);
      await ann.must(log, role(cho, Role.OWNER));
      await ann.must(log, role(ann, Role.MEMBER));
      expect(rejectionOf(await ann.send(log, role(bob, Role.MEMBER)))).toBe(RejectionCode.NOT_ALLOWED);
      const state = await stage().log.reader.conversation(ann.account, log);
      const roles = [ann, bob, cho].map(({ account }) => state && memberOf(state, account)?.role);
      expect(roles).toEqual([Role.MEMBER, Role.ADMIN, Role.OWNER]);
    });

    test("what a group is about is stored with it", async () => {
      const [ann, bob] = await cast(stage());
      const log = await stage().group(ann, [bob]);
      const description: Body = { case: "setDescription", value: { description: "Walks on Sundays" } };
      await bob.must(log, description);
      expect((await stage().log.reader.conversation(ann.account, log))?.description).toBe("Walks on Sundays");
      const again = await stage().log.writer.execute([ann.prepare(log, description)]);
      expect(again.published.map(({ event }) => event.body.case)).toEqual(["noEffect"]);
    });

    test("[PICTURE1] [PICTURE2] a picture is told by its id, given to who sees it, and gone when it is replaced", async () => {
      const [ann, bob, cho] = await cast(stage());
      const { reader, writer } = stage().log;
      const log = await stage().group(ann, [bob]);
      const [one, two] = [samplePicture({ said: "one" }), samplePicture({ said: "two" })];
      const set = (picture: Uint8Array): Body => ({ case: "setPicture", value: { picture } });
      const read = async ({ account }: TestDevice, bytes: Uint8Array) => {
        const request = create(PictureRequestSchema, { conversation: log, picture: pictureId(bytes) });
        return (await reader.picture(account, request))?.picture;
      };
      await bob.must(log, set(one));
      expect((await reader.conversation(ann.account, log))?.picture).toBe(pictureId(one));
      expect([await read(ann, one), await read(ann, two), await read(cho, one)]).toEqual([one, undefined, undefined]);
      const again = await writer.execute([ann.prepare(log, set(one))]);
      expect(again.published.map(({ event }) => event.body.case)).toEqual(["noEffect"]);
      await bob.must(log, { case: "leave", value: {} });
      expect(rejectionOf(await bob.send(log, set(two)))).toBe(RejectionCode.NOT_MEMBER);
      expect(await read(bob, one)).toEqual(one);
      await ann.must(log, set(two));
      expect([await read(ann, one), await read(ann, two)]).toEqual([undefined, two]);
      expect([await read(bob, one), await read(bob, two)]).toEqual([undefined, undefined]);
      await ann.must(log, set(new Uint8Array()));
      expect((await reader.conversation(ann.account, log))?.picture).toBe("");
      expect(await read(ann, two)).toBeUndefined();
      expect(rejectionOf(await ann.send(log, set(Uint8Array.of(1, 2, 3))))).toBe(RejectionCode.INVALID);
    });

    test("a direct conversation is not left, titled or joined", async () => {
      const [ann, bob, cho] = await cast(stage());
      const log = await stage().direct(ann, bob);
      const bodies: readonly Body[] = [
        { case: "leave", value: {} },
        { case: "setTitle", value: { title: "x" } },
        { case: "addMembers", value: { accounts: [cho.account] } },
        { case: "removeMembers", value: { accounts: [bob.account] } },
      ];
      for (const body of bodies) {
        expect(rejectionOf(await ann.send(log, body))).toBe(RejectionCode.NOT_ALLOWED);
      }
    });

    test("the title is set by any member, and setting the same has no effect", async () => {
      const [ann, bob] = await cast(stage());
      const log = await stage().group(ann, [bob]);
      const title: Body = { case: "setTitle", value: { title: "Weekend" } };
      await bob.must(log, title);
      const again = await stage().log.writer.execute([ann.prepare(log, title)]);
      expect(again.published.map(({ event }) => event.body.case)).toEqual(["noEffect"]);
      expect((await stage().log.reader.conversation(ann.account, log))?.title).toBe("Weekend");
      expect(rejectionOf(await ann.send(log, { case: "setTitle", value: { title: "" } }))).toBe(RejectionCode.INVALID);
    });
  });

  describe("pinned messages", () => {
    const pin = (target: string): Body => ({ case: "pinMessage", value: { target } });
    const unpin = (target: string): Body => ({ case: "unpinMessage", value: { target } });

    test("[PIN1] are part of the state, in their order, and only so many", async () => {
      const [ann, bob] = await cast(stage());
      const log = await stage().direct(ann, bob);
      const ids: string[] = [];
      for (let index = 0; index <= limits.pinnedMessagesPerConversation; index++) {
        ids.push(await ann.must(log, text(`message ${index}`)));
      }
      const [first = "", second = "", ...others] = ids;
      for (const id of [second, first, ...others.slice(0, -1)]) await bob.must(log, pin(id));
      const last = others.at(-1) ?? "";
      expect(rejectionOf(await ann.send(log, pin(last)))).toBe(RejectionCode.PINNED_MESSAGES_FULL);
      expect((await stage().log.writer.execute([ann.prepare(log, pin(second))])).published[0]?.event.body.case).toBe(
        "noEffect",
      );
      await ann.must(log, unpin(second));
      await ann.must(log, pin(last));
      const { pinnedMessages } = (await stage().log.reader.conversation(bob.account, log)) ?? {};
      expect(pinnedMessages).toEqual([first, ...others]);
    });

    test("[PIN2] what is deleted or withdrawn is pinned no more, whatever else its transaction does", async () => {
      const [ann, bob] = await cast(stage());
      const log = await stage().group(ann, [bob]);
      const [one, other, kept] = [
        await ann.must(log, text("a")),
        await bob.must(log, text("b")),
        await ann.must(log, text("c")),
      ];
      await stage().log.writer.execute([
        ...[one, other, kept].map((id) => ann.prepare(log, pin(id))),
        ann.prepare(log, { case: "delete", value: { target: one } }),
        bob.prepare(log, { case: "withdraw", value: { target: other } }),
        ann.prepare(log, text("d")),
      ]);
      expect((await stage().log.reader.conversation(bob.account, log))?.pinnedMessages).toEqual([kept]);
      expect(rejectionOf(await bob.send(log, pin(one)))).toBe(RejectionCode.TARGET_DELETED);
    });

    test("[PIN3] give no sight to who came later, who may not pin what they cannot see, but end its pin", async () => {
      const [ann, bob, cho] = await cast(stage());
      const log = await stage().group(ann, [bob]);
      const early = await ann.must(log, text("before"));
      await ann.must(log, pin(early));
      await ann.must(log, { case: "addMembers", value: { accounts: [cho.account] } });
      const { reader } = stage().log;
      expect((await reader.reset(cho.account, log))?.state?.pinnedMessages).toEqual([early]);
      expect((await reader.entries(cho.account, log, [early]))?.entries).toEqual([]);
      expect((await reader.entries(bob.account, log, [early]))?.entries).toHaveLength(1);
      expect(rejectionOf(await cho.send(log, pin(early)))).toBe(RejectionCode.TARGET_NOT_FOUND);
      await cho.must(log, unpin(early));
      expect((await reader.conversation(ann.account, log))?.pinnedMessages).toEqual([]);
    });

    test("are for who has left what they were then", async () => {
      const [ann, bob] = await cast(stage());
      const log = await stage().group(ann, [bob]);
      const [before, after] = [await ann.must(log, text("a")), await ann.must(log, text("b"))];
      await ann.must(log, pin(before));
      await bob.must(log, { case: "leave", value: {} });
      await ann.must(log, pin(after));
      await ann.must(log, unpin(before));
      expect((await stage().log.reader.conversation(bob.account, log))?.pinnedMessages).toEqual([before]);
      expect(rejectionOf(await bob.send(log, unpin(before)))).toBe(RejectionCode.NOT_MEMBER);
    });
  });

  test("[CMD10] [VIS5] a conversation that one was never a member of looks as if it did not exist", async () => {
    const [ann, bob, cho] = await cast(stage());
    const log = await stage().direct(ann, bob);
    const { reader } = stage().log;
    expect(rejectionOf(await cho.send(log, text("hi")))).toBe(RejectionCode.NOT_FOUND);
    expect(rejectionOf(await cho.send(stage().id(), text("hi")))).toBe(RejectionCode.NOT_FOUND);
    expect(await cho.page(log)).toBeUndefined();
    expect(await reader.reset(cho.account, log)).toBeUndefined();
    expect(await reader.conversation(cho.account, log)).toBeUndefined();
    expect(await reader.entries(cho.account, log, [])).toBeUndefined();
    expect(await stage().log.writer.mark(cho.account, { conversation: log, delivered: 1, read: 1 })).toBeUndefined();
  });

  test("an id made by a clock of its own is as good as any", async () => {
    const [ann, bob] = await cast(stage());
    const log = await stage().direct(ann, bob);
    const id = uuidV7(0, new Uint8Array(10).fill(7));
    expect(seqOf(await ann.send(log, text("from 1970"), id))).toBe(2);
  });
}

async function cast(stage: Stage) {
  const [ann, bob, cho] = await stage.people("Ann", "Bob", "Cho");
  if (ann === undefined || bob === undefined || cho === undefined) throw new Error("unreachable");
  return [ann, bob, cho] as const;
}

/** Who is a member of a conversation now, by account id. */
async function present(stage: Stage, log: string): Promise<string[]> {
  const [room] = await stage.log.reader.rooms([log]);
  return (room?.members ?? []).filter((member) => member.present).map(({ account }) => account);
}
