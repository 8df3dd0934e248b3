import { describe, expect, test } from "bun:test";
import type { Socket, SocketHandlers } from "@parley/client";
import { noTrouble, type Trouble } from "../../features/inspector/view-model/inspector.ts";
import { troubledTransport } from "./troubled-transport.ts";

class Bench {
  trouble: Trouble = noTrouble;
  fraction = 0.5;
  readonly heard: string[] = [];
  readonly listened: string[] = [];
  readonly left: string[] = [];
  readonly socket: Socket;
  #line: SocketHandlers | undefined;
  #now = 0;
  #timers: { readonly at: number; readonly task: () => void }[] = [];

  constructor() {
    this.socket = troubledTransport({
      transport: {
        connect: (handlers) => {
          this.#line = handlers;
          return {
            encoding: "json",
            send: (frame) => this.left.push(String(frame)),
            close: () => this.left.push("closed"),
          };
        },
      },
      clock: {
        now: () => this.#now,
        elapsed: () => this.#now,
        after: (delayMs, task) => {
          this.#timers.push({ at: this.#now + delayMs, task });
          return () => undefined;
        },
      },
      random: { bytes: (count) => new Uint8Array(count), fraction: () => this.fraction },
      trouble: () => this.trouble,
      listener: {
        opened: (way) => this.listened.push(`opened by ${way}`),
        closed: ({ code }) => this.listened.push(`closed with ${code}`),
        sent: (_, frame) => this.listened.push(`sent ${frame}`),
        received: (_, frame) => this.listened.push(`received ${frame}`),
      },
    }).connect({
      opened: (way) => this.heard.push(`opened by ${way}`),
      received: (frame) => this.heard.push(String(frame)),
      closed: ({ code }) => this.heard.push(`closed ${code}`),
    });
  }

  opens(): void {
    this.#line?.opened("polling");
  }

  arrives(frame: string): void {
    this.#line?.received(frame);
  }

  breaks(): void {
    this.#line?.closed({ code: 1006 });
  }

  pass(ms: number): void {
    this.#now += ms;
    const due = this.#timers.filter(({ at }) => at <= this.#now).sort((one, other) => one.at - other.at);
    this.#timers = this.#timers.filter(({ at }) => at > this.#now);
    for (const { task } of due) task();
  }
}

describe("a troubled transport", () => {
  test("passes everything at once without trouble, and tells who listens", () => {
    const bench = new Bench();
    bench.opens();
    bench.socket.send("hello");
    bench.arrives("welcome");
    bench.breaks();
    expect(bench.left).toEqual(["hello"]);
    expect(bench.heard).toEqual(["opened by polling", "welcome", "closed 1006"]);
    expect(bench.listened).toEqual(["opened by polling", "sent hello", "received welcome", "closed with 1006"]);
  });

  test("keeps the order of frames when the delay is taken back meanwhile", () => {
    const bench = new Bench();
    bench.trouble = { latencyMs: 300, loss: 0 };
    bench.arrives("first");
    bench.socket.send("one");
    bench.trouble = noTrouble;
    bench.arrives("second");
    bench.socket.send("two");
    bench.pass(299);
    expect([bench.heard, bench.left]).toEqual([[], []]);
    bench.pass(1);
    expect(bench.heard).toEqual(["first", "second"]);
    expect(bench.left).toEqual(["one", "two"]);
    bench.arrives("third");
    expect(bench.heard).toEqual(["first", "second", "third"]);
  });

  test("a lost frame takes its connection with it, and nobody is told", () => {
    const bench = new Bench();
    bench.trouble = { latencyMs: 0, loss: 0.2 };
    bench.arrives("kept");
    bench.fraction = 0.1;
    bench.socket.send("lost");
    bench.fraction = 0.9;
    bench.trouble = noTrouble;
    bench.arrives("after it");
    bench.socket.send("after it");
    bench.breaks();
    expect(bench.heard).toEqual(["kept"]);
    expect(bench.left).toEqual([]);
  });

  test("says nothing more once it was closed", () => {
    const bench = new Bench();
    bench.trouble = { latencyMs: 100, loss: 0 };
    bench.arrives("late");
    bench.socket.close();
    bench.pass(100);
    expect(bench.heard).toEqual([]);
  });
});
