import { connect, createServer, type Server, type Socket } from "node:net";
import { DelayLine } from "./delay-line.ts";

/** Up is from the device to the server. */
export type Way = "up" | "down";

/**
 * What becomes of bytes on one way. `pass`: they go on. `swallow`: they are taken in and thrown away, as on a link that is half open; what comes after
 * them on the same connection must never pass. `stall`: they are not even taken in, as by a reader that has stopped to read.
 */
export type Passage = "pass" | "swallow" | "stall";

interface Pipe {
  readonly way: Way;
  readonly from: Socket;
  readonly to: Socket;
  readonly line: DelayLine;
  /** Bytes of it were thrown away. */
  holed: boolean;
}

/** Stands between devices and a server on loopback, cuts and disturbs what passes, and counts it. */
export class CuttingProxy {
  readonly #server: Server;
  readonly #targetPort: () => number;
  readonly #pipes = new Set<Pipe>();
  /** Sockets whose other side has ended without their hearing of it. */
  readonly #unaware = new Set<Socket>();
  readonly #passage: Record<Way, Passage> = { up: "pass", down: "pass" };
  readonly #passed: Record<Way, number> = { up: 0, down: 0 };
  readonly #bytesLeft: Record<Way, number> = { up: Number.POSITIVE_INFINITY, down: Number.POSITIVE_INFINITY };
  #delayMs = 0;
  #swallowed = 0;

  private constructor(targetPort: () => number) {
    this.#targetPort = targetPort;
    this.#server = createServer((client) => this.#join(client));
  }

  /** @param targetPort of the server, asked at each connection */
  static async open(targetPort: () => number): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(targetPort);
    await new Promise<void>((resolve) => proxy.#server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("The proxy does not listen.");
    return `http://127.0.0.1:${address.port}`;
  }

  /** Bytes that were handed on so far. */
  passed(way: Way): number {
    return this.#passed[way];
  }

  /** Bytes that were thrown away so far. */
  get swallowed(): number {
    return this.#swallowed;
  }

  set(way: Way, passage: Passage): void {
    this.#passage[way] = passage;
    for (const pipe of this.#pipes) {
      if (pipe.way !== way) continue;
      if (passage === "stall") pipe.from.pause();
      else pipe.from.resume();
    }
  }

  /** Everything takes this much longer. */
  delay(delayMs: number): void {
    this.#delayMs = delayMs;
  }

  /** Lets so many more bytes pass, then cuts the connection that sent them: in the middle of whatever is under way. */
  cutAfter(way: Way, bytes: number): void {
    this.#bytesLeft[way] = bytes;
  }

  /** Ends every connection; new ones are taken. */
  cut(): void {
    for (const pipe of [...this.#pipes]) this.#end(pipe);
    for (const socket of this.#unaware) socket.destroy();
    this.#unaware.clear();
  }

  /** Ends every connection; new ones are taken and lead nowhere, until `heal`. */
  sever(): void {
    for (const way of ["up", "down"] as const) this.set(way, "swallow");
    this.cut();
  }

  /** Everything passes again at once; connections that have lost something end. */
  heal(): void {
    this.#delayMs = 0;
    for (const pipe of [...this.#pipes]) if (pipe.holed) this.#end(pipe);
    for (const socket of this.#unaware) socket.destroy();
    this.#unaware.clear();
    for (const way of ["up", "down"] as const) {
      this.set(way, "pass");
      this.#bytesLeft[way] = Number.POSITIVE_INFINITY;
    }
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #join(client: Socket): void {
    const server = connect(this.#targetPort(), "127.0.0.1");
    this.#pipe("up", client, server);
    this.#pipe("down", server, client);
  }

  #pipe(way: Way, from: Socket, to: Socket): void {
    const pipe: Pipe = { way, from, to, line: new DelayLine(), holed: false };
    this.#pipes.add(pipe);
    from.setNoDelay(true);
    from.on("data", (bytes: Buffer) => this.#handOn(pipe, bytes));
    to.on("drain", () => this.#passage[way] === "stall" || from.resume());
    // A reset is an end like any other here.
    from.on("error", () => undefined);
    from.on("close", () => {
      this.#pipes.delete(pipe);
      // On a link that is half open nobody hears of the other's end.
      if (this.#passage[way] === "pass") pipe.line.add(this.#delayMs, () => to.end());
      else this.#unaware.add(to);
    });
    if (this.#passage[way] === "stall") from.pause();
  }

  #handOn(pipe: Pipe, bytes: Buffer): void {
    const { way } = pipe;
    if (this.#passage[way] === "swallow" || pipe.holed) {
      this.#swallowed += bytes.length;
      pipe.holed = true;
      return;
    }
    const part = bytes.subarray(0, Math.min(bytes.length, this.#bytesLeft[way]));
    this.#bytesLeft[way] -= part.length;
    pipe.line.add(this.#delayMs, () => this.#write(pipe, part));
    if (part.length === bytes.length) return;
    this.#bytesLeft[way] = Number.POSITIVE_INFINITY;
    pipe.holed = true;
    // `end` lets go what was written before.
    pipe.line.add(this.#delayMs, () => {
      pipe.to.end();
      pipe.from.destroy();
    });
  }

  #write({ way, from, to }: Pipe, bytes: Buffer): void {
    if (to.destroyed) return;
    this.#passed[way] += bytes.length;
    if (!to.write(bytes)) from.pause();
  }

  #end({ from, to, line }: Pipe): void {
    line.clear();
    from.destroy();
    to.destroy();
  }
}
