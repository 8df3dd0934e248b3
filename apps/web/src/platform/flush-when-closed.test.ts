import { describe, expect, test } from "bun:test";
import type { ConnectionView, ConversationListView } from "@parley/client";
import { ObservedValue } from "../observable/observed-value.ts";
import { flushWhenClosed } from "./flush-when-closed.ts";

const account = "018f0000-0000-7000-8000-00000000000a";
const nothing: ConversationListView = { loaded: true, pending: 0, holdUp: undefined, conversations: [] };

/** A page in a browser with Background Sync, or without. */
class Page {
  readonly tags: string[] = [];
  readonly connection = new ObservedValue<ConnectionView>({ kind: "online" });
  readonly conversations = new ObservedValue(nothing);
  readonly document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  readonly window: EventTarget & { readonly document: EventTarget; readonly navigator: object };
  readonly stop: () => void;

  constructor(hasSync = true) {
    const sync = {
      register: async (tag: string) => {
        this.tags.push(tag);
        throw new Error("refused, as in a private window");
      },
    };
    const ready = Promise.resolve(hasSync ? { sync } : {});
    const navigator = { serviceWorker: { ready } };
    this.window = Object.assign(new EventTarget(), { document: this.document, navigator });
    // What is used of a window.
    this.stop = flushWhenClosed(this.window as unknown as Window, account, this);
  }

  static async open(hasSync = true): Promise<Page> {
    const page = new Page(hasSync);
    await Bun.sleep(0);
    return page;
  }

  waits(pending: number): void {
    this.conversations.set({ ...nothing, pending });
  }
}

describe("[FLU8] a page", () => {
  test("asks for a sync when something waits that cannot be sent, once for each time", async () => {
    const page = await Page.open();
    page.waits(1);
    expect(page.tags).toEqual([]);
    page.connection.set({ kind: "offline" });
    page.waits(2);
    expect(page.tags).toEqual([`parley-flush ${account}`]);
    page.connection.set({ kind: "online" });
    page.connection.set({ kind: "offline" });
    expect(page.tags).toHaveLength(2);
  });

  test.each(["pagehide", "visibilitychange"] as const)("asks at %s while something waits", async (kind) => {
    const page = await Page.open();
    page.document.visibilityState = "hidden";
    const leave = () => (kind === "pagehide" ? page.window : page.document).dispatchEvent(new Event(kind));
    leave();
    expect(page.tags).toEqual([]);
    page.waits(1);
    leave();
    expect(page.tags).toHaveLength(1);
    page.stop();
    leave();
    expect(page.tags).toHaveLength(1);
  });

  test("asks nothing where there is no Background Sync", async () => {
    const page = await Page.open(false);
    page.waits(1);
    page.connection.set({ kind: "offline" });
    page.window.dispatchEvent(new Event("pagehide"));
    expect(page.tags).toEqual([]);
  });
});
