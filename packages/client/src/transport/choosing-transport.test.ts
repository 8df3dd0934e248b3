import { expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { type EncodedFrame, encodeServerFrame, ServerFrameSchema } from "@parley/protocol";
import type { Socket, SocketClosed, SocketHandlers, Transport } from "../ports/transport.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { ChoosingTransport } from "./choosing-transport.ts";

const pong = encodeServerFrame("proto", create(ServerFrameSchema, { frame: { case: "pong", value: { nonce: 1 } } }));

/** Sockets that do what the test says, in the order in which they were begun. */
class Sockets implements Transport {
  readonly begun: { readonly handlers: SocketHandlers; readonly sent: EncodedFrame[]; closed: boolean }[] = [];

  connect(handlers: SocketHandlers): Socket {
    const one = { handlers, sent: [] as EncodedFrame[], closed: false };
    this.begun.push(one);
    return {
      encoding: "proto",
      send: (frame) => one.sent.push(frame),
      close: () => {
        one.closed = true;
      },
    };
  }

  get last() {
    const last = this.begun.at(-1);
    if (last === undefined) throw new Error("None was begun.");
    return last;
  }
}

class Stage {
  readonly clock = new ManualClock();
  readonly sockets = new Sockets();
  readonly polls = new Sockets();
  readonly told: (string | SocketClosed)[] = [];
  readonly remembered: number[] = [];
  returnOfNetwork: () => void = () => undefined;
  readonly transport = new ChoosingTransport({
    socket: this.sockets,
    polling: this.polls,
    encoding: "proto",
    clock: this.clock,
    random: { bytes: (count) => new Uint8Array(count), fraction: () => 0 },
    network: {
      online: () => true,
      onLoss: () => () => undefined,
      onReturn: (listener) => {
        this.returnOfNetwork = listener;
        return () => undefined;
      },
    },
    memory: { recall: () => this.remembered.at(-1) ?? 0, keep: (until) => this.remembered.push(until) },
  });

  connect(): Socket {
    return this.transport.connect({
      opened: () => this.told.push("opened"),
      received: (frame) => this.told.push(`${frame.length} bytes`),
      closed: (why) => this.told.push(why),
    });
  }
}

test("[CON5] [CON6] where a socket fails frames go over polling, until a socket works: then who is connected is told to connect again", async () => {
  const stage = new Stage();
  const socket = stage.connect();
  stage.sockets.last.handlers.closed({ code: 1006 });
  stage.polls.last.handlers.opened();
  socket.send(Uint8Array.of(1));
  expect([stage.told, stage.polls.last.sent]).toEqual([["opened"], [Uint8Array.of(1)]]);

  await stage.clock.advance(2_000);
  stage.sockets.last.handlers.opened();
  await stage.clock.advance(0);
  expect([stage.sockets.begun.length, stage.sockets.last.sent.length]).toEqual([2, 1]);
  stage.polls.last.handlers.received(pong);
  stage.sockets.last.handlers.received(pong);
  expect(stage.told).toEqual(["opened", `${pong.length} bytes`, { code: 1000, moved: true }]);
  expect(stage.polls.last.closed).toBe(true);

  const next = stage.connect();
  expect([stage.told.at(-1), stage.sockets.begun.length]).toEqual(["opened", 2]);
  next.send(Uint8Array.of(2));
  expect(stage.sockets.last.sent[1]).toEqual(Uint8Array.of(2));
  stage.sockets.last.handlers.received(Uint8Array.of(1, 2, 3));
  expect(stage.told.at(-1)).toBe("3 bytes");
  expect(stage.remembered.at(-1)).toBe(0);
  stage.sockets.last.handlers.closed({ code: 4009 });
  expect(stage.told.at(-1)).toEqual({ code: 4009 });
});

test("[CON5] where an upgrade hangs polling is chosen within 3 s, where it fails at once", async () => {
  const hanging = new Stage();
  hanging.connect();
  while (hanging.polls.begun.length === 0) await hanging.clock.advance(1);
  // What opening a poll takes.
  await hanging.clock.advance(400);
  hanging.polls.last.handlers.opened();
  expect(hanging.told).toEqual(["opened"]);
  expect(hanging.clock.elapsed()).toBeLessThan(3_000);
  expect(hanging.sockets.last.closed).toBe(true);

  const failing = new Stage();
  failing.connect();
  failing.sockets.last.handlers.closed({ code: 1006 });
  expect([failing.polls.begun.length, failing.clock.elapsed()]).toEqual([1, 0]);
});

test("[CON6] a socket that opens but swallows what it is given does not take over", async () => {
  const stage = new Stage();
  stage.connect();
  stage.sockets.last.handlers.closed({ code: 1006 });
  stage.polls.last.handlers.opened();
  await stage.clock.advance(2_000);
  stage.sockets.last.handlers.opened();
  await stage.clock.advance(5_000);
  expect([stage.told, stage.sockets.last.closed, stage.polls.last.closed]).toEqual([["opened"], true, false]);
  await stage.clock.advance(5_000);
  stage.returnOfNetwork();
  expect(stage.sockets.begun).toHaveLength(3);
});

test("what comes late from a way that was given up is not told; of two failures the one that says more is", () => {
  const stage = new Stage();
  stage.connect().close();
  stage.sockets.last.handlers.opened();
  stage.sockets.last.handlers.received(pong);
  expect([stage.told, stage.sockets.last.closed]).toEqual([[], true]);
  stage.connect();
  stage.sockets.last.handlers.closed({ code: 1006 });
  stage.polls.last.handlers.closed({ code: 1006, fault: "foreign" });
  expect(stage.told).toEqual([{ code: 1006, fault: "foreign" }]);
});

test("[CON3] when to come again is told, whichever way it was said", () => {
  const stage = new Stage();
  stage.connect();
  stage.sockets.last.handlers.closed({ code: 1006 });
  stage.polls.last.handlers.closed({ code: 1006, retryAfterMs: 7_000 });
  expect(stage.told).toEqual([{ code: 1006, retryAfterMs: 7_000 }]);
});

test("the next start begins with what worked", () => {
  const first = new Stage();
  first.connect();
  first.sockets.last.handlers.closed({ code: 1006 });
  first.polls.last.handlers.opened();
  const second = new Stage();
  second.remembered.push(...first.remembered);
  second.connect();
  expect([second.sockets.begun.length, second.polls.begun.length]).toEqual([0, 1]);
});
