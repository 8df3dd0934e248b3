import { describe, expect, test } from "bun:test";
import type { Receipt } from "@parley/protocol";
import { type Stage, type TestDevice, text } from "../../testing/log-stage.ts";

/** Who received and read a message, and when. */
export function receiptContract(stage: () => Stage): void {
  describe("receipts", () => {
    test("[MRK6] tell the author when marks passed a message", async () => {
      const { ann, bob, log, ids, mark, receiptOf } = await conversation(stage());
      await mark(bob, 3, 0);
      await Bun.sleep(2);
      await mark(bob, 3, 2);
      const told = await receiptOf(ann, log, ids[0]);
      expect(told).toMatchObject({ account: bob.account, delivered: true, read: true });
      expect(told?.deliveredAt).toBeGreaterThan(0);
      expect(told?.readAt).toBeGreaterThan(told?.deliveredAt ?? 0);
      expect(await receiptOf(ann, log, ids[1])).toMatchObject({ delivered: true, read: false, readAt: 0 });
      expect(await receiptOf(ann, log, ids[2])).toMatchObject({ delivered: false, deliveredAt: 0 });
      // What moves later does not change what was told.
      await mark(bob, 4, 4);
      expect(await receiptOf(ann, log, ids[0])).toEqual(told);
    });

    test("[MRK6] without a time where the move is forgotten", async () => {
      const { ann, bob, log, ids, mark, receiptOf } = await conversation(stage());
      await mark(bob, 2, 2);
      for (let more = 0; more < 64; more++) await ann.must(log, text("more"));
      for (let ordinal = 3; ordinal < 66; ordinal++) await mark(bob, ordinal, ordinal);
      const first = await receiptOf(ann, log, ids[0]);
      expect(first?.readAt).toBeGreaterThan(0);
      await mark(bob, 66, 66);
      expect(await receiptOf(ann, log, ids[0])).toEqual({ ...receipt(bob), deliveredAt: 0, readAt: 0 });
      expect((await receiptOf(ann, log, ids[1]))?.readAt).toBeGreaterThan(0);
    });

    test("[MRK6] to nobody but the author, and not to one who has parted", async () => {
      const { ann, bob, log, ids, mark, receipts } = await conversation(stage());
      await mark(bob, 3, 3);
      expect(await receipts(bob, log, ids[0])).toBeUndefined();
      expect(await receipts(await stage().person("Eve"), log, ids[0])).toBeUndefined();
      const created = (await ann.page(log))?.entries[0]?.id;
      expect(await receipts(ann, log, created)).toBeUndefined();
      await ann.must(log, { case: "leave", value: {} });
      expect(await receipts(ann, log, ids[0])).toBeUndefined();
    });

    test("[MRK6] without the time of what happened while the author was away", async () => {
      const { ann, bob, log, mark, receiptOf } = await conversation(stage());
      const said = await bob.must(log, text("from bob"));
      await mark(ann, 2, 2);
      await Bun.sleep(2);
      await ann.must(log, { case: "removeMembers", value: { accounts: [bob.account] } });
      await Bun.sleep(2);
      await mark(ann, 5, 5);
      await Bun.sleep(2);
      await ann.must(log, { case: "addMembers", value: { accounts: [bob.account] } });
      const told = { ...receipt(ann), deliveredAt: 0, readAt: 0 };
      expect(await receiptOf(bob, log, said)).toEqual(told);
    });

    test("[MRK4] tell of present members alone, and only of those who may see the message", async () => {
      const { ann, bob, log, ids, mark, receipts } = await conversation(stage());
      const cat = await stage().person("Cat");
      await ann.must(log, { case: "addMembers", value: { accounts: [cat.account] } });
      await mark(cat, 5, 5);
      expect((await receipts(ann, log, ids[0]))?.map(({ account }) => account)).toEqual([bob.account]);
      await ann.must(log, { case: "removeMembers", value: { accounts: [bob.account] } });
      expect(await receipts(ann, log, ids[0])).toEqual([]);
    });
  });
}

/** Ann has written three messages to Bob in a group, at ordinals 2 to 4. */
async function conversation(stage: Stage) {
  const [ann, bob] = await stage.people("Ann", "Bob");
  if (ann === undefined || bob === undefined) throw new Error("unreachable");
  const log = await stage.group(ann, [bob]);
  const ids: string[] = [];
  for (const words of ["one", "two", "three"]) ids.push(await ann.must(log, text(words)));
  const mark = (who: TestDevice, delivered: number, read: number) =>
    stage.log.writer.mark(who.account, { conversation: log, delivered, read });
  const receipts = async (viewer: TestDevice, conversation: string, message = "") => {
    const request = { $typeName: "parley.v1.ReceiptsRequest", conversation, message } as const;
    return (await stage.log.reader.receipts(viewer.account, request))?.receipts;
  };
  const receiptOf = async (viewer: TestDevice, conversation: string, message?: string) =>
    (await receipts(viewer, conversation, message))?.[0];
  return { ann, bob, log, ids, mark, receipts, receiptOf };
}

function receipt({ account }: TestDevice): Omit<Receipt, "deliveredAt" | "readAt"> {
  return { $typeName: "parley.v1.Receipt", account, delivered: true, read: true };
}
