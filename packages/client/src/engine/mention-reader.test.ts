import { describe, expect, test } from "bun:test";
import type { Entry } from "@parley/protocol";
import type { MentionsView } from "../api/mentions-view.ts";
import { type EngineFixture, group, me, newId, type SampleLog, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

const content = (text: string) => ({ form: { case: "plain", value: { text } } }) as const;

/** Somebody names the viewer, or everyone, in a group of which the newest so many entries are held. */
async function withMentions(posts: number, newest = 30) {
  const { fixture, log } = await inGroup(posts, newest);
  const name = async (text: string, envelope: { mentions?: string[]; everyone?: boolean } = { mentions: [me] }) => {
    const event = log.add(you, { case: "posted", value: { envelope, content: content(text) } }, newId());
    fixture.server.tell({ case: "event", value: { event } });
    await settled();
    return event;
  };
  return { fixture, log, name };
}

async function takeQuestion(fixture: EngineFixture) {
  await settled();
  const asked = fixture.server.take("request").find(({ question }) => question.case === "mentions");
  if (asked?.question.case !== "mentions") throw new Error("the server was not asked");
  const { id, question } = asked;
  const answer = (entries: readonly Entry[], ordinal?: number) => {
    const next = ordinal === undefined ? {} : { next: { at: 1, conversation: group, ordinal } };
    const value = { entries: [...entries], ...next };
    fixture.server.tell({ case: "response", value: { id, answer: { case: "mentions", value } } });
  };
  return { question: question.value, answer };
}

function texts({ items }: MentionsView): string[] {
  return items.map(({ body }) => body.text);
}

function entryAt(log: SampleLog, ordinal: number): Entry {
  const [entry] = log.entries(ordinal, ordinal);
  if (entry === undefined) throw new Error("no such entry");
  return entry;
}

function listed({ engine }: EngineFixture) {
  const [one] = engine.conversations.get().conversations;
  return { unread: one?.unread, mentions: one?.mentions };
}

describe("[MEN2] unread mentions", () => {
  test("are counted with the unread, and read with them", async () => {
    const { fixture, log, name } = await withMentions(2);
    await name("for you");
    await name("for all", { everyone: true });
    await name("for nobody", {});
    expect(listed(fixture)).toEqual({ unread: 5, mentions: 2 });
    fixture.engine.markRead(group, log.entryHead - 2);
    await settled();
    expect(listed(fixture)).toEqual({ unread: 2, mentions: 1 });
    fixture.engine.markRead(group, log.entryHead);
    await settled();
    expect(listed(fixture)).toEqual({ unread: 0, mentions: 0 });
  });

  test("go with an edit that names somebody else, and come with one that does", async () => {
    const { fixture, log, name } = await withMentions(2);
    const named = await name("for you");
    const edit = async (target: string, mentions: string[]) => {
      const event = log.add(you, {
        case: "edited",
        value: { target, envelope: { mentions }, content: content("now") },
      });
      fixture.server.tell({ case: "event", value: { event } });
      await settled();
    };
    await edit(named.id, [you]);
    expect(listed(fixture)).toEqual({ unread: 3, mentions: 0 });
    await edit(entryAt(log, 2).id, [me]);
    expect(listed(fixture)).toEqual({ unread: 3, mentions: 1 });
  });

  test.each([
    ["names somebody else", { mentions: [me] }],
    ["says something else, which may bring into sight that it names somebody", undefined],
  ])("are counted by the server again where a message that is not held %s", async (_, envelope) => {
    const { fixture, log } = await withMentions(300, 50);
    const marks = { conversation: group, delivered: log.entryHead, unread: 300, asOf: log.head.seq };
    fixture.server.tell({ case: "registers", value: { readStates: [marks] } });
    await fixture.clock.advance(5_000);
    fixture.server.take("marks");
    const target = entryAt(log, 20).id;
    const event = log.add(you, {
      case: "edited",
      value: { target, ...(envelope && { envelope }), content: content("now") },
    });
    fixture.server.tell({ case: "event", value: { event } });
    await settled();
    await fixture.clock.advance(2_000);
    expect(fixture.server.take("marks")).not.toEqual([]);
    const counted = { ...marks, mentions: 1, asOf: event.seq };
    fixture.server.tell({ case: "registers", value: { readStates: [counted] } });
    await settled();
    expect(listed(fixture)).toEqual({ unread: 300, mentions: 1 });
  });
});

describe("[MEN4] the messages that mention oneself", () => {
  test("come from the server, page after page, without those that are hidden", async () => {
    const { fixture, log, name } = await withMentions(2);
    await name("one");
    await name("two");
    await fixture.engine.hide(newId(), group, [entryAt(log, 4).id]);
    await settled();
    const first = fixture.engine.mentions();
    const question = await takeQuestion(fixture);
    expect(question.question).toMatchObject({ conversation: "", limit: 50 });
    question.answer([entryAt(log, 4)], 5);
    // Nothing of that is to be seen: the next page follows by itself.
    const second = await takeQuestion(fixture);
    expect(second.question.after).toMatchObject({ conversation: group, ordinal: 5 });
    second.answer([entryAt(log, 5), entryAt(log, 2)], 2);
    const view = await first;
    expect([texts(view), view.next, view.complete]).toEqual([
      ["two"],
      { at: 1, conversation: group, ordinal: 2 },
      true,
    ]);
  });

  test("are those that are held where the server cannot be asked", async () => {
    const { fixture, name } = await withMentions(2);
    await name("one");
    await name("for nobody", {});
    await name("all", { everyone: true });
    fixture.server.drop();
    await settled();
    const view = await fixture.engine.mentions();
    expect([texts(view), view.next, view.complete]).toEqual([["all", "one"], undefined, false]);
  });
});

describe("the next unread mention", () => {
  test("is found on the device where everything unread is held", async () => {
    const { fixture, name } = await withMentions(2);
    const one = await name("one");
    const two = await name("two");
    expect(await fixture.engine.nextMention(group)).toEqual({ id: one.id, ordinal: one.ordinal });
    fixture.engine.markRead(group, one.ordinal);
    await settled();
    expect(await fixture.engine.nextMention(group)).toEqual({ id: two.id, ordinal: two.ordinal });
    fixture.engine.markRead(group, two.ordinal);
    await settled();
    expect(await fixture.engine.nextMention(group)).toBeUndefined();
  });

  test("is asked for where it may lie before what is held", async () => {
    const { fixture, log, name } = await withMentions(300, 50);
    const late = await name("late");
    const asked = fixture.engine.nextMention(group);
    const { question, answer } = await takeQuestion(fixture);
    expect(question).toMatchObject({ conversation: group });
    const early = { ...entryAt(log, late.ordinal), id: newId(), ordinal: 20, seq: 20 };
    answer([entryAt(log, late.ordinal), early]);
    expect(await asked).toEqual({ id: early.id, ordinal: 20 });
    fixture.server.drop();
    await settled();
    expect(await fixture.engine.nextMention(group)).toEqual({ id: late.id, ordinal: late.ordinal });
  });

  test("is asked for page after page where those in between are hidden", async () => {
    const { fixture, log, name } = await withMentions(300, 50);
    const shown = await name("shown");
    const late = await name("hidden");
    await fixture.engine.hide(newId(), group, [late.id]);
    await settled();
    const found = fixture.engine.nextMention(group);
    const first = await takeQuestion(fixture);
    first.answer([entryAt(log, late.ordinal), entryAt(log, shown.ordinal)], shown.ordinal);
    const second = await takeQuestion(fixture);
    expect(second.question.after).toMatchObject({ conversation: group, ordinal: shown.ordinal });
    const early = { ...entryAt(log, late.ordinal), id: newId(), ordinal: 20, seq: 20 };
    second.answer([early]);
    expect(await found).toEqual({ id: early.id, ordinal: 20 });
  });
});
