import { describe, expect, test } from "bun:test";
import type { AccountView, ConversationListView, ConversationView, ReminderItem } from "@parley/client";
import { ObservedValue } from "../../observable/observed-value.ts";
import type { EngineSideMessage } from "../protocol/messages.ts";
import { NotificationDesk } from "./notification-desk.ts";

function conversation(id: string, unread: number, at = 0): ConversationView {
  const newest = {
    author: "018f0000-0000-7000-8000-00000000000b",
    authorName: "Bo",
    mine: false,
    text: `message ${unread}`,
    kind: "message",
    status: undefined,
    what: undefined,
  } as const;
  return {
    id,
    kind: "direct",
    title: "Bo",
    people: [],
    memberCount: 2,
    writable: true,
    newest,
    at,
    unread,
    mentions: 0,
    typing: [],
    draft: "",
    pinned: false,
    mutedUntil: 0,
    archived: false,
  };
}

function desk(looking: readonly boolean[], loaded = true) {
  let threads: readonly ConversationView[] = [];
  const view = (conversations: readonly ConversationView[]): ConversationListView => ({
    loaded: true,
    pending: 0,
    holdUp: undefined,
    conversations,
    threads,
  });
  const conversations = new ObservedValue<ConversationListView>({ ...view([conversation("one", 1)]), loaded });
  const account = new ObservedValue<AccountView>(ana);
  const told: string[] = [];
  const tabs = looking.map((looks, index) => ({
    looking: looks,
    send: (message: EngineSideMessage) => {
      if (message.kind === "notify") {
        const { conversation: of, parent } = message;
        told.push(`${index} notifies of ${of.id}${parent === undefined ? "" : ` in ${parent.id}`}`);
      }
      if (message.kind === "remind") {
        const { tag, due } = message;
        told.push(`${index} reminds of ${due.map(({ message: id }) => id).join(", ")} as ${tag}`);
      }
      if (message.kind === "withdraw") told.push(`${index} withdraws ${message.tag}`);
    },
  }));
  const running = new NotificationDesk({ conversations, account }, tabs);
  const become = (...list: readonly ConversationView[]) => conversations.set(view(list));
  const among = (...list: readonly ConversationView[]) => {
    threads = list;
  };
  /** What one is to be reminded of, and what of that is due. */
  const remindOf = async (due: readonly string[], upcoming: readonly string[] = []) => {
    const item = (message: string, state: ReminderItem["state"]) =>
      ({ conversation: "one", message, ordinal: 1, at: 1, state }) as const;
    const reminders = [...due.map((id) => item(id, "due")), ...upcoming.map((id) => item(id, "upcoming"))];
    account.set({ ...ana, reminders });
    await Promise.resolve();
  };
  return { become, told, tabs, running, among, remindOf };
}

const ana = { account: "018f0000-0000-7000-8000-00000000000a", userName: "ana", displayName: "Ana" };

describe("the place that decides who is told of a message", () => {
  test("[HST6] nobody is told of what is muted", () => {
    const { become, told } = desk([false]);
    become({ ...conversation("one", 2), mutedUntil: Number.POSITIVE_INFINITY });
    become(conversation("one", 3));
    expect(told).toEqual(["0 notifies of one"]);
  });

  test("[HST6] of what is muted only mentions are told", () => {
    const { become, told } = desk([false]);
    const muted = { ...conversation("one", 2), mutedUntil: Number.POSITIVE_INFINITY };
    become({ ...muted, mentions: 1 });
    become({ ...muted, unread: 3, mentions: 1 });
    expect(told).toEqual(["0 notifies of one"]);
  });

  test("[HST6] of threads that one follows it is told with what they belong to, muted as that is, and withdrawn", () => {
    const { become, told, among } = desk([false]);
    const thread = {
      ...conversation("thread", 1),
      thread: { conversation: "one", root: "r", following: true, waiting: 0 },
    };
    const one = conversation("one", 1);
    among(thread);
    become(one);
    expect(told).toEqual(["0 notifies of thread in one"]);
    among({ ...thread, unread: 2 });
    become({ ...one, mutedUntil: Number.POSITIVE_INFINITY });
    among({ ...thread, unread: 3, mentions: 1 });
    become({ ...one, mutedUntil: Number.POSITIVE_INFINITY });
    among({ ...thread, unread: 0 });
    become(one);
    expect(told.slice(1)).toEqual(["0 notifies of thread in one", "0 withdraws thread"]);
  });

  test("[HST6] while nobody looks at any tab, the tab looked at last tells, and no other", () => {
    const { become, told, tabs } = desk([false, false, false]);
    become(conversation("one", 2));
    expect(told).toEqual(["2 notifies of one"]);
    for (const tab of tabs) tab.looking = tab === tabs[0];
    become(conversation("one", 3));
    expect(told).toHaveLength(1);
  });

  test("[HST6] what the store held, what changes without a new message, and what was read are nothing new", () => {
    const { become, told } = desk([false], false);
    become(conversation("one", 1), conversation("two", 5));
    become(conversation("one", 1, 7), conversation("two", 4));
    expect(told).toEqual([]);
    become(conversation("one", 1), conversation("two", 4), conversation("three", 1));
    expect(told).toEqual(["0 notifies of three"]);
  });

  test("[HST6] what was read meanwhile is withdrawn in all tabs, wherever it was read", () => {
    const { become, told } = desk([false, true]);
    become(conversation("one", 0));
    expect(told).toEqual(["0 withdraws one", "1 withdraws one"]);
  });

  test("[HST6] after an absence only the three newest conversations are told, and a desk that stopped tells nothing", () => {
    const { become, told, running } = desk([false]);
    become(...[1, 2, 3, 4, 5].map((at) => conversation(`number ${at}`, 1, at)));
    expect(told.filter((line) => line.includes("notifies"))).toEqual(
      ["number 5", "number 4", "number 3"].map((id) => `0 notifies of ${id}`),
    );
    running.stop();
    become(conversation("number 1", 9));
    expect(told).toHaveLength(4);
  });

  test("[HST6] a reminder that becomes due is told as a message is, of several how many, and withdrawn when it is due no more", async () => {
    const { told, tabs, running, remindOf } = desk([false, false]);
    await remindOf(["old"], ["a", "b", "c", "d"]);
    expect(told).toEqual([]);
    await remindOf(["old", "a"], ["b", "c", "d"]);
    expect(told.splice(0)).toEqual(["1 reminds of a as a"]);
    await remindOf(["old", "a", "b", "c"], ["d"]);
    expect(told.splice(0)).toEqual(["1 reminds of b, c as reminders"]);
    await remindOf(["old", "b", "c"], ["a", "d"]);
    expect(told.splice(0)).toEqual(["0 withdraws a", "1 withdraws a"]);
    for (const tab of tabs) tab.looking = tab === tabs[0];
    await remindOf(["old", "a", "b", "c"], ["d"]);
    expect(told).toEqual([]);
    await remindOf([], ["d"]);
    expect(told.splice(0)).toContain("1 withdraws reminders");
    running.stop();
    for (const tab of tabs) tab.looking = false;
    await remindOf(["d"]);
    expect(told).toEqual([]);
  });

  test("[HST6] reminders that were due when this device was opened are nothing new", async () => {
    const { told, become, remindOf } = desk([false], false);
    await remindOf(["a"]);
    become(conversation("one", 1));
    await remindOf(["a"]);
    expect(told).toEqual([]);
    await remindOf(["a", "b"]);
    expect(told).toEqual(["0 reminds of b as b"]);
  });
});
