import { describe, expect, test } from "bun:test";
import { ProblemCode, RejectionCode } from "@parley/protocol";
import type { Timeline } from "../api/engine.ts";
import type { QuoteView } from "../api/quote-view.ts";
import type { MessageRow } from "../api/timeline-view.ts";
import { type EngineFixture, group, me, newId, type SampleLog, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";
import type { SentCommand } from "../testing/scripted-server.ts";

function messages(timeline: Timeline): readonly MessageRow[] {
  return timeline.get().rows.filter((row) => row.kind === "message");
}

function quotes(timeline: Timeline): readonly QuoteView["said"][] {
  return messages(timeline).flatMap(({ quote }) => quote?.said ?? []);
}

function answer(log: SampleLog, replyTo: string, text: string) {
  return log.add(you, { case: "posted", value: { content: { form: { case: "plain", value: { text, replyTo } } } } });
}

function idAt(log: SampleLog, ordinal: number): string {
  return log.entries(ordinal, ordinal)[0]?.id ?? "";
}

async function tell({ server }: EngineFixture, event: ReturnType<SampleLog["post"]>): Promise<void> {
  server.tell({ case: "event", value: { event } });
  await settled();
}

async function post(fixture: EngineFixture, text: string, replyTo?: string): Promise<string> {
  const id = newId();
  await fixture.engine.post({ id, conversation: group, text, sentAt: fixture.clock.now(), replyTo });
  await settled();
  return id;
}

/** A device that holds the newest 10 of 100 messages, of which three answer others. */
async function farFromAnswered() {
  const { fixture, log } = await inGroup(100, 10);
  const [early, second] = [idAt(log, 3), idAt(log, 4)];
  const timeline = fixture.engine.openTimeline(group);
  await settled();
  fixture.server.take("request");
  return { fixture, log, timeline, early, second };
}

describe("[RPL3] what is answered", () => {
  test("is asked for once, together, and only for what a window shows", async () => {
    const { fixture, log, timeline, early, second } = await farFromAnswered();
    await fixture.engine.saveDraft(group, "so that several come in one batch");
    for (const event of [answer(log, early, "one"), answer(log, second, "two"), answer(log, early, "three")])
      fixture.server.tell({ case: "event", value: { event } });
    await settled();
    const asked = fixture.server.take("request").map(({ id, question }) => ({ id, question }));
    const ids = asked.flatMap(({ question }) => (question.case === "entries" ? question.value.ids : []));
    expect(ids.toSorted()).toEqual([early, second].toSorted());
    expect(quotes(timeline)).toEqual([{ kind: "unknown" }, { kind: "unknown" }, { kind: "unknown" }]);
    for (const { id, question } of asked) {
      const wanted = question.case === "entries" ? question.value.ids : [];
      const entries = log.entries(1, 10).filter((entry) => wanted.includes(entry.id));
      fixture.server.tell({
        case: "response",
        value: { id, answer: { case: "entries", value: { asOf: log.head.seq, entries } } },
      });
    }
    await settled();
    const [first, other] = ["message 2", "message 3"].map((text) => ({
      kind: "text",
      author: you,
      authorName: "You",
      mine: false,
      text,
      failed: false,
    }));
    expect(quotes(timeline)).toEqual([first, other, first] as QuoteView["said"][]);
    await post(fixture, "and on");
    expect(fixture.server.take("request")).toEqual([]);
  });

  test("and does not come is not available, and is not asked for again", async () => {
    const { fixture, log, timeline, early } = await farFromAnswered();
    await tell(fixture, answer(log, early, "one"));
    const [asked] = fixture.server.take("request");
    fixture.server.tell({
      case: "response",
      value: { id: asked?.id ?? 0, answer: { case: "entries", value: { asOf: log.head.seq, entries: [] } } },
    });
    await settled();
    expect(quotes(timeline)).toEqual([{ kind: "unavailable" }]);
    await tell(fixture, log.post(you, "more"));
    expect(fixture.server.take("request")).toEqual([]);
  });

  test("and comes only later is found when it comes", async () => {
    const { fixture, log, timeline } = await farFromAnswered();
    const id = newId();
    await tell(fixture, answer(log, id, "one"));
    const [asked] = fixture.server.take("request");
    const { head } = log;
    await tell(fixture, log.post(you, "late", id));
    expect(quotes(timeline)).toMatchObject([{ kind: "text", text: "late" }]);
    fixture.server.tell({
      case: "response",
      value: { id: asked?.id ?? 0, answer: { case: "entries", value: { asOf: head.seq, entries: [] } } },
    });
    await settled();
    expect(quotes(timeline)).toMatchObject([{ kind: "text", text: "late" }]);
  });

  test("is asked for again after a connection that was lost", async () => {
    const { fixture, log, timeline, early } = await farFromAnswered();
    await tell(fixture, answer(log, early, "one"));
    expect(fixture.server.take("request")).toHaveLength(1);
    fixture.server.drop();
    await settled();
    fixture.engine.reconnect();
    await settled();
    await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
    const asked = fixture.server.take("request").map(({ question }) => question.case);
    expect(asked.filter((question) => question === "entries")).toHaveLength(1);
    expect(quotes(timeline)).toEqual([{ kind: "unknown" }]);
  });

  test("and cannot be asked for is not available", async () => {
    const { fixture, log, timeline, early } = await farFromAnswered();
    await tell(fixture, answer(log, early, "one"));
    const [asked] = fixture.server.take("request");
    fixture.server.tell({
      case: "response",
      value: { id: asked?.id ?? 0, answer: { case: "problem", value: { code: ProblemCode.NOT_FOUND } } },
    });
    await settled();
    expect(quotes(timeline)).toEqual([{ kind: "unavailable" }]);
  });
});

describe("[RPL2] what is answered is shown as it is now", () => {
  test("outside of the window: edited, edited without its content, and deleted", async () => {
    const { fixture, log, timeline, early } = await farFromAnswered();
    await tell(fixture, answer(log, early, "one"));
    const reply = async (text: string) => {
      const [asked] = fixture.server.take("request");
      const [entry] = log.entries(3, 3);
      const entries = entry === undefined ? [] : [log.withText(entry, text, log.head.seq)];
      fixture.server.tell({
        case: "response",
        value: { id: asked?.id ?? 0, answer: { case: "entries", value: { asOf: log.head.seq, entries } } },
      });
      await settled();
    };
    await reply("as it was");
    expect(quotes(timeline)).toMatchObject([{ kind: "text", text: "as it was" }]);
    const content = { form: { case: "plain", value: { text: "changed" } } } as const;
    await tell(fixture, log.add(you, { case: "edited", value: { target: early, content } }));
    expect(quotes(timeline)).toMatchObject([{ kind: "text", text: "changed" }]);
    expect(fixture.server.take("request")).toEqual([]);
    await tell(fixture, log.add(you, { case: "edited", value: { target: early } }));
    expect(quotes(timeline)).toEqual([{ kind: "unknown" }]);
    await reply("changed out of sight of some");
    expect(quotes(timeline)).toMatchObject([{ kind: "text", text: "changed out of sight of some" }]);
    await tell(fixture, log.add(you, { case: "erased", value: { target: early } }));
    expect(quotes(timeline)).toMatchObject([{ kind: "deleted", authorName: "You" }]);
  });

  test("where this device holds it, without asking, with its place and with changes that wait", async () => {
    const { fixture, log } = await inGroup(100, 101);
    const timeline = fixture.engine.openTimeline(group);
    await settled();
    fixture.server.take("request");
    await tell(fixture, answer(log, idAt(log, 3), "far"));
    await tell(fixture, answer(log, idAt(log, 90), "near"));
    expect(messages(timeline).flatMap(({ quote }) => quote?.ordinal ?? [])).toEqual([3, 90]);
    await fixture.engine.deleteMessage(newId(), group, idAt(log, 3));
    await fixture.engine.edit(newId(), group, idAt(log, 90), "soon");
    await settled();
    expect(quotes(timeline)).toMatchObject([{ kind: "deleted" }, { kind: "text", text: "soon" }]);
    expect(fixture.server.take("request")).toEqual([]);
  });

  test("one's own that waits, and that was rejected", async () => {
    const { fixture, timeline } = await farFromAnswered();
    const first = await post(fixture, "waits");
    await post(fixture, "answers it", first);
    expect(quotes(timeline)).toMatchObject([{ kind: "text", text: "waits", mine: true, failed: false }]);
    const [sent] = fixture.server.takeCommands();
    const outcome = { case: "rejected", value: { code: RejectionCode.FAILED, reason: "no" } } as const;
    const answers = [
      { id: sent?.command.id ?? "", outcome: { case: "verdict" as const, value: { log: group, outcome } } },
    ];
    fixture.server.tell({ case: "answers", value: { answers } });
    await settled();
    expect(quotes(timeline)).toMatchObject([{ kind: "text", text: "waits", failed: true }]);
    expect(fixture.server.take("request")).toEqual([]);
  });

  test("to whoever writes an answer to it", async () => {
    const { fixture, log } = await inGroup(100, 101);
    const timeline = fixture.engine.openTimeline(group);
    await timeline.answer(idAt(log, 3));
    await settled();
    expect(timeline.get().answering).toMatchObject({ ordinal: 3, said: { kind: "text", text: "message 2" } });
    await tell(fixture, log.add(you, { case: "erased", value: { target: idAt(log, 3) } }));
    expect(timeline.get().answering?.said.kind).toBe("deleted");
    await timeline.answer(undefined);
    await settled();
    expect(timeline.get().answering).toBeUndefined();
  });
});

describe("[RPL1] a reply", () => {
  const replyTo = (commands: readonly SentCommand[]) =>
    commands.map(({ command: { body } }) => {
      const content = body.case === "post" || body.case === "edit" ? body.value.content : undefined;
      return content?.form.case === "plain" ? content.form.value.replyTo : undefined;
    });

  test("keeps what it answers when it is edited: rewritten while it waits, and later", async () => {
    const { fixture, log, early } = await farFromAnswered();
    fixture.server.drop();
    await settled();
    const id = await post(fixture, "hello", early);
    await fixture.engine.edit(newId(), group, id, "hello there");
    fixture.engine.reconnect();
    await settled();
    await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
    const sent = fixture.server.takeCommands();
    expect(replyTo(sent)).toEqual([early]);
    fixture.accept(sent, log.head.seq + 1);
    const content = { form: { case: "plain", value: { text: "hello there", replyTo: early } } } as const;
    const mine = log.add(me, { case: "posted", value: { content } }, id);
    await tell(fixture, mine);
    await fixture.engine.edit(newId(), group, mine.id, "again");
    await settled();
    expect(replyTo(fixture.server.takeCommands())).toEqual([early]);
  });

  test("is not edited while the device does not know it, so that it cannot lose what it answers", async () => {
    const { fixture } = await farFromAnswered();
    const refused = fixture.engine.edit(newId(), group, newId(), "not queued yet, in a tab");
    await expect(refused).rejects.toMatchObject({ code: "not-found" });
    await settled();
    expect(fixture.server.takeCommands()).toEqual([]);
  });

  test("that fell together with what it answers answers it under its new id, when both are tried again", async () => {
    const { fixture, timeline } = await farFromAnswered();
    const first = await post(fixture, "first");
    const second = await post(fixture, "second", first);
    await fixture.reject(RejectionCode.FAILED, "no");
    await fixture.reject(RejectionCode.FAILED, "no");
    const again = await fixture.engine.retry(first);
    await fixture.engine.retry(second);
    await settled();
    expect(messages(timeline).at(-1)?.quote).toMatchObject({ id: again, said: { text: "first", failed: false } });
  });
});
