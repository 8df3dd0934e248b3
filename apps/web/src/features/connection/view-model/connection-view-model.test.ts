import { describe, expect, test } from "bun:test";
import type { ConnectionView, ConversationListView } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { ManualClock } from "../../../testing/manual-clock.ts";
import { en } from "../../../texts/en.ts";
import { ConnectionViewModel } from "./connection-view-model.ts";

function connect(initial: ConnectionView) {
  const clock = new ManualClock();
  const connection = new ObservedValue(initial);
  const conversations = new ObservedValue<ConversationListView>({ loaded: true, pending: 0, conversations: [] });
  const model = new ConnectionViewModel({ connection, conversations, clock, texts: en });
  return { clock, connection, conversations, text: () => model.get().banner?.text, model };
}

describe("the state of the connection", () => {
  test("is not mentioned for an interruption of a moment", () => {
    const { clock, connection, text } = connect({ kind: "online" });
    connection.set({ kind: "connecting" });
    clock.advance(500);
    connection.set({ kind: "online" });
    clock.advance(5000);
    expect(text()).toBeUndefined();
    connection.set({ kind: "connecting" });
    clock.advance(800);
    expect(text()).toBe(en.connection.connecting);
  });

  test("counts down to the next try, and offers to try now", () => {
    const { clock, connection, text, model } = connect({ kind: "online" });
    connection.set({ kind: "waiting", retryAt: clock.now() + 2500 });
    expect(text()).toBe("Not connected. Trying again in 3 seconds.");
    expect(model.get().banner?.action?.kind).toBe("try-now");
    clock.advance(1400);
    expect(text()).toBe("Not connected. Trying again in 2 seconds.");
    clock.advance(1200);
    expect(text()).toBe(en.connection.waitingNow);
    connection.set({ kind: "online" });
    expect(text()).toBeUndefined();
  });

  test("always has words, and a way on where there is one", () => {
    for (const kind of ["offline", "signed-out", "device-closed", "superseded", "store-failed"] as const) {
      const { model } = connect({ kind });
      expect(model.get().banner?.text).not.toBe("");
      expect(model.get().banner?.action === undefined).toBe(kind === "offline");
    }
  });

  test("says how much waits to be sent", () => {
    const { conversations, model } = connect({ kind: "offline" });
    conversations.set({ loaded: true, pending: 4, conversations: [] });
    expect(model.get().pending).toBe(4);
  });
});
