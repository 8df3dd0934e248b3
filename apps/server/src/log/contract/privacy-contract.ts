import { describe, expect, test } from "bun:test";
import { type Stage, text } from "../../testing/log-stage.ts";

/** What accounts keep to themselves. */
export function privacyContract(stage: () => Stage): void {
  describe("privacy", () => {
    test("has a rev that grows with each change, and stays where nothing changes", async () => {
      const ann = await stage().person("Ann");
      const { reader, writer } = stage().log;
      expect((await reader.attendance(ann.account)).privacy).toMatchObject({ rev: 0, hidesReads: false });
      const changed = await writer.putPrivacy(ann.account, { hidesReads: true, hidesPresence: undefined });
      expect(changed).toMatchObject({ rev: 1, hidesReads: true });
      expect(await writer.putPrivacy(ann.account, { hidesReads: true, hidesPresence: undefined })).toEqual(changed);
      expect(await writer.putPrivacy(ann.account, { hidesReads: undefined, hidesPresence: undefined })).toEqual(
        changed,
      );
      expect((await reader.attendance(ann.account)).privacy).toEqual(changed);
    });

    test("[SIG2] when a device was there is noted, and told with what its account keeps to itself", async () => {
      const ann = await stage().person("Ann");
      const { reader, writer } = stage().log;
      await writer.seen(ann.account, ann.device, 9_000_000_000_000);
      await writer.seen(ann.account, ann.device, 1);
      const privacy = await writer.putPrivacy(ann.account, { hidesReads: undefined, hidesPresence: true });
      expect(privacy).toMatchObject({ rev: 1, hidesReads: false, hidesPresence: true });
      const nobody = stage().id();
      expect(await reader.lastSeen([nobody, ann.account])).toMatchObject([
        { account: nobody, at: 0, privacy: { rev: 0 } },
        { account: ann.account, at: 9_000_000_000_000, privacy },
      ]);
    });

    test("[MRK7] what is read while it is hidden is shown to nobody, and is unread no more", async () => {
      const { ann, bob, log, ids, mark, told } = await conversation(stage());
      await mark(2, 2);
      await stage().log.writer.putPrivacy(bob.account, { hidesReads: true, hidesPresence: undefined });
      expect(await mark(4, 2)).toMatchObject({ changed: true, told: true, shown: 2 });
      expect(await mark(4, 4)).toMatchObject({ changed: true, told: false, read: 4, shown: 2 });
      expect(await told()).toEqual({ inReset: { delivered: 4, read: 2 }, receipts: [true, false, false] });
      expect(await stage().log.reader.readState(bob.account, log)).toMatchObject({ read: 4, unread: 0 });
      await stage().log.writer.putPrivacy(bob.account, { hidesReads: false, hidesPresence: undefined });
      expect(await told()).toEqual({ inReset: { delivered: 4, read: 2 }, receipts: [true, false, false] });
      ids.push(await ann.must(log, text("four")));
      await mark(5, 5);
      expect(await told()).toEqual({ inReset: { delivered: 5, read: 5 }, receipts: [true, true, true, true] });
    });

    test("[MRK7] who hides what was read is not told what others have", async () => {
      const { ann, mark, told } = await conversation(stage());
      await mark(4, 4);
      await stage().log.writer.putPrivacy(ann.account, { hidesReads: true, hidesPresence: undefined });
      expect(await told()).toEqual({ inReset: { delivered: 4, read: 0 }, receipts: [false, false, false] });
      await stage().log.writer.putPrivacy(ann.account, { hidesReads: false, hidesPresence: undefined });
      expect(await told()).toEqual({ inReset: { delivered: 4, read: 4 }, receipts: [true, true, true] });
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
  const { reader, writer } = stage.log;
  const mark = (delivered: number, read: number) => writer.mark(bob.account, { conversation: log, delivered, read });
  /** What Ann is told of Bob: a mark, and whether each message was read. */
  const told = async () => {
    const { delivered, read } = (await reader.reset(ann.account, log))?.marks[0] ?? { delivered: 0, read: 0 };
    const receipts: boolean[] = [];
    for (const message of ids) {
      const request = { $typeName: "parley.v1.ReceiptsRequest", conversation: log, message } as const;
      const [receipt] = (await reader.receipts(ann.account, request))?.receipts ?? [];
      expect(receipt?.read).toBe((receipt?.readAt ?? 0) > 0);
      receipts.push(receipt?.read === true);
    }
    return { inReset: { delivered, read }, receipts };
  };
  return { ann, bob, log, ids, mark, told };
}
