import { describe, expect, test } from "bun:test";
import { rejectionOf, type Stage, seqOf, text, textsOf } from "../../testing/log-stage.ts";

/** What survives the end of the process. */
export function durabilityContract(stage: () => Stage, reopen: () => Promise<void>): void {
  describe("after opening again", () => {
    test("[CMD1] [CMD9] what was answered is there, verdicts and order included", async () => {
      const [ann, bob] = await stage().people("Ann", "Bob");
      if (ann === undefined || bob === undefined) throw new Error("unreachable");
      const log = await stage().direct(ann, bob);
      const post = ann.prepare(log, text("kept"));
      const wrong = ann.prepare(log, text(""));
      const { answers } = await stage().log.writer.execute([post, wrong]);
      await stage().log.writer.mark(bob.account, { conversation: log, delivered: 2, read: 1 });
      const incarnation = await stage().log.reader.incarnation();
      await reopen();
      expect(await stage().log.reader.incarnation()).toBe(incarnation);
      expect((await stage().log.writer.execute([post, wrong])).answers).toEqual([...answers]);
      expect(answers.map(rejectionOf)).toEqual([undefined, 7]);
      expect(seqOf(await ann.send(log, text("next")))).toBe(3);
      expect(textsOf(await bob.page(log))).toEqual(["created", "kept", "next"]);
      expect((await bob.resume()).conversations[0]?.read).toMatchObject({ delivered: 2, read: 1, unread: 2 });
    });

    test("[SYN8] followers take up what was left", async () => {
      const [ann, bob] = await stage().people("Ann", "Bob");
      if (ann === undefined || bob === undefined) throw new Error("unreachable");
      while ((await stage().log.writer.follow()).written.length > 0);
      await stage().direct(ann, bob);
      await reopen();
      const { written } = await stage().log.writer.follow();
      expect(written.map(({ account }) => account)).toEqual([ann.account, bob.account]);
    });
  });
}
