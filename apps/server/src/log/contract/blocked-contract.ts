import { describe, expect, test } from "bun:test";
import {
  ConversationKind,
  directConversationId,
  Encryption,
  HistoryPolicy,
  limits,
  RejectionCode,
} from "@parley/protocol";
import { type Body, rejectionOf, type Stage, type TestDevice, text } from "../../testing/log-stage.ts";

/** Whom accounts block, by their own logs. */
export function blockedContract(stage: () => Stage): void {
  describe("blocked people", () => {
    test("[BLK1] the last event holds, and a device that knows nothing is told all", async () => {
      const { ann, bob, log, kept } = await talk(stage());
      await ann.must(ann.account, block(bob, true));
      expect((await kept()).blocked).toMatchObject([{ account: bob.account, conversation: log, ordinal: 2, seq: 2 }]);
      const head = (await kept()).accountHead;
      await ann.must(ann.account, block(bob, true));
      const { reader } = stage().log;
      expect((await reader.accountEvents(ann.account, head)).map(({ body }) => body.case)).toEqual(["noEffect"]);
      await ann.must(ann.account, block(bob, false));
      expect((await kept()).blocked).toEqual([]);
      expect(rejectionOf(await ann.send(ann.account, block(ann, true)))).toBe(RejectionCode.INVALID);
      expect(rejectionOf(await ann.send(bob.account, block(bob, true)))).toBe(RejectionCode.NOT_ALLOWED);
    });

    test("[BLK1] only so many are blocked, and who is no account is not", async () => {
      const { ann, bob } = await talk(stage());
      const nobody = await ann.send(ann.account, block({ account: stage().id() }, true));
      expect(rejectionOf(nobody)).toBe(RejectionCode.NOT_FOUND);
      for (let count = 0; count < limits.blockedPerAccount; count++) {
        await ann.must(ann.account, block(await stage().person("Somebody"), true));
      }
      expect(rejectionOf(await ann.send(ann.account, block(bob, true)))).toBe(RejectionCode.BLOCKED_FULL);
    });

    test("[BLK2] [BLK3] what comes meanwhile is accepted, not marked, and hidden once that ends", async () => {
      const { ann, bob, log, kept } = await talk(stage());
      const { reader, writer } = stage().log;
      await ann.must(ann.account, block(bob, true));
      await bob.must(log, text("one"));
      await bob.must(log, text("two"));
      const all = { conversation: log, delivered: 4, read: 4 };
      expect(await writer.mark(ann.account, all)).toMatchObject({ delivered: 2, read: 2, shown: 2 });
      expect((await ann.page(log))?.entries).toHaveLength(4);
      await ann.must(ann.account, block(bob, false));
      expect((await kept()).hidden).toMatchObject([{ conversation: log, runs: [{ from: 3, to: 4 }], unlistedUpTo: 0 }]);
      expect((await reader.readState(ann.account, log))?.unread).toBe(0);
      await bob.must(log, text("three"));
      expect((await reader.readState(ann.account, log))?.unread).toBe(1);
      expect(await writer.mark(ann.account, all)).toMatchObject({ delivered: 4 });
    });

    test("[BLK5] [MRK3] it is neither unread nor a mention, in groups too, as long as they are blocked", async () => {
      const { ann, bob } = await talk(stage());
      const cem = await stage().person("Cem");
      const log = await stage().group(ann, [bob, cem]);
      const content = { form: { case: "plain", value: { text: "said" } } } as const;
      const named: Body = { case: "post", value: { content, envelope: { mentions: [ann.account] } } };
      for (const who of [bob, cem]) await who.must(log, named);
      const counts = async () => {
        const state = await stage().log.reader.readState(ann.account, log);
        return [state?.unread, state?.mentions];
      };
      expect(await counts()).toEqual([2, 2]);
      await ann.must(ann.account, block(bob, true));
      expect(await counts()).toEqual([1, 1]);
      await bob.must(log, named);
      expect(await counts()).toEqual([1, 1]);
      await ann.must(ann.account, block(bob, false));
      expect(await counts()).toEqual([3, 3]);
    });

    test("[BLK7] who blocks posts nothing to them alone, also in the same batch", async () => {
      const { ann, bob, log } = await talk(stage());
      const { writer } = stage().log;
      const both = await writer.execute([
        ann.prepare(log, text("before")),
        ann.prepare(ann.account, block(bob, true)),
        ann.prepare(log, text("after")),
      ]);
      expect(both.answers.map(rejectionOf)).toEqual([undefined, undefined, RejectionCode.PERSON_BLOCKED]);
      const again = await writer.execute([
        ann.prepare(ann.account, block(bob, false)),
        ann.prepare(log, text("once more")),
      ]);
      expect(again.answers.map(rejectionOf)).toEqual([undefined, undefined]);
    });

    test("[BLK3] [BLK7] a blocked person brings who blocks them into no group, and begins what is cut off", async () => {
      const [ann, bob, cem] = await stage().people("Ann", "Bob", "Cem");
      if (ann === undefined || bob === undefined || cem === undefined) throw new Error("unreachable");
      const { reader, writer } = stage().log;
      await ann.must(ann.account, block(bob, true));
      const group = await stage().group(bob, [ann, cem], HistoryPolicy.ALL);
      await bob.must(group, { case: "addMembers", value: { accounts: [ann.account] } });
      const members = (await reader.conversation(bob.account, group))?.members.map(({ account }) => account);
      expect(members?.sort()).toEqual([bob.account, cem.account].sort());
      const log = directConversationId(ann.account, bob.account, Encryption.NONE);
      const kind = { kind: ConversationKind.DIRECT, encryption: Encryption.NONE };
      const refused = await ann.send(log, { case: "create", value: { ...kind, members: [bob.account] } });
      expect(rejectionOf(refused)).toBe(RejectionCode.PERSON_BLOCKED);
      await stage().direct(bob, ann);
      await bob.must(log, text("hello"));
      expect(rejectionOf(await ann.send(log, text("no")))).toBe(RejectionCode.PERSON_BLOCKED);
      expect(await writer.mark(ann.account, { conversation: log, delivered: 2, read: 2 })).toMatchObject({
        delivered: 0,
      });
      await ann.must(ann.account, block(bob, false));
      const { hidden } = await reader.preferences(ann.account);
      expect(hidden).toMatchObject([{ conversation: log, runs: [{ from: 1, to: 2 }], unlistedUpTo: 2 }]);
    });
  });
}

function block({ account }: Pick<TestDevice, "account">, blocked: boolean): Body {
  return { case: "setBlocked", value: { account, blocked } };
}

/** Two people who talk with each other: Bob has said one thing. */
async function talk(stage: Stage) {
  const [ann, bob] = await stage.people("Ann", "Bob");
  if (ann === undefined || bob === undefined) throw new Error("unreachable");
  const log = await stage.direct(ann, bob);
  await bob.must(log, text("hello"));
  while ((await stage.log.writer.follow()).written.length > 0);
  return { ann, bob, log, kept: () => stage.log.reader.preferences(ann.account) };
}
