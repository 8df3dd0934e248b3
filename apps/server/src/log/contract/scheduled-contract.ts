import { describe, expect, test } from "bun:test";
import { RejectionCode } from "@parley/protocol";
import { type Body, rejectionOf, type Stage, textsOf } from "../../testing/log-stage.ts";

/** What has passed is due at once. */
const NOW = 1;
const DAY_MS = 24 * 3_600_000;

/** Messages that wait for their time, by the logs of their authors. */
export function scheduledContract(stage: () => Stage): void {
  describe("scheduled messages", () => {
    test("[SCH1] what is due is posted once, under an id that is told with it", async () => {
      const { ann, log, plan, texts, written } = await conversation(stage());
      const target = await ann.must(ann.account, plan("once", NOW));
      const outcome = await stage().log.writer.due();
      const [event] = outcome.published.map((one) => one.event);
      expect(event).toMatchObject({ log, author: ann.account, body: { case: "posted" } });
      expect(outcome.written).toMatchObject([
        { account: ann.account, event: { id: event?.id ?? "", body: { case: "scheduledEnded", value: { target } } } },
      ]);
      expect(await stage().log.writer.due()).toMatchObject({ published: [], written: [] });
      expect(await texts()).toEqual(["once"]);
      expect(await written(target)).toEqual([""]);
    });

    test("[SCH1] what is not due yet waits, and the next time is told", async () => {
      const { ann, plan, texts, at } = await conversation(stage());
      const target = await ann.must(ann.account, plan("later", at));
      const { published, next } = await stage().log.writer.due();
      expect({ published, next: next ?? 0 }).toEqual({ published: [], next: at });
      expect(await texts()).toEqual([]);
      await ann.must(ann.account, { case: "cancelScheduled", value: { target } });
      expect((await stage().log.writer.due()).next).toBeUndefined();
    });

    test("[SCH2] it says what it was changed to last; what was posted or cancelled is changed no more", async () => {
      const { ann, plan, texts, at } = await conversation(stage());
      const [kept, dropped] = [
        await ann.must(ann.account, plan("before", at)),
        await ann.must(ann.account, plan("no", at)),
      ];
      await ann.must(ann.account, { case: "cancelScheduled", value: { target: dropped } });
      const { conversation: _, ...words } = planned("", "after", NOW);
      await ann.must(ann.account, { case: "changeScheduled", value: { ...words, target: kept } });
      await stage().log.writer.due();
      expect(await texts()).toEqual(["after"]);
      for (const target of [kept, dropped]) {
        const late = await ann.send(ann.account, { case: "changeScheduled", value: { ...words, target } });
        expect(rejectionOf(late)).toBe(RejectionCode.TARGET_NOT_FOUND);
      }
    });

    test("[SCH4] who has left by then is told so, and the text is kept until it is cancelled", async () => {
      const { bob, log, plan, texts } = await conversation(stage());
      const target = await bob.must(bob.account, plan("too late", NOW));
      await bob.must(log, { case: "leave", value: {} });
      const { published, written, next } = await stage().log.writer.due();
      expect(published).toEqual([]);
      const rejection = RejectionCode.NOT_MEMBER;
      expect(written).toMatchObject([{ event: { body: { case: "scheduledFailed", value: { target, rejection } } } }]);
      expect(next).toBeUndefined();
      const { scheduled } = await stage().log.reader.preferences(bob.account);
      expect(scheduled).toMatchObject([{ id: target, rejection, content: contentOf("too late") }]);
      await bob.must(bob.account, { case: "cancelScheduled", value: { target } });
      expect((await stage().log.reader.preferences(bob.account)).scheduled).toEqual([]);
      expect(await texts()).toEqual([]);
    });

    test("[SCH3] [SCH5] events that are told later say what waits now, and nothing of what waits no more", async () => {
      const { ann, plan, written, at } = await conversation(stage());
      const [kept, dropped] = [
        await ann.must(ann.account, plan("before", at)),
        await ann.must(ann.account, plan("no", at)),
      ];
      const { conversation: _, ...words } = planned("", "after", at + 1);
      await ann.must(ann.account, { case: "changeScheduled", value: { ...words, target: kept } });
      await ann.must(ann.account, { case: "withdraw", value: { target: dropped } });
      expect(await written(kept)).toEqual(["", "after"]);
      expect(await written(dropped)).toEqual([""]);
      await ann.must(ann.account, { case: "cancelScheduled", value: { target: kept } });
    });
  });
}

async function conversation(stage: Stage) {
  const [ann, bob] = await stage.people("Ann", "Bob");
  if (ann === undefined || bob === undefined) throw new Error("unreachable");
  const log = await stage.group(ann, [bob]);
  const at = ((await ann.page(log))?.entries[0]?.receivedAt ?? 0) + DAY_MS;
  const plan = (words: string, when: number): Body => ({ case: "scheduleMessage", value: planned(log, words, when) });
  const texts = async () => textsOf(await ann.page(log)).filter((line) => !["created", "memberLeft"].includes(line));
  /** What is told of a message that was scheduled, to a device that comes back. */
  const written = async (target: string) =>
    (await stage.log.reader.accountEvents(ann.account, 0)).flatMap(({ body }) => {
      if (body.case !== "messageScheduled" || body.value.target !== target) return [];
      const form = body.value.content?.form;
      return [form?.case === "plain" ? form.value.text : ""];
    });
  return { ann, bob, log, plan, texts, written, at };
}

function contentOf(text: string) {
  return { form: { case: "plain", value: { text } } } as const;
}

function planned(conversation: string, text: string, at: number) {
  return { conversation, at, content: contentOf(text) };
}
