import { describe, expect, test } from "bun:test";
import type { ConnectionView, ConversationListView, MentionItem, MentionsCursor, MentionsView } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { conversationView } from "../../../testing/rows.ts";
import { en } from "../../../texts/en.ts";
import { TimeFormat } from "../../../texts/time-format.ts";
import { MentionsViewModel } from "./mentions-view-model.ts";

const noon = Date.UTC(2026, 2, 18, 12, 0);

function item(ordinal: number, changes: Partial<MentionItem> = {}): MentionItem {
  return {
    conversation: "conversation-1",
    id: `message-${ordinal}`,
    ordinal,
    author: "account-bo",
    authorName: "Bo Lind",
    at: noon,
    body: { kind: "text", text: `hello ${ordinal}`, edited: false },
    unread: false,
    ...changes,
  };
}

function page(ordinals: readonly number[], next?: number): MentionsView {
  const place = next === undefined ? undefined : { at: noon, conversation: "conversation-1", ordinal: next };
  return { items: ordinals.map((ordinal) => item(ordinal)), next: place, complete: true };
}

/** @param answers by the ordinal after which is asked for; 0 from the newest on */
async function open(answers: Readonly<Record<number, MentionsView | undefined>>) {
  const list = (mentions: number): ConversationListView => {
    const conversations = [conversationView({ mentions })];
    const thread = { conversation: "conversation-1", root: "message-1", following: true, waiting: 0 };
    const threads = [conversationView({ id: "thread-1", kind: "thread", thread })];
    return { loaded: true, pending: 0, holdUp: undefined, conversations, threads };
  };
  const conversations = new ObservedValue(list(0));
  const connection = new ObservedValue<ConnectionView>({ kind: "online" });
  const current = { ...answers };
  const asked: number[] = [];
  const gone: string[] = [];
  const timers: (() => void)[] = [];
  const model = new MentionsViewModel({
    engine: {
      conversations,
      connection,
      mentions: async (after?: MentionsCursor) => {
        asked.push(after?.ordinal ?? 0);
        const answer = current[after?.ordinal ?? 0];
        if (answer === undefined) throw new Error("cannot be read");
        return answer;
      },
    },
    clock: {
      now: () => noon,
      elapsed: () => 0,
      after: (_delay, run) => {
        timers.push(run);
        return () => undefined;
      },
    },
    texts: en,
    format: new TimeFormat(en, "en-GB", () => "UTC"),
    goTo: ({ id, ordinal, thread }) => gone.push(thread === undefined ? id : `${id}, ${ordinal}, below ${thread.root}`),
  });
  await settled();
  const passTime = async () => {
    for (const run of timers.splice(0)) run();
    await settled();
  };
  return {
    model,
    current,
    asked,
    gone,
    passTime,
    mentioned: (count: number) => conversations.set(list(count)),
    connection,
  };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

function shown({ model }: { readonly model: MentionsViewModel }) {
  return model.get().lines.map(({ text }) => text);
}

describe("the messages that mention oneself", () => {
  test("come page after page, and one of them can be gone to", async () => {
    const opened = await open({ 0: page([9, 8], 8), 8: page([3]) });
    expect([shown(opened), opened.model.get().canShowMore]).toEqual([["hello 9", "hello 8"], true]);
    opened.model.showMore();
    await settled();
    expect([shown(opened), opened.model.get().canShowMore]).toEqual([["hello 9", "hello 8", "hello 3"], false]);
    const [line] = opened.model.get().lines;
    if (line !== undefined) opened.model.choose(line);
    expect(line).toMatchObject({ author: "Bo Lind", title: "Ana Ruiz", time: "12:00" });
    expect(opened.gone).toEqual(["message-9"]);
  });

  test("in a thread lead there", async () => {
    const opened = await open({ 0: { ...page([]), items: [item(4, { conversation: "thread-1" })] } });
    const [line] = opened.model.get().lines;
    if (line !== undefined) opened.model.choose(line);
    expect([line?.title, opened.gone]).toEqual([en.threads.in("Ana Ruiz"), ["message-4, 4, below message-1"]]);
  });

  test("are read anew, as many as are shown, once others mention oneself", async () => {
    const opened = await open({ 0: page([9, 8], 8), 8: page([3]) });
    opened.model.showMore();
    await settled();
    opened.current[0] = page([10, 9], 9);
    opened.current[9] = page([8]);
    opened.mentioned(1);
    await opened.passTime();
    expect(shown(opened)).toEqual(["hello 10", "hello 9", "hello 8"]);
  });

  test("say that there are none, that they are not all, or that they cannot be read, which can be tried again", async () => {
    expect((await open({ 0: page([]) })).model.get().note).toBe(en.mentions.none);
    expect((await open({ 0: { ...page([1]), complete: false } })).model.get().note).toBe(en.mentions.partial);
    const opened = await open({});
    expect(opened.model.get()).toMatchObject({ note: en.mentions.failed, canRetry: true });
    opened.current[0] = page([1]);
    opened.model.showMore();
    await settled();
    expect([shown(opened), opened.model.get().note]).toEqual([["hello 1"], ""]);
  });

  test("are not read any more once it is closed", async () => {
    const opened = await open({ 0: page([1]) });
    opened.model.dispose();
    opened.mentioned(2);
    await opened.passTime();
    expect(opened.asked).toEqual([0]);
  });
});
