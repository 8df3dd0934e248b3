import type { SocketHandlers } from "@parley/client";
import type { EncodedFrame } from "@parley/protocol";
import type { Process } from "../time/process.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import { Direction } from "./direction.ts";

/** What the server does with its end of a connection. */
export interface ServerEnd {
  received(frame: EncodedFrame): void;
  closed(): void;
}

type Item =
  | { readonly kind: "frame"; readonly frame: EncodedFrame }
  | { readonly kind: "close"; readonly code: number };

const ABNORMAL_CLOSURE = 1006;

/** One WebSocket: two directions, and two ends that may learn of its end at different times, or one of them never. */
export class Connection {
  readonly #time: VirtualTime;
  readonly #delayMs: () => number;
  readonly #up: Direction<Item>;
  readonly #down: Direction<Item>;
  readonly #client: Process;
  readonly #handlers: SocketHandlers;
  #server: { readonly process: Process; readonly end: ServerEnd } | undefined;
  #clientOpen = true;
  #waitingBytes = 0;

  constructor(time: VirtualTime, delayMs: () => number, client: Process, handlers: SocketHandlers) {
    this.#time = time;
    this.#delayMs = delayMs;
    this.#client = client;
    this.#handlers = handlers;
    this.#up = new Direction(time, delayMs, (item) => this.#atServer(item));
    this.#down = new Direction(time, delayMs, (item) => this.#atClient(item));
  }

  /** Bytes on their way to the client. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  get open(): boolean {
    return this.#clientOpen && !this.#client.dead;
  }

  accept(process: Process, end: ServerEnd): void {
    this.#server = { process, end };
    this.#open();
  }

  /** Something on the way takes it, and carries nothing. */
  swallow(): void {
    this.#up.break();
    this.#open();
  }

  refuse(code = ABNORMAL_CLOSURE): void {
    this.#time.after(this.#delayMs(), () => this.#endClient(code));
  }

  fromClient(frame: EncodedFrame): void {
    if (this.#clientOpen) this.#up.send({ kind: "frame", frame });
  }

  fromServer(frame: EncodedFrame): void {
    this.#waitingBytes += frame.length;
    this.#down.send({ kind: "frame", frame });
  }

  closeFromClient(): void {
    this.#up.send({ kind: "close", code: ABNORMAL_CLOSURE });
    this.#endClient(ABNORMAL_CLOSURE);
  }

  closeFromServer(code: number): void {
    this.#down.send({ kind: "close", code });
    this.#server = undefined;
  }

  hold(): void {
    this.#up.hold();
    this.#down.hold();
  }

  release(): void {
    this.#up.release();
    this.#down.release();
  }

  /** Whatever is under way is lost. Who is not told finds a half-open connection. */
  break(told: { readonly client: boolean; readonly server: boolean }): void {
    this.#up.break();
    this.#down.break();
    if (told.client) this.#time.after(this.#delayMs(), () => this.#endClient(ABNORMAL_CLOSURE));
    if (told.server) this.#time.after(this.#delayMs(), () => this.#endServer());
  }

  #open(): void {
    this.#time.after(this.#delayMs(), () => this.#client.after(0, () => this.#clientOpen && this.#handlers.opened()));
  }

  #atServer(item: Item): void {
    const server = this.#server;
    if (item.kind === "close") this.#endServer();
    else server?.process.after(0, () => this.#server === server && server.end.received(item.frame));
  }

  #atClient(item: Item): void {
    if (item.kind === "close") {
      this.#endClient(item.code);
      return;
    }
    // A process that does not read leaves it in the buffers on the way.
    this.#client.after(0, () => {
      this.#waitingBytes -= item.frame.length;
      if (this.#clientOpen) this.#handlers.received(item.frame);
    });
  }

  #endClient(code: number): void {
    this.#client.after(0, () => {
      if (!this.#clientOpen) return;
      this.#clientOpen = false;
      this.#handlers.closed({ code });
    });
  }

  #endServer(): void {
    const server = this.#server;
    server?.process.after(0, () => {
      if (this.#server !== server) return;
      this.#server = undefined;
      server.end.closed();
    });
  }
}
