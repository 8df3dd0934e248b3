import { describe, expect, test } from "bun:test";
import { RejectionCode } from "@parley/protocol";
import { type Body, rejectionOf, type Stage, text } from "../../testing/log-stage.ts";

/** What accounts have saved, by their own logs. */
export function savedContract(stage: () => Stage): void {
  describe("saved messages", () => {
    test("[SAV1] the last word holds, and what is saved again comes last", async () => {
      const { ann, log, say, saved } = await conversation(stage());
      const [one, two] = [await say("one"), await say("two")];
      for (const message of [one, two]) await ann.must(ann.account, save(log, message, true));
      expect(await saved()).toMatchObject([
        { conversation: log, message: one, ordinal: 2 },
        { conversation: log, message: two, ordinal: 3 },
      ]);
      await ann.must(ann.account, save(log, one, false));
      expect(await saved()).toMatchObject([{ message: two }]);
      await ann.must(ann.account, save(log, one, true));
      expect(await saved()).toMatchObject([{ message: two }, { message: one }]);
      const { accountHead } = await stage().log.reader.preferences(ann.account);
      const events = await stage().log.reader.accountEvents(ann.account, accountHead - 1);
      expect((await saved()).at(-1)?.savedAt).toBe(events[0]?.receivedAt ?? 0);
    });

    test("[SAV1] also of what the same batch has just posted", async () => {
      const { ann, log, saved } = await conversation(stage());
      const id = stage().id();
      await stage().log.writer.execute([
        ann.prepare(log, text("now"), id),
        ann.prepare(ann.account, save(log, id, true)),
      ]);
      expect(await saved()).toMatchObject([{ message: id, ordinal: 2 }]);
    });

    test("[SAV2] [SAV3] who has left saves what was seen, and what is deleted stays saved", async () => {
      const { ann, bob, log, say } = await conversation(stage());
      const seen = await say("seen");
      await bob.must(log, { case: "leave", value: {} });
      const unseen = await say("unseen");
      await bob.must(bob.account, save(log, seen, true));
      const refused = await bob.send(bob.account, save(log, unseen, true));
      expect(rejectionOf(refused)).toBe(RejectionCode.TARGET_NOT_FOUND);
      await ann.must(log, { case: "delete", value: { target: seen } });
      expect((await stage().log.reader.preferences(bob.account)).saved).toMatchObject([{ message: seen }]);
      expect(rejectionOf(await ann.send(ann.account, save(log, seen, true)))).toBe(RejectionCode.TARGET_DELETED);
      expect(rejectionOf(await bob.send(bob.account, save(log, seen, false)))).toBeUndefined();
    });

    test("[PRF4] whether anything is saved is known without reading it", async () => {
      const { ann, log, say } = await conversation(stage());
      const { reader } = stage().log;
      expect((await reader.attendance(ann.account)).prefers).toBe(false);
      await ann.must(ann.account, save(log, await say("one"), true));
      expect((await reader.attendance(ann.account)).prefers).toBe(true);
    });
  });
}

function save(conversation: string, message: string, saved: boolean): Body {
  return { case: "setSaved", value: { conversation, message, saved } };
}

async function conversation(stage: Stage) {
  const [ann, bob] = await stage.people("Ann", "Bob");
  if (ann === undefined || bob === undefined) throw new Error("unreachable");
  const log = await stage.group(ann, [bob]);
  const { reader, writer } = stage.log;
  while ((await writer.follow()).written.length > 0);
  const say = async (words: string): Promise<string> => {
    const id = stage.id();
    await ann.send(log, text(words), id);
    return id;
  };
  return { ann, bob, log, say, saved: async () => (await reader.preferences(ann.account)).saved };
}
