import { describe, expect, test } from "bun:test";
import { limits } from "@parley/protocol";
import type { Body, Stage, TestDevice } from "../../testing/log-stage.ts";

/** Drafts: what accounts are writing and have not posted. */
export function draftContract(stage: () => Stage): void {
  describe("drafts", () => {
    test("[DRF1] have versions that grow, and tell which were before them", async () => {
      const { ann, log, other, put, drafts } = await conversation(stage());
      const first = await put(ann, log, "Tea", 0);
      const second = await put(ann, other, "Coffee", 0);
      if (first?.kind !== "written" || second?.kind !== "written") throw new Error("A draft was not stored.");
      expect(second.after).toBe(first.draft.version);
      expect(second.draft.version).toBeGreaterThan(first.draft.version);
      expect(first.draft).toMatchObject({ conversation: log, text: "Tea", device: ann.device });
      expect(await drafts(ann, 0)).toEqual([first.draft, second.draft]);
      expect(await drafts(ann, first.draft.version)).toEqual([second.draft]);
      expect((await stage().log.reader.attendance(ann.account)).draftHead).toBe(second.draft.version);
    });

    test("[DRF2] that were made from an older one are not stored, and the newer one is answered", async () => {
      const { ann, log, put, drafts } = await conversation(stage());
      const phone = await stage().device(ann.account);
      const first = await put(ann, log, "Tea", 0);
      const second = await put(phone, log, "Tea at five", versionOf(first));
      expect(await put(ann, log, "Tea at six", versionOf(first))).toEqual({
        kind: "unchanged",
        draft: draftOf(second),
      });
      expect(await drafts(ann, 0)).toEqual([draftOf(second)]);
      expect(await put(ann, log, "Tea at six", versionOf(second))).toMatchObject({ kind: "written" });
    });

    test("[DRF2] tell which update of each device was stored last, also when they are empty", async () => {
      const { ann, log, put, drafts } = await conversation(stage());
      const phone = await stage().device(ann.account);
      const first = await put(ann, log, "Tea", 0);
      const second = await put(phone, log, "Tea at five", versionOf(first));
      await put(ann, log, "refused", 0);
      await ann.must(log, posted("Tea at five", versionOf(second)));
      const writers = [
        { device: ann.device, base: 0 },
        { device: phone.device, base: versionOf(first) },
      ];
      expect(await drafts(ann, 0)).toMatchObject([{ text: "", writers }]);
    });

    test("[DRF1] that say the same are not stored again", async () => {
      const { ann, log, put } = await conversation(stage());
      const first = await put(ann, log, "Tea", 0);
      expect(await put(ann, log, "Tea", versionOf(first))).toEqual({ kind: "unchanged", draft: draftOf(first) });
    });

    test("[DRF4] are emptied by a post that names their version, and not by one that names an older one", async () => {
      const { ann, log, put, drafts } = await conversation(stage());
      const first = await put(ann, log, "Tea", 0);
      const second = await put(ann, log, "Coffee", versionOf(first));
      const late = await stage().log.writer.execute([ann.prepare(log, posted("Tea", versionOf(first)))]);
      expect(late.published[0]?.emptied).toBeUndefined();
      const { published } = await stage().log.writer.execute([ann.prepare(log, posted("Coffee", versionOf(second)))]);
      const [left] = await drafts(ann, 0);
      if (left === undefined) throw new Error("The version is gone.");
      expect(left).toMatchObject({ conversation: log, text: "", changedAt: 0, device: "" });
      expect(left.version).toBeGreaterThan(versionOf(second));
      expect(published[0]?.emptied).toEqual([{ account: ann.account, draft: left, after: versionOf(second) }]);
    });

    test("[DRF4] of others stay when one posts", async () => {
      const { ann, bob, log, put, drafts } = await conversation(stage());
      const bobs = await put(bob, log, "Tea", 0);
      await ann.must(log, posted("Tea", versionOf(bobs)));
      expect(await drafts(bob, 0)).toEqual([draftOf(bobs)]);
    });

    test("[DRF5] are in no event and no row", async () => {
      const { ann, bob, log, put } = await conversation(stage());
      const draft = await put(ann, log, "Tea", 0);
      const { published } = await stage().log.writer.execute([ann.prepare(log, posted("Tea", versionOf(draft)))]);
      const envelopes = [published[0]?.event.body.value, (await bob.page(log))?.entries.at(-1)?.body.value].map(
        (value) => (value !== undefined && "envelope" in value ? value.envelope?.clearsDraft : undefined),
      );
      expect(envelopes).toEqual([0, 0]);
    });

    test("[DRF6] are not stored for who is no member, and end with the membership", async () => {
      const { ann, bob, log, put, drafts } = await conversation(stage());
      const stranger = await stage().person("Eve");
      expect(await put(stranger, log, "Let me in", 0)).toBeUndefined();
      await put(bob, log, "Before I go", 0);
      const remove = ann.prepare(log, { case: "removeMembers", value: { accounts: [bob.account] } });
      const { published } = await stage().log.writer.execute([remove]);
      expect(published[0]?.emptied?.map(({ account, draft }) => [account, draft.text])).toEqual([[bob.account, ""]]);
      expect((await drafts(bob, 0)).map(({ text }) => text)).toEqual([""]);
      expect(await put(bob, log, "Still here", 4_000_000_000)).toBeUndefined();
    });

    test("are of so many conversations at most; those that are emptied make room", async () => {
      const { ann, log, other, put } = await conversation(stage());
      const full = async () => {
        const groups: string[] = [];
        for (let count = 0; count < limits.draftsPerAccount; count++) groups.push(await stage().group(ann, []));
        await Promise.all(groups.map((group) => put(ann, group, "Tea", 0)));
      };
      await full();
      expect(await put(ann, log, "One more", 0)).toBeUndefined();
      const [one] = await stage().log.reader.drafts(ann.account, 0);
      if (one === undefined) throw new Error("There is no draft.");
      expect(await put(ann, one.conversation, "Coffee", one.version)).toMatchObject({ kind: "written" });
      expect(await put(ann, one.conversation, "", 4_000_000_000)).toMatchObject({ kind: "written" });
      expect(await put(ann, log, "One more", 0)).toMatchObject({ kind: "written" });
      expect(await put(ann, other, "And one more", 0)).toBeUndefined();
    });

    test("have so many bytes together at most, whatever they are written in; what grows shorter always fits", async () => {
      const { ann, log, other, put } = await conversation(stage());
      const long = "茶".repeat(limits.textCharacters);
      const most = Math.floor(limits.draftBytesPerAccount / Buffer.byteLength(long));
      for (let count = 0; count < most; count++) {
        expect(await put(ann, await stage().group(ann, []), long, 0)).toMatchObject({ kind: "written" });
      }
      expect(await put(ann, log, long, 0)).toBeUndefined();
      const short = await put(ann, log, "Tea", 0);
      expect(await put(ann, log, long, versionOf(short))).toBeUndefined();
      expect(await put(ann, log, "T", versionOf(short))).toMatchObject({ kind: "written" });
      expect(await put(ann, other, "Coffee", 0)).toMatchObject({ kind: "written" });
    });
  });
}

/** Ann and Bob in a group, Ann in another. */
async function conversation(stage: Stage) {
  const [ann, bob] = await stage.people("Ann", "Bob");
  if (ann === undefined || bob === undefined) throw new Error("unreachable");
  const log = await stage.group(ann, [bob]);
  const other = await stage.group(ann, []);
  const put = ({ account, device }: TestDevice, conversation: string, text: string, base: number) =>
    stage.log.writer.draft(account, { conversation, text, base, device });
  const drafts = ({ account }: TestDevice, after: number) => stage.log.reader.drafts(account, after);
  return { ann, bob, log, other, put, drafts };
}

type Outcome = Awaited<ReturnType<Stage["log"]["writer"]["draft"]>>;

function draftOf(outcome: Outcome) {
  if (outcome === undefined) throw new Error("The draft was refused.");
  return outcome.draft;
}

function versionOf(outcome: Outcome): number {
  return draftOf(outcome).version;
}

function posted(words: string, clearsDraft: number): Body {
  const content = { form: { case: "plain" as const, value: { text: words } } };
  return { case: "post", value: { envelope: { clearsDraft }, content } };
}
