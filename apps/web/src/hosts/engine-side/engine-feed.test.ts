import { expect, test } from "bun:test";
import type { ConversationListView, ConversationView, Engine } from "@parley/client";
import { emptyOutbox } from "@parley/client";
import { ObservedValue } from "../../observable/observed-value.ts";
import { conversationView } from "../../testing/rows.ts";
import type { Turn } from "../protocol/messages.ts";
import { ana, TestBrowser } from "../test-support/engine-side.ts";
import { EngineFeed } from "./engine-feed.ts";

/** A feed of lists, and the tab that gets it: what travels, and what the tab shows. */
function feed() {
  const conversations = new ObservedValue<ConversationListView>(list([]));
  const parts = {
    account: new ObservedValue(ana),
    connection: new ObservedValue({ kind: "online" }),
    outbox: new ObservedValue(emptyOutbox),
  };
  const turns: Turn[] = [];
  const { engine } = new TestBrowser().tab();
  let flush: () => void = () => undefined;
  new EngineFeed(
    { ...parts, conversations } as unknown as Engine,
    (task) => {
      flush = task;
      return { ask: () => undefined, stop: () => undefined };
    },
    (turn) => {
      turns.push(turn);
      engine.receive(structuredClone(turn));
    },
  );
  const tell = (threads: readonly ConversationView[]) => {
    conversations.set(list(threads));
    flush();
    return { turn: turns.at(-1)?.conversations, shown: engine.conversations.get() };
  };
  return { tell };
}

function list(threads: readonly ConversationView[]): ConversationListView {
  const conversations = [conversationView()];
  return { loaded: true, pending: 0, holdUp: undefined, conversations, ...(threads.length > 0 && { threads }) };
}

function thread(id: string, unread: number): ConversationView {
  const place = { conversation: "conversation-1", root: id, following: true, waiting: 0 };
  return conversationView({ id, kind: "thread", unread, thread: place });
}

test("of threads only those travel that changed, and the others are the same objects in the tab", () => {
  const { tell } = feed();
  const [one, two] = [thread("one", 0), thread("two", 0)];
  const first = tell([one, two]);
  expect(first.turn?.threads?.changed).toEqual([one, two]);
  const second = tell([one, thread("two", 1)]);
  expect(second.turn?.threads).toEqual({ changed: [thread("two", 1)] });
  expect(second.turn?.view).not.toHaveProperty("threads");
  expect(second.shown.threads?.map(({ unread }) => unread)).toEqual([0, 1]);
  expect(second.shown.threads?.[0]).toBe(first.shown.threads?.[0]);
  const third = tell([]);
  expect(third.turn?.threads).toEqual({ order: [], changed: [] });
  expect(third.shown).not.toHaveProperty("threads");
});
