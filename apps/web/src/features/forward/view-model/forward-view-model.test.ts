import { beforeEach, expect, test } from "bun:test";
import type { ConversationListView, ForwardDraft } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { ManualClock } from "../../../testing/manual-clock.ts";
import { conversationView } from "../../../testing/rows.ts";
import { en } from "../../../texts/en.ts";
import { Notices } from "../../notices/view-model/notices.ts";
import { ForwardViewModel, MOST_CHOSEN } from "./forward-view-model.ts";

let forwarded: ForwardDraft[];
let left: () => Promise<number>;
let done: number;
let notices: Notices;

beforeEach(() => {
  forwarded = [];
  left = async () => 0;
  done = 0;
  notices = new Notices(new ManualClock());
});

function open(titles: readonly string[], messages = ["m1", "m2"]) {
  const conversations = titles.map((title) => conversationView({ id: title, kind: "group", title, people: [] }));
  const list: ConversationListView = { loaded: true, pending: 0, holdUp: undefined, conversations };
  let ids = 0;
  return new ForwardViewModel({
    engine: {
      forward: (forward) => {
        forwarded.push(forward);
        return left();
      },
    },
    conversations: new ObservedValue(list),
    from: "here",
    messages,
    clock: new ManualClock(),
    texts: en,
    notices,
    newId: () => `p${++ids}`,
    done: () => {
      done += 1;
    },
  });
}

const names = (model: ForwardViewModel) => model.get().options.map(({ name }) => name);
const shown = () => notices.get().shown.map(({ text }) => text);

test("[FWD2] each conversation chosen gets the messages in their order, in one step", async () => {
  const model = open(["Tea club", "Ferry", "Café"]);
  expect(model.get().canSend).toBe(false);
  model.setQuery("cafe");
  expect(names(model)).toEqual(["Café"]);
  model.toggle("Café");
  model.setQuery("");
  model.toggle("Ferry");
  await model.send();
  expect(forwarded).toHaveLength(1);
  expect(forwarded[0]?.posts.map(({ id, conversation, message }) => [id, conversation, message])).toEqual([
    ["p1", "Café", "m1"],
    ["p2", "Café", "m2"],
    ["p3", "Ferry", "m1"],
    ["p4", "Ferry", "m2"],
  ]);
  expect([done, shown()]).toEqual([1, ["Forwarded to 2 conversations"]]);
});

test("[FWD2] what was left out is told, and what could not be queued leaves the choice as it was", async () => {
  const model = open(["Tea club", "Ferry"]);
  model.toggle("Ferry");
  left = () => Promise.reject(new Error("no room"));
  await model.send();
  expect([done, shown(), model.get().chosen]).toEqual([0, [en.conversation.actionFailed], 1]);
  left = async () => 1;
  await model.send();
  expect(done).toBe(1);
  expect(shown().at(-1)).toBe("1 message could not be forwarded: deleted, or not on this device.");
});

test("there is an end to how many are chosen, which is told", () => {
  const titles = Array.from({ length: MOST_CHOSEN + 1 }, (_, index) => `Group ${index}`);
  const model = open(titles);
  for (const title of titles) model.toggle(title);
  expect(model.get().chosen).toBe(MOST_CHOSEN);
  expect(shown()).toEqual([en.forward.tooMany(MOST_CHOSEN)]);
});
