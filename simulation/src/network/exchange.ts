import type { HttpAnswer, HttpCall } from "@parley/client";
import type { EncodedFrame, Encoding } from "@parley/protocol";
import { overriding } from "../mutants/overriding.ts";
import type { Process } from "../time/process.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import { Direction } from "./direction.ts";

/** What is asked, and by which device. */
export interface Asked {
  readonly device: string;
  readonly path: string;
  readonly encoding: Encoding;
  readonly body: EncodedFrame;
}

/** A request or an answer that broke off on its way. */
export class BrokenOff extends Error {
  override readonly name = "BrokenOff";
}

/** How much of the answer gets lost on the way. */
export type Loss = "nothing" | "all" | "the body";

export interface ExchangeParts {
  readonly time: VirtualTime;
  readonly delayMs: () => number;
  readonly client: Process;
  readonly asked: Asked;
  readonly loss: Loss;
}

type Up = "head" | "body" | "gone";
type Down = { readonly kind: "head"; readonly head: Head } | { readonly kind: "body" } | { readonly kind: "lost" };

interface Head {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: ArrayBuffer;
}

/** One HTTP request and its answer, on a connection of its own: so requests overtake each other. Either end may learn of its end, or neither. */
export class Exchange implements HttpCall {
  readonly asked: Asked;
  readonly answer: Promise<HttpAnswer>;
  readonly #time: VirtualTime;
  readonly #delayMs: () => number;
  readonly #client: Process;
  readonly #up: Direction<Up>;
  readonly #down: Direction<Down>;
  readonly #head = Promise.withResolvers<HttpAnswer>();
  readonly #answered = Promise.withResolvers<ArrayBuffer>();
  readonly #body = Promise.withResolvers<ArrayBuffer>();
  readonly #gone = new AbortController();
  readonly #loss: Loss;
  #server: Process | undefined;
  #bytes = new ArrayBuffer();
  #over = false;

  /** @param arrived called when the request reaches the server */
  constructor({ time, delayMs, client, asked, loss }: ExchangeParts, arrived: (exchange: Exchange) => void) {
    this.asked = asked;
    this.answer = this.#head.promise;
    this.#time = time;
    this.#delayMs = delayMs;
    this.#client = client;
    this.#loss = loss;
    this.#up = new Direction(time, delayMs, (item) => this.#atServer(item, arrived));
    this.#down = new Direction(time, delayMs, (item) => this.#atClient(item));
    // Whoever does not read it does not care how it ends.
    for (const promise of [this.#answered.promise, this.#body.promise]) promise.catch(() => undefined);
  }

  /** Whether something of it may still be under way. */
  get open(): boolean {
    return !this.#over && !this.#client.dead;
  }

  send(): void {
    this.#up.send("head");
    if (this.asked.body.length > 0) this.#up.send("body");
    else this.#body.resolve(new ArrayBuffer());
  }

  /** The device is not interested any more. What it said may still arrive. */
  cancel(): void {
    this.#fail();
    if (!this.#over) this.#up.send("gone");
  }

  /** A process of the server takes it; as its HTTP server gives it on. */
  accept(process: Process): Request {
    this.#server = process;
    const { device, path, encoding, body } = this.asked;
    const headers = {
      authorization: `Bearer ${device}`,
      "content-type": `application/${encoding}`,
      "content-length": String(bytesOf(body).byteLength),
    };
    const request = new Request(`http://server${path}`, { method: "POST", headers });
    return overriding(request, { signal: this.#gone.signal, arrayBuffer: () => this.#body.promise });
  }

  /** Whoever it was that took it answers. */
  async respond(response: Response): Promise<void> {
    const bytes = await response.arrayBuffer();
    if (this.#server?.dead === true) return;
    const { status, headers } = response;
    if (this.#loss !== "all") this.#down.send({ kind: "head", head: { status, headers, bytes } });
    if (this.#loss !== "nothing") this.#down.send({ kind: "lost" });
    else if (bytes.byteLength > 0) this.#down.send({ kind: "body" });
  }

  /** Nobody takes it. */
  refuse(): void {
    this.#time.after(this.#delayMs(), () => this.#endClient());
  }

  hold(): void {
    this.#up.hold();
    this.#down.hold();
  }

  release(): void {
    this.#up.release();
    this.#down.release();
  }

  /** Whatever is under way is lost. Who is not told waits for as long as it likes. */
  break(told: { readonly client: boolean; readonly server: boolean }): void {
    this.#up.break();
    this.#down.break();
    this.#over = true;
    if (told.client) this.#time.after(this.#delayMs(), () => this.#endClient());
    if (told.server) this.#time.after(this.#delayMs(), () => this.#endServer());
  }

  #atServer(item: Up, arrived: (exchange: Exchange) => void): void {
    if (item === "head") arrived(this);
    else if (item === "gone") this.#endServer();
    else this.#server?.after(0, () => this.#body.resolve(bytesOf(this.asked.body)));
  }

  #atClient(item: Down): void {
    if (item.kind === "lost") {
      this.#endClient();
      return;
    }
    this.#client.after(0, () => {
      if (item.kind === "head") this.#begin(item.head);
      else this.#finish();
    });
  }

  #begin({ status, headers, bytes }: Head): void {
    this.#bytes = bytes;
    const { promise } = this.#answered;
    const text = () => promise.then((each) => new TextDecoder().decode(each));
    this.#head.resolve({ status, headers, arrayBuffer: () => promise, text });
    if (bytes.byteLength === 0 && this.#loss === "nothing") this.#finish();
  }

  #finish(): void {
    this.#over = true;
    this.#answered.resolve(this.#bytes);
  }

  #endClient(): void {
    this.#over = true;
    this.#client.after(0, () => this.#fail());
  }

  #fail(): void {
    const why = new BrokenOff();
    this.#head.reject(why);
    this.#answered.reject(why);
  }

  #endServer(): void {
    this.#over = true;
    this.#server?.after(0, () => {
      this.#body.reject(new BrokenOff());
      this.#gone.abort();
    });
  }
}

/** In memory of its own. */
function bytesOf(body: EncodedFrame): ArrayBuffer {
  return (typeof body === "string" ? new TextEncoder().encode(body) : new Uint8Array(body)).buffer;
}
