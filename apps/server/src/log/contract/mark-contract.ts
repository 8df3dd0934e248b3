import { describe, expect, test } from "bun:test";
import { type Stage, text } from "../../testing/log-stage.ts";

/** Marks and unread. */
export function markContract(stage: () => Stage): void {
  describe("marks", () => {
    test("[MRK1] merge by maximum and never go back", async () => {
      const { bob, log, mark, readState } = await conversation(stage());
      expect(await mark(3, 2)).toMatchObject({ changed: true, delivered: 3, read: 2 });
      expect(await mark(2, 1)).toMatchObject({ changed: false, delivered: 3, read: 2 });
      expect(await readState()).toMatchObject({ delivered: 3, read: 2, unread: 2 });
      expect(await mark(0, 4)).toMatchObject({ changed: true, delivered: 4, read: 4 });
      expect((await bob.resume()).conversations[0]?.read).toMatchObject({ conversation: log, delivered: 4, read: 4 });
    });

    test("[MRK2] are clamped to the newest entry that their owner may see", async () => {
      const { ann, bob, log, mark, readState } = await conversation(stage());
      expect(await mark(90, 90)).toMatchObject({ delivered: 4, read: 4 });
      await ann.must(log, { case: "removeMembers", value: { accounts: [bob.account] } });
      await ann.must(log, text("without bob"));
      expect(await mark(90, 90)).toMatchObject({ delivered: 5, read: 5 });
      expect(await readState()).toMatchObject({ delivered: 5, read: 5, asOf: 5 });
    });

    test("[MRK3] unread counts visible messages by others that are not deleted", async () => {
      const { ann, bob, log, ids, mark, readState } = await conversation(stage());
      await bob.must(log, text("my own"));
      expect(await mark(0, 0)).toMatchObject({ changed: false });
      expect(await readState()).toMatchObject({ unread: 3, asOf: 5 });
      await ann.must(log, { case: "delete", value: { target: ids[1] ?? "" } });
      await mark(1, 0);
      expect(await readState()).toMatchObject({ unread: 2, asOf: 6 });
      await ann.must(log, { case: "removeMembers", value: { accounts: [bob.account] } });
      await ann.must(log, text("out of sight"));
      await ann.must(log, { case: "addMembers", value: { accounts: [bob.account] } });
      await ann.must(log, text("seen again"));
      expect(await readState()).toMatchObject({ unread: 3 });
      expect((await bob.resume()).conversations[0]?.read?.unread).toBe(3);
    });

    test("[MRK3] unread of thousands is counted in parts and comes out the same", async () => {
      const { ann, log, readState } = await conversation(stage());
      for (let part = 0; part < 23; part++) {
        const batch = Array.from({ length: 100 }, () => ann.prepare(log, text("more")));
        await stage().log.writer.execute(batch);
      }
      expect(await readState()).toMatchObject({ unread: 2_303 });
    });

    test("of members are known, past and present", async () => {
      const { ann, bob, log, mark } = await conversation(stage());
      await mark(3, 1);
      const member = async () => {
        const [room] = await stage().log.reader.rooms([log]);
        return room?.members.find(({ account }) => account === bob.account);
      };
      expect(await member()).toMatchObject({ present: true, delivered: 3, read: 1 });
      await ann.must(log, { case: "removeMembers", value: { accounts: [bob.account] } });
      expect(await member()).toMatchObject({ present: false, delivered: 3, read: 1 });
    });

    test("put at the same time all count", async () => {
      const { mark } = await conversation(stage());
      const outcomes = await Promise.all([mark(1, 0), mark(4, 1), mark(2, 3), mark(0, 2)]);
      expect(outcomes.map((outcome) => outcome?.read)).toEqual([0, 1, 3, 3]);
      expect(outcomes.at(-1)?.delivered).toBe(4);
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
  const readState = () => stage.log.reader.readState(bob.account, log);
  return { ann, bob, log, ids, mark, readState };
}
