import { describe, expect, test } from "bun:test";
import type { AccountEvent } from "@parley/protocol";
import { type Stage, text } from "../../testing/log-stage.ts";

/** What followers write to account logs. */
export function followerContract(stage: () => Stage): void {
  describe("followers", () => {
    test("[SYN8] tell accounts once that they joined and parted", async () => {
      const [ann, bob] = await stage().people("Ann", "Bob");
      if (ann === undefined || bob === undefined) throw new Error("unreachable");
      await drain(stage());
      const log = await stage().group(ann, []);
      await ann.must(log, { case: "addMembers", value: { accounts: [bob.account] } });
      await ann.must(log, { case: "removeMembers", value: { accounts: [bob.account] } });
      const written = await drain(stage());
      expect(written.map(({ account, event }) => [account, event.seq, event.body.case, seqIn(event)])).toEqual([
        [ann.account, 1, "joined", 1],
        [bob.account, 1, "joined", 2],
        [bob.account, 2, "parted", 3],
      ]);
      expect(await drain(stage())).toEqual([]);
      expect((await bob.resume()).accountHead).toBe(2);
    });

    test("[LOG5] tell former members that a message they may hold was erased", async () => {
      const [ann, bob, cho] = await stage().people("Ann", "Bob", "Cho");
      if (ann === undefined || bob === undefined || cho === undefined) throw new Error("unreachable");
      const log = await stage().group(ann, [bob]);
      const target = await ann.must(log, text("seen by bob"));
      await ann.must(log, { case: "removeMembers", value: { accounts: [bob.account] } });
      await ann.must(log, { case: "addMembers", value: { accounts: [cho.account] } });
      await drain(stage());
      const { accountHead } = await bob.resume();
      await ann.must(log, { case: "delete", value: { target } });
      const written = await drain(stage());
      expect(written.map(({ account, event }) => [account, event.body.case])).toEqual([
        [bob.account, "erasedElsewhere"],
      ]);
      const accountEvents = await stage().log.reader.accountEvents(bob.account, accountHead);
      expect(accountEvents).toMatchObject([
        { body: { case: "erasedElsewhere", value: { conversation: log, target } } },
      ]);
    });

    test("[LOG5] reach a device that came before its account's log began, however much it lacks", async () => {
      const [ann, bob] = await stage().people("Ann", "Bob");
      if (ann === undefined || bob === undefined) throw new Error("unreachable");
      const log = await stage().group(ann, []);
      const accounts = [bob.account];
      const comings = Array.from({ length: 1_002 }, (_, turn) =>
        ann.prepare(log, { case: turn % 2 === 0 ? "addMembers" : "removeMembers", value: { accounts } }),
      );
      await stage().log.writer.execute(comings);
      await drain(stage());
      const accountEvents = await stage().log.reader.accountEvents(bob.account, 0);
      expect((await bob.resume()).accountHead).toBe(1_002);
      expect(accountEvents.map(({ seq }) => seq)).toEqual(Array.from({ length: 1_002 }, (_, index) => index + 1));
    }, 20_000);

    test("leave conversations alone in which nothing concerns them", async () => {
      const [ann, bob] = await stage().people("Ann", "Bob");
      if (ann === undefined || bob === undefined) throw new Error("unreachable");
      const log = await stage().direct(ann, bob);
      await drain(stage());
      await ann.must(log, text("just talk"));
      expect(await drain(stage())).toEqual([]);
    });
  });
}

/** Lets followers work until nothing is left. */
async function drain(stage: Stage) {
  const all: { account: string; event: AccountEvent }[] = [];
  for (;;) {
    const { written } = await stage.log.writer.follow();
    if (written.length === 0) return all;
    all.push(...written);
  }
}

function seqIn({ body }: AccountEvent): number | undefined {
  return body.value !== undefined && "conversationSeq" in body.value ? body.value.conversationSeq : undefined;
}
