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
  const window = { addEventListener: () => undefined, isSecureContext: true, focus: () => undefined };
  const storage = { getItem: () => "on", setItem: () => undefined, removeItem: () => undefined };
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
