import type { Socket } from "bun";

/** A TCP connection that sends whatever it is told to, also what no client library would. */
export class RawSocket {
  /** Resolves when the connection has ended, whoever ended it. */
  readonly ended: Promise<void>;
  readonly #socket: Socket<undefined>;
  readonly #waiting: Uint8Array[] = [];
  readonly #inbox: Inbox;

  private constructor(socket: Socket<undefined>, inbox: Inbox) {
    this.#socket = socket;
    this.#inbox = inbox;
    this.ended = inbox.ended;
    inbox.drained = () => this.#flush();
  }

  /** @param url of the server; only its host and port count */
  static async open(url: string): Promise<RawSocket> {
    const { hostname, port, protocol } = new URL(url);
    const inbox = new Inbox();
    const socket = await Bun.connect<undefined>({
      hostname: hostname.replace(/^\[(.*)\]$/, "$1"),
      port: Number(port) || (protocol === "https:" ? 443 : 80),
      tls: protocol === "https:",
      data: undefined,
      socket: {
        data: (_socket, bytes) => inbox.take(new Uint8Array(bytes)),
        drain: () => inbox.drained(),
        close: () => inbox.end(),
        end: (one) => void one.end(),
        error: () => inbox.end(),
      },
    });
    return new RawSocket(socket, inbox);
  }

  /** Hands over everything that has come and everything that comes. */
  listen(take: (bytes: Uint8Array) => void): void {
    this.#inbox.listen(take);
  }

  send(data: Uint8Array | string): void {
    this.#waiting.push(typeof data === "string" ? new TextEncoder().encode(data) : data);
    if (this.#waiting.length === 1) this.#flush();
  }

  /** Reads nothing more until `resume`: what the server sends fills its buffers. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  close(): void {
    this.#socket.terminate();
  }

  #flush(): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const written = this.#socket.write(first);
      if (written < 0) return;
      if (written < first.length) {
        this.#waiting[0] = first.subarray(written);
        return;
      }
      this.#waiting.shift();
    }
  }
}

/** What came in before somebody listened is kept. */
class Inbox {
  readonly ended: Promise<void>;
  readonly end: () => void;
  drained: () => void = () => undefined;
  readonly #kept: Uint8Array[] = [];
  #listener: ((bytes: Uint8Array) => void) | undefined;

  constructor() {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.end = resolve;
  }

  take(bytes: Uint8Array): void {
    if (this.#listener === undefined) this.#kept.push(bytes);
    else this.#listener(bytes);
  }

  listen(take: (bytes: Uint8Array) => void): void {
    this.#listener = take;
    for (const bytes of this.#kept.splice(0)) take(bytes);
  }
}
