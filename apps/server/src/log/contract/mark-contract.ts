import { describe, expect, test } from "bun:test";
import { type Stage, text } from "../../testing/log-stage.ts";

/** Marks and unread. */
export function markContract(stage: () => Stage): void {
  describe("marks", () => {
    test("[MRK1] merge by maximum and never go back", async () => {
      const { bob, log, mark } = await conversation(stage());
      expect(await mark(3, 2)).toMatchObject({ changed: true, state: { delivered: 3, read: 2, unread: 2 } });
      expect(await mark(2, 1)).toMatchObject({ changed: false, state: { delivered: 3, read: 2 } });
      expect(await mark(0, 4)).toMatchObject({ changed: true, state: { delivered: 4, read: 4, unread: 0 } });
      expect((await bob.resume()).conversations[0]?.read).toMatchObject({ conversation: log, delivered: 4, read: 4 });
    });

    test("[MRK2] are clamped to the newest entry that their owner may see", async () => {
      const { ann, bob, log, mark } = await conversation(stage());
      expect(await mark(90, 90)).toMatchObject({ state: { delivered: 4, read: 4 } });
      await ann.must(log, { case: "removeMembers", value: { accounts: [bob.account] } });
      await ann.must(log, text("without bob"));
      expect(await mark(90, 90)).toMatchObject({ state: { delivered: 5, read: 5, asOf: 5 } });
    });

    test("[MRK3] unread counts visible messages by others that are not deleted", async () => {
      const { ann, bob, log, ids, mark } = await conversation(stage());
      await bob.must(log, text("my own"));
      expect(await mark(0, 0)).toMatchObject({ changed: false, state: { unread: 3, asOf: 5 } });
      await ann.must(log, { case: "delete", value: { target: ids[1] ?? "" } });
      expect(await mark(1, 0)).toMatchObject({ state: { unread: 2, asOf: 6 } });
      await ann.must(log, { case: "removeMembers", value: { accounts: [bob.account] } });
      await ann.must(log, text("out of sight"));
      await ann.must(log, { case: "addMembers", value: { accounts: [bob.account] } });
      await ann.must(log, text("seen again"));
      expect(await mark(1, 0)).toMatchObject({ state: { unread: 3 } });
      expect((await bob.resume()).conversations[0]?.read?.unread).toBe(3);
    });

    test("of present members are told", async () => {
      const { ann, bob, log, mark } = await conversation(stage());
      await mark(3, 1);
      const { reader } = stage().log;
      expect(await reader.marks(log)).toMatchObject([{ account: bob.account, delivered: 3, read: 1 }]);
      await ann.must(log, { case: "removeMembers", value: { accounts: [bob.account] } });
      expect(await reader.marks(log)).toEqual([]);
    });

    test("put at the same time all count", async () => {
      const { mark } = await conversation(stage());
      const outcomes = await Promise.all([mark(1, 0), mark(4, 1), mark(2, 3), mark(0, 2)]);
      expect(outcomes.map((outcome) => outcome?.state.read)).toEqual([0, 1, 3, 3]);
      expect(outcomes.at(-1)?.state.delivered).toBe(4);
    });
  });
}

/** Ann has written three messages to Bob in a group. */
async function conversation(stage: Stage) {
  const [ann, bob] = await stage.people("Ann", "Bob");
  if (ann === undefined || bob === undefined) throw new Error("unreachable");
  const log = await stage.group(ann, [bob]);
  const ids: string[] = [];
  for (const words of ["one", "two", "three"]) ids.push(await ann.must(log, text(words)));
  const mark = (delivered: number, read: number) =>
    stage.log.writer.mark(bob.account, { conversation: log, delivered, read });
  return { ann, bob, log, ids, mark };
}
