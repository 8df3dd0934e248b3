import { afterEach, expect, test } from "bun:test";
import type { ConversationView } from "@parley/client";
import { en } from "../texts/en.ts";
import { BrowserNotifications } from "./notifications.ts";

const before: unknown = Reflect.get(globalThis, "Notification");

afterEach(() => {
  Reflect.set(globalThis, "Notification", before);
});

const conversation: ConversationView = {
  id: "c",
  kind: "direct",
  title: "Ben",
  people: [],
  memberCount: 2,
  writable: true,
  newest: undefined,
  at: 0,
  unread: 1,
  mentions: 0,
  typing: [],
  draft: "",
  pinned: false,
  mutedUntil: 0,
  archived: false,
};

const window = { addEventListener: () => undefined, isSecureContext: true, focus: () => undefined };
const storage = { getItem: () => "on", setItem: () => undefined, removeItem: () => undefined };

test("[HST6] a browser that only shows what is pushed is told of nothing again, and is no failure", () => {
  let attempts = 0;
  class OnlyPushed {
    static readonly permission = "granted";
    constructor() {
      attempts++;
      throw new TypeError("Illegal constructor.");
    }
  }
  Reflect.set(globalThis, "Notification", OnlyPushed);
  const notifications = new BrowserNotifications(
    window,
    storage,
    () => en,
    () => undefined,
  );
  expect(notifications.state.get()).toBe("on");
  notifications.notify(conversation);
  notifications.notify(conversation);
  expect(notifications.state.get()).toBe("unavailable");
  expect(attempts).toBe(1);
});

test("[HST6] a reminder is shown under its tag, leads where it should, goes when it is withdrawn, and is not shown where it is not wanted", () => {
  const shown: { title: string; body: string | undefined; open: boolean; onclick: () => void }[] = [];
  class Shown {
    static readonly permission = "granted";
    open = true;
    onclick = () => undefined;
    readonly title: string;
    readonly body: string | undefined;
    constructor(title: string, { body }: NotificationOptions) {
      this.title = title;
      this.body = body;
      shown.push(this);
    }
    close(): void {
      this.open = false;
    }
  }
  Reflect.set(globalThis, "Notification", Shown);
  let wanted: string | null = "on";
  const notifications = new BrowserNotifications(
    window,
    { ...storage, getItem: () => wanted },
    () => en,
    () => undefined,
  );
  const opened: string[] = [];
  for (const tag of ["a", "b"]) notifications.remind(tag, `Reminder. Ben: ${tag}`, () => void opened.push(tag));
  expect(shown.map(({ title, body }) => `${title}: ${body}`)).toEqual([
    "Parley: Reminder. Ben: a",
    "Parley: Reminder. Ben: b",
  ]);
  shown[0]?.onclick();
  notifications.withdraw("b");
  expect([opened, shown.map(({ open }) => open)]).toEqual([["a"], [false, false]]);
  wanted = null;
  notifications.remind("c", "Reminder. Ben: c", () => undefined);
  expect(shown).toHaveLength(2);
});
