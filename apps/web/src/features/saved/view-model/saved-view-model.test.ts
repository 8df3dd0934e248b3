import { expect, test } from "bun:test";
import type { AccountView, ConnectionView, ConversationListView, SavedItem, SavedView } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { ManualClock } from "../../../testing/manual-clock.ts";
import { conversationView } from "../../../testing/rows.ts";
import { en } from "../../../texts/en.ts";
import { TimeFormat } from "../../../texts/time-format.ts";
import { SavedViewModel } from "./saved-view-model.ts";

const told = { kind: "message", ordinal: 4, author: "ana", authorName: "Ana", mine: false, at: 0 } as const;
const items: readonly SavedItem[] = [
  {
    conversation: "conversation-1",
    id: "a",
    what: { ...told, body: { kind: "text", text: "one\n*two*", edited: false } },
  },
  { conversation: "conversation-1", id: "b", what: { ...told, body: { kind: "deleted" } } },
  { conversation: "gone", id: "c", what: { kind: "gone" } },
];

function open(view: () => SavedView) {
  const clock = new ManualClock();
  const account = new ObservedValue<AccountView>({ account: "me", userName: "me", displayName: "Me" });
  const asked: number[] = [];
  const gone: string[] = [];
  const model = new SavedViewModel({
    engine: {
      account,
      conversations: new ObservedValue<ConversationListView>({
        loaded: true,
        pending: 0,
        holdUp: undefined,
        conversations: [conversationView()],
      }),
      connection: new ObservedValue<ConnectionView>({ kind: "online" }),
      savedMessages: async (most) => {
        asked.push(most);
        return view();
      },
      save: async () => undefined,
    },
    clock,
    texts: en,
    format: new TimeFormat(en, "en-GB", () => "UTC"),
    notices: { attempt: async () => true },
    newId: () => "id",
    goTo: ({ id, thread }) => void gone.push(thread === undefined ? id : `${id} below ${thread.root}`),
  });
  return { model, clock, account, asked, gone };
}

test("says what is saved and where, and what became of it; only what is there leads anywhere", async () => {
  const { model, gone } = open(() => ({ count: 3, items }));
  expect(model.get()).toMatchObject({ loading: true, lines: [] });
  await Promise.resolve();
  await Promise.resolve();
  expect(model.get().lines.map(({ author, text, quiet }) => [author, text, quiet])).toEqual([
    ["Ana", "one two", false],
    ["Ana", en.conversation.deleted, true],
    ["", en.savedMessages.gone, true],
  ]);
  for (const line of model.get().lines) model.choose(line);
  expect(gone).toEqual(["a", "b"]);
});

test("a message of a thread says where that is, and leads there", async () => {
  const [first] = items;
  if (first === undefined) throw new Error("unreachable");
  const thread = { conversation: "conversation-1", root: "root" };
  const { model, gone } = open(() => ({ count: 1, items: [{ ...first, conversation: "thread", thread }] }));
  await Promise.resolve();
  await Promise.resolve();
  for (const line of model.get().lines) model.choose(line);
  expect(gone).toEqual(["a below root"]);
  expect(model.get().lines[0]?.title).toStartWith("in ");
});

test("reads again what changes, and more when more is wanted", async () => {
  const { model, clock, account, asked } = open(() => ({ count: 60, items }));
  await Promise.resolve();
  await Promise.resolve();
  expect(model.get().canShowMore).toBe(true);
  model.showMore();
  account.change({ saved: { count: 60, version: 2 } });
  await clock.advance(1_000);
  expect(asked).toEqual([50, 100, 100]);
  model.dispose();
  account.change({ saved: { count: 59, version: 3 } });
  await clock.advance(1_000);
  expect(asked).toHaveLength(3);
});
