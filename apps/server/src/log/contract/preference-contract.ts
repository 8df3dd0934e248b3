import { describe, expect, test } from "bun:test";
import { type AccountEvent, limits, RejectionCode, type SetPreference } from "@parley/protocol";
import { type Body, rejectionOf, type Stage, seqOf, type TestDevice, text } from "../../testing/log-stage.ts";

type Setting = SetPreference["setting"];

/** How accounts treat conversations, by their own logs. */
export function preferenceContract(stage: () => Stage): void {
  describe("preferences", () => {
    test("[PRF1] each setting is an event of the account's log, and leaves the others as they are", async () => {
      const { ann, log, events, preferred } = await conversation(stage());
      const unread: Setting = { case: "markedUnread", value: true };
      const settings: Setting[] = [pinned(true), { case: "mutedUntil", value: 9e12 }, archivedUpTo(1), unread];
      const before = (await events()).length;
      for (const setting of settings) await ann.must(ann.account, preference(log, setting));
      const told = (await events()).slice(before);
      expect(told.map(({ body }) => body)).toMatchObject(
        settings.map((setting) => ({ case: "preferenceSet", value: { conversation: log, setting } })),
      );
      expect(await preferred()).toMatchObject({
        accountHead: before + settings.length,
        conversations: [{ conversation: log, pinned: true, mutedUntil: 9e12, archivedUpTo: 1, markedUnread: true }],
      });
      await ann.must(ann.account, preference(log, pinned(false)));
      const others = { mutedUntil: 9e12, archivedUpTo: 1, markedUnread: true };
      expect((await preferred()).conversations).toMatchObject([{ pinned: false, ...others }]);
    });

    test("[CMD1] [CMD4] a copy gets the same verdict, and what changes nothing takes a seq all the same", async () => {
      const { ann, log, events } = await conversation(stage());
      const id = stage().id();
      const first = ann.prepare(ann.account, preference(log, pinned(true)), id);
      const { answers, written } = await stage().log.writer.execute([first]);
      expect(written).toMatchObject([{ account: ann.account, event: { id } }]);
      const again = await stage().log.writer.execute([first]);
      expect(again).toEqual({ answers, published: [], written: [] });
      const { reader } = stage().log;
      expect(await reader.verdicts(ann.account, ann.account, [id])).toEqual([...answers]);
      const next = await ann.send(ann.account, preference(log, pinned(true)));
      expect(seqOf(next)).toBe((await events()).length);
      expect((await events()).at(-1)?.body.case).toBe("noEffect");
    });

    test("[ORD2] commands of a device in its account's log keep their order", async () => {
      const { ann, log } = await conversation(stage());
      await ann.must(ann.account, preference(log, pinned(true)));
      const unlinked = ann.submission(ann.account, preference(log, pinned(false)), {
        $typeName: "parley.v1.Order",
        link: { case: "first", value: { $typeName: "parley.v1.First" } },
      });
      expect((await ann.execute(unlinked)).outcome.case).toBe("stale");
    });

    test("[PRF2] only of conversations that one is or was in, in one's own log, and with a setting that is known", async () => {
      const { ann, bob, log } = await conversation(stage());
      const cem = await stage().person("Cem");
      const codeOf = async (device: TestDevice, where: string, body: Body) =>
        rejectionOf(await device.send(where, body));
      expect(await codeOf(cem, cem.account, preference(log, pinned(true)))).toBe(RejectionCode.NOT_FOUND);
      expect(await codeOf(bob, ann.account, preference(log, pinned(true)))).toBe(RejectionCode.NOT_ALLOWED);
      expect(await codeOf(bob, log, preference(log, pinned(true)))).toBe(RejectionCode.NOT_ALLOWED);
      expect(await codeOf(bob, bob.account, preference(log, { case: undefined }))).toBe(RejectionCode.NOT_SUPPORTED);
      for (const value of [-1, 0.5, Number.NaN, limits.mutedForGood + 2]) {
        const body = preference(log, { case: "mutedUntil", value });
        expect(await codeOf(bob, bob.account, body)).toBe(RejectionCode.INVALID);
      }
      await bob.must(log, { case: "leave", value: {} });
      expect(await codeOf(bob, bob.account, preference(log, archivedUpTo(9)))).toBeUndefined();
      expect(await codeOf(bob, bob.account, text("no message"))).toBe(RejectionCode.NOT_SUPPORTED);
    });

    test("[PRF3] nothing is archived beyond its end, also of what its batch has just added", async () => {
      const { ann, log, preferred } = await conversation(stage());
      const post = ann.prepare(log, text("one"));
      const archive = ann.prepare(ann.account, preference(log, archivedUpTo(99)));
      await stage().log.writer.execute([post, archive]);
      expect((await preferred()).conversations).toMatchObject([{ archivedUpTo: 2 }]);
    });

    test("[PRF2] only so many are pinned", async () => {
      const { ann } = await conversation(stage());
      const logs: string[] = [];
      for (let count = 0; count <= limits.pinsPerAccount; count++) logs.push(await stage().group(ann, []));
      const [first = "", ...others] = logs;
      for (const log of others) await ann.must(ann.account, preference(log, pinned(true)));
      const refused = await ann.send(ann.account, preference(first, pinned(true)));
      expect(rejectionOf(refused)).toBe(RejectionCode.PINS_FULL);
      await ann.must(ann.account, preference(others[0] ?? "", pinned(false)));
      await ann.must(ann.account, preference(first, pinned(true)));
    });

    test("[WDR2] [WDR3] a setting can be withdrawn before it is known, and stays if it was accepted", async () => {
      const { ann, log, preferred } = await conversation(stage());
      const [known, late] = [stage().id(), stage().id()];
      await ann.send(ann.account, preference(log, pinned(true)), known);
      for (const target of [known, late]) await ann.must(ann.account, { case: "withdraw", value: { target } });
      expect(rejectionOf(await ann.send(ann.account, preference(log, archivedUpTo(1)), late))).toBe(
        RejectionCode.WITHDRAWN,
      );
      expect((await preferred()).conversations).toMatchObject([{ pinned: true, archivedUpTo: 0 }]);
    });

    test("[PRF4] whether anything is set is known without reading it", async () => {
      const { ann, bob, log } = await conversation(stage());
      const { reader } = stage().log;
      expect((await reader.attendance(bob.account)).prefers).toBe(false);
      await bob.must(bob.account, preference(log, pinned(true)));
      const accountHead = (await reader.preferences(bob.account)).accountHead;
      expect(await reader.attendance(bob.account)).toMatchObject({ accountHead, prefers: true });
      expect((await reader.attendance(ann.account)).prefers).toBe(false);
    });
  });
}

function preference(conversation: string, setting: Setting): Body {
  return { case: "setPreference", value: { conversation, setting } };
}

function pinned(value: boolean): Setting {
  return { case: "pinned", value };
}

function archivedUpTo(value: number): Setting {
  return { case: "archivedUpTo", value };
}

/** A group of Ann and Bob whose followers are done. */
async function conversation(stage: Stage) {
  const [ann, bob] = await stage.people("Ann", "Bob");
  if (ann === undefined || bob === undefined) throw new Error("unreachable");
  const log = await stage.group(ann, [bob]);
  const { reader, writer } = stage.log;
  while ((await writer.follow()).written.length > 0);
  const events = (): Promise<readonly AccountEvent[]> => reader.accountEvents(ann.account, 0);
  return { ann, bob, log, events, preferred: () => reader.preferences(ann.account) };
}
