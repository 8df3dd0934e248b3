import { describe, expect, test } from "bun:test";
import {
  type ConnectionView,
  type ConversationListView,
  emptyOutbox,
  type HoldUp,
  type OutboxView,
} from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { ManualClock } from "../../../testing/manual-clock.ts";
import { en } from "../../../texts/en.ts";
import { ConnectionViewModel, type ConnectionViewModelPorts } from "./connection-view-model.ts";

function connect(initial: ConnectionView) {
  const clock = new ManualClock();
  const connection = new ObservedValue(initial);
  const conversations = new ObservedValue<ConversationListView>({
    loaded: true,
    pending: 0,
    holdUp: undefined,
    conversations: [],
  });
  const home = new ObservedValue<ReturnType<ConnectionViewModelPorts["home"]["get"]>>({
    kind: "running",
  });
  const outbox = new ObservedValue<OutboxView>(emptyOutbox);
  const spoken: string[] = [];
  const announce = (text: string) => void spoken.push(text);
  const model = new ConnectionViewModel({ connection, home, conversations, outbox, clock, texts: en, announce });
  const holdUp = (holdUp: HoldUp | undefined) => conversations.change({ holdUp });
  return {
    clock,
    connection,
    home,
    conversations,
    outbox,
    holdUp,
    spoken,
    text: () => model.get().banner?.text,
    model,
  };
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

  test("[HST4] matters less than that this tab has no engine: why, and the way on", () => {
    const { home, connection, text, model } = connect({ kind: "online" });
    for (const why of ["updated", "taken-over", "not-started"] as const) {
      home.set({ kind: "without-engine", why });
      connection.set({ kind: "superseded" });
      expect(text()).toBe(en.connection.withoutEngine[why]);
      expect(model.get().banner?.action?.kind).toBe("use-here");
    }
    home.set({ kind: "running" });
    connection.set({ kind: "online" });
    expect(text()).toBeUndefined();
  });

  test("[STO10] says that the disk is full, and what that means, until there is room", () => {
    const { clock, connection, text, model } = connect({ kind: "no-room" });
    expect(text()).toBe(en.connection.noRoom);
    expect(model.get().banner?.action?.kind).toBe("try-now");
    clock.advance(60_000);
    expect(text()).toBe(en.connection.noRoom);
    connection.set({ kind: "connecting" });
    expect(text()).toBe(en.connection.connecting);
    connection.set({ kind: "online" });
    expect(text()).toBeUndefined();
  });

  test("says at a start without a connection that this is what the device has", () => {
    const { clock, connection, text } = connect({ kind: "offline" });
    expect(text()).toBe(en.connection.atStart.offline);
    connection.set({ kind: "waiting", retryAt: clock.now() + 1500, why: "unreachable" });
    expect(text()).toBe(en.connection.atStart.waiting(2));
    connection.set({ kind: "online" });
    connection.set({ kind: "offline" });
    expect(text()).toBe(en.connection.offline);
  });

  test("counts down to the next try, and offers to try now", () => {
    const { clock, connection, text, model } = connect({ kind: "online" });
    connection.set({ kind: "waiting", retryAt: clock.now() + 2500, why: "unreachable" });
    expect(text()).toBe("Not connected. Trying again in 3 seconds.");
    expect(model.get().banner?.action?.kind).toBe("try-now");
    clock.advance(1400);
    expect(text()).toBe("Not connected. Trying again in 2 seconds.");
    clock.advance(1200);
    expect(text()).toBe(en.connection.waitingNow);
    connection.set({ kind: "online" });
    expect(text()).toBeUndefined();
  });

  test("says whose wait it is, in what it says and reads aloud once", () => {
    const { clock, connection, text, spoken, model } = connect({ kind: "online" });
    for (const why of ["asked", "foreign"] as const) {
      const words = en.connection.notLetIn[why];
      connection.set({ kind: "waiting", retryAt: clock.now() + 1_500, why });
      expect(text()).toBe(`${words} Trying again in 2 seconds.`);
      expect(model.get().banner?.action?.kind).toBe("try-now");
      connection.set({ kind: "connecting" });
      clock.advance(100);
      connection.set({ kind: "waiting", retryAt: clock.now() + 300_000, why });
      expect(text()).toBe(`${words} Trying again in 5 minutes.`);
      expect(spoken.splice(0)).toEqual([words]);
    }
  });

  test("stays in the same words while an attempt fails at once", () => {
    const { clock, connection, text, model } = connect({ kind: "online" });
    const shown: unknown[] = [];
    model.subscribe(() => shown.push(text()));
    const now = `${en.connection.notLetIn.foreign} Trying again now.`;
    connection.set({ kind: "waiting", retryAt: clock.now(), why: "foreign" });
    connection.set({ kind: "connecting" });
    clock.advance(600);
    connection.set({ kind: "waiting", retryAt: clock.now(), why: "foreign" });
    expect(shown).toEqual([now]);
    connection.set({ kind: "connecting" });
    clock.advance(800);
    expect(text()).toBe(en.connection.connecting);
  });

  test("counts by the clock that never jumps", () => {
    const { clock, connection, text } = connect({ kind: "online" });
    connection.set({ kind: "waiting", retryAt: clock.now() + 5_000, why: "unreachable" });
    clock.setForward(-3_600_000);
    clock.advance(2_000);
    expect(text()).toBe("Not connected. Trying again in 3 seconds.");
  });

  test("always has words, and a way on where there is one", () => {
    for (const kind of ["no-room", "offline", "signed-out", "device-closed", "superseded", "store-failed"] as const) {
      const { model } = connect({ kind });
      expect(model.get().banner?.text).not.toBe("");
      expect(model.get().banner?.action === undefined).toBe(kind === "offline");
    }
  });

  test("says how much waits to be sent", () => {
    const { conversations, model } = connect({ kind: "offline" });
    conversations.change({ pending: 4 });
    expect(model.get().pending).toBe(4);
  });
});

describe("a server that puts off what is sent", () => {
  const { holdUps } = en.connection;

  test("is mentioned and read aloud once, when it has lasted, and forgotten when it takes what waits", () => {
    const { clock, holdUp, text, spoken, model } = connect({ kind: "online" });
    holdUp("storage-full");
    clock.advance(2_900);
    expect(text()).toBeUndefined();
    clock.advance(200);
    expect(text()).toBe(holdUps["storage-full"]);
    expect(model.get().banner?.tone).toBe("held-up");
    clock.advance(60_000);
    expect(spoken).toEqual([holdUps["storage-full"]]);
    holdUp(undefined);
    clock.advance(1_000);
    expect(text()).toBeUndefined();
    expect(spoken).toHaveLength(1);
  });

  test("is not mentioned for a moment, nor for the second that follows it", () => {
    const { clock, holdUp, text, spoken, model } = connect({ kind: "online" });
    const shown: unknown[] = [];
    model.subscribe(() => shown.push(text()));
    holdUp("unavailable");
    clock.advance(2_500);
    holdUp(undefined);
    clock.advance(10_000);
    holdUp("unavailable");
    clock.advance(2_500);
    holdUp(undefined);
    clock.advance(10_000);
    expect([shown, spoken]).toEqual([[], []]);
  });

  test("is mentioned without a break while it takes some and puts off the rest", () => {
    const { clock, holdUp, text, spoken } = connect({ kind: "online" });
    const seen = new Set<string | undefined>();
    for (let time = 0; time < 20; time++) {
      holdUp("rate-limited");
      clock.advance(300);
      holdUp(undefined);
      clock.advance(300);
      if (time > 5) seen.add(text());
    }
    expect([...seen]).toEqual([holdUps["rate-limited"]]);
    expect(spoken).toEqual([holdUps["rate-limited"]]);
  });

  test("is mentioned with the most serious reason of now", () => {
    const { clock, holdUp, text, spoken } = connect({ kind: "online" });
    holdUp("rate-limited");
    clock.advance(3_000);
    holdUp("storage-full");
    expect(text()).toBe(holdUps["storage-full"]);
    expect(spoken).toEqual([holdUps["rate-limited"], holdUps["storage-full"]]);
  });

  test("gives way to what is said about the connection", () => {
    const { clock, connection, holdUp, text } = connect({ kind: "online" });
    holdUp("shutting-down");
    clock.advance(3_000);
    holdUp(undefined);
    connection.set({ kind: "offline" });
    expect(text()).toBe(en.connection.offline);
    connection.set({ kind: "online" });
    clock.advance(1_000);
    expect(text()).toBeUndefined();
  });
});

describe("[OUT6] the outbox", () => {
  test("is mentioned and read aloud when something was not accepted, until a person decides", () => {
    const { outbox, text, spoken, model } = connect({ kind: "online" });
    outbox.change({ failed: 2 });
    expect(text()).toBe("2 changes were not accepted.");
    expect(model.get().banner?.action).toEqual({ kind: "outbox", label: en.outbox.open });
    expect(spoken).toEqual(["2 changes were not accepted."]);
    outbox.change({ failed: 0 });
    expect(text()).toBeUndefined();
  });

  test("is mentioned when something waits for longer than a moment although there is a connection", () => {
    const { clock, conversations, text } = connect({ kind: "online" });
    conversations.change({ pending: 1 });
    clock.advance(1_000);
    conversations.change({ pending: 0 });
    clock.advance(5_000);
    expect(text()).toBeUndefined();
    conversations.change({ pending: 9_000 });
    clock.advance(3_100);
    expect(text()).toBe(en.connection.sending);
    conversations.change({ pending: 0 });
    clock.advance(1_100);
    expect(text()).toBeUndefined();
  });
});
