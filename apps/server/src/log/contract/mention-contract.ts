import { describe, expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { type MentionPlace, MentionsRequestSchema, RejectionCode, Role } from "@parley/protocol";
import { type Body, rejectionOf, type Stage, type TestDevice } from "../../testing/log-stage.ts";

interface Naming {
  readonly mentions?: string[];
  readonly everyone?: boolean;
}

function say(envelope: Naming): Body {
  return { case: "post", value: { envelope, content: { form: { case: "plain", value: { text: "hello" } } } } };
}

function sayAnew(target: string, envelope: Naming): Body {
  return { case: "edit", value: { target, envelope, content: { form: { case: "plain", value: { text: "so" } } } } };
}

/** Whom messages name: how many of those are unread, and which there are. */
export function mentionContract(stage: () => Stage): void {
  describe("mentions", () => {
    test("[MEN2] among the unread are counted as messages come, change and go", async () => {
      const { ann, bob, log, counts } = await conversation(stage());
      const byName = await ann.must(log, say({ mentions: [bob.account, bob.account, ann.account] }));
      const all = await ann.must(log, say({ everyone: true, mentions: [bob.account] }));
      const nobody = await ann.must(log, say({ mentions: [ann.account] }));
      await bob.must(log, say({ mentions: [bob.account] }));
      expect(await counts()).toMatchObject({ unread: 3, mentions: 2 });
      await ann.must(log, sayAnew(nobody, { mentions: [bob.account] }));
      await ann.must(log, sayAnew(byName, { mentions: [bob.account] }));
      expect(await counts()).toMatchObject({ unread: 3, mentions: 3 });
      await ann.must(log, sayAnew(all, {}));
      await ann.must(log, { case: "delete", value: { target: byName } });
      expect(await counts()).toMatchObject({ unread: 2, mentions: 1 });
      await bob.must(bob.account, { case: "hideMessages", value: { conversation: log, messages: [nobody] } });
      expect(await counts()).toMatchObject({ unread: 1, mentions: 0 });
    });

    test("[MEN1] out of sight are none, also of who has left and of who is back", async () => {
      const { ann, bob, log, counts } = await conversation(stage());
      const early = await ann.must(log, say({}));
      const named = await ann.must(log, say({ mentions: [bob.account] }));
      await ann.must(log, { case: "removeMembers", value: { accounts: [bob.account] } });
      await ann.must(log, say({ everyone: true }));
      await ann.must(log, sayAnew(early, { mentions: [bob.account] }));
      expect(await counts()).toMatchObject({ unread: 2, mentions: 1 });
      await ann.must(log, sayAnew(named, { mentions: [bob.account] }));
      await ann.must(log, { case: "addMembers", value: { accounts: [bob.account] } });
      expect(await counts()).toMatchObject({ unread: 2, mentions: 0 });
      await ann.must(log, sayAnew(early, { everyone: true }));
      expect(await counts()).toMatchObject({ unread: 2, mentions: 1 });
    });

    test("[MEN3] of everyone need the right, but for correcting a message that has it", async () => {
      const { ann, bob, log } = await conversation(stage());
      const { NOT_ALLOWED } = RejectionCode;
      expect(rejectionOf(await bob.send(log, say({ everyone: true })))).toBe(NOT_ALLOWED);
      const setRole = (role: Role): Body => ({ case: "setRole", value: { account: bob.account, role } });
      await ann.must(log, setRole(Role.ADMIN));
      const [loud, plain] = [await bob.must(log, say({ everyone: true })), await bob.must(log, say({}))];
      await ann.must(log, setRole(Role.MEMBER));
      await bob.must(log, sayAnew(loud, { everyone: true }));
      expect(rejectionOf(await bob.send(log, sayAnew(plain, { everyone: true })))).toBe(NOT_ALLOWED);
      const direct = await stage().direct(ann, bob);
      expect(rejectionOf(await ann.send(direct, say({ everyone: true })))).toBe(NOT_ALLOWED);
    });

    test("[MEN4] are listed newest first over all conversations, whatever the size of the pages", async () => {
      const { ann, bob, log } = await conversation(stage());
      const places = [log, await stage().group(ann, [bob]), await stage().direct(ann, bob)];
      const ids = new Map<string, string[]>();
      for (let round = 0; round < 4; round++) {
        for (const [index, place] of places.entries()) {
          const envelope = index === 1 && round % 2 === 0 ? { everyone: true } : { mentions: [bob.account] };
          // In one transaction, so at one time.
          const named = [0, 1].map(() => ann.prepare(place, say(envelope)));
          const { answers } = await stage().log.writer.execute(named);
          ids.set(place, [...(ids.get(place) ?? []), ...answers.map(({ id }) => id)]);
        }
      }
      const whole = await listed(bob, 50);
      expect(whole).toHaveLength(24);
      for (const limit of [1, 5, 7]) expect(await listed(bob, limit)).toEqual(whole);
      for (const [place, expected] of ids) {
        expect(await listed(bob, 3, place)).toEqual(expected.toReversed());
      }
      expect(await listed(ann, 10)).toEqual([]);
      const stranger = await stage().person("Eve");
      const request = create(MentionsRequestSchema, { conversation: log, limit: 10 });
      expect(await stage().log.reader.mentions(stranger.account, request)).toBeUndefined();
    });

    async function listed(viewer: TestDevice, limit: number, conversation = ""): Promise<string[]> {
      const found: string[] = [];
      let after: MentionPlace | undefined;
      do {
        const request = create(MentionsRequestSchema, { conversation, limit, ...(after !== undefined && { after }) });
        const page = await stage().log.reader.mentions(viewer.account, request);
        found.push(...(page?.entries ?? []).map(({ id }) => id));
        after = page?.next;
      } while (after !== undefined);
      return found;
    }
  });
}

/** Ann and Bob are in a group. */
async function conversation(stage: Stage) {
  const [ann, bob] = await stage.people("Ann", "Bob");
  if (ann === undefined || bob === undefined) throw new Error("unreachable");
  const log = await stage.group(ann, [bob]);
  const counts = () => stage.log.reader.readState(bob.account, log);
  return { ann, bob, log, counts };
}
