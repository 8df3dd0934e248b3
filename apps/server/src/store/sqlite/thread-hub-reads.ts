import type { EncodedCatchUp } from "../../log/encoded-catch-up.ts";
import type { CatchUpRequest, Run } from "../../log/log-reader.ts";
import { StoreError } from "../store-error.ts";
import { errorOf } from "./failure.ts";
import { attendanceOf, authorshipsOf, type HubFinding, type HubRead, type HubReads, roomsOf } from "./hub-reads.ts";
import { openThread } from "./open-thread.ts";
import type { ReadingOrder, ReadingReport } from "./reading-messages.ts";

interface Pending {
  readonly resolve: (found: HubFinding) => void;
  readonly fail: (error: Error) => void;
}

/** The reads of the hub, made on a thread of their own. */
export class ThreadHubReads implements HubReads {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  readonly #closed = Promise.withResolvers<void>();
  readonly #onStopped: (error: Error) => void;
  #lastId = 0;
  #ended: StoreError | undefined;

  /**
   * Resolves when the file, which has to be up to date, is open.
   *
   * @param onStopped called when the thread has ended by itself: nothing more can be read
   */
  static async open(path: string, onStopped: (error: Error) => void): Promise<ThreadHubReads> {
    const script = new URL("./reading-thread.ts", import.meta.url);
    return new ThreadHubReads(await openThread(script, { kind: "open", path } satisfies ReadingOrder), onStopped);
  }

  private constructor(worker: Worker, onStopped: (error: Error) => void) {
    this.#worker = worker;
    this.#onStopped = onStopped;
    worker.onmessage = ({ data }: MessageEvent<ReadingReport>) => this.#settle(data);
    worker.onerror = ({ message }) => this.#died(`The store's reading thread ended: ${message}`);
    worker.addEventListener("close", () => this.#died("The store's reading thread ended."));
  }

  async attendance(account: string) {
    return attendanceOf(await this.#readText({ method: "attendance", account }));
  }

  async rooms(conversations: readonly string[]) {
    return roomsOf(await this.#readText({ method: "rooms", conversations }));
  }

  async authorships(runs: readonly Run[]) {
    return authorshipsOf(await this.#readText({ method: "authorships", runs }));
  }

  async catchUp(viewer: string, request: CatchUpRequest): Promise<EncodedCatchUp | undefined> {
    const found = await this.#read({ method: "catchUp", viewer, request });
    if (typeof found === "string") throw new TypeError("A catch-up was answered with a text.");
    return found;
  }

  /** Resolves when what was asked for is read and the file closed. */
  async close(): Promise<void> {
    if (this.#ended !== undefined) return;
    post(this.#worker, { kind: "close" });
    await this.#closed.promise;
    this.#end("The store was closed.");
    this.#worker.terminate();
  }

  async #readText(read: HubRead): Promise<string> {
    const found = await this.#read(read);
    if (typeof found !== "string") throw new TypeError(`${read.method} was not answered with a text.`);
    return found;
  }

  #read(read: HubRead): Promise<HubFinding> {
    return new Promise((resolve, fail) => {
      if (this.#ended !== undefined) throw this.#ended;
      const id = ++this.#lastId;
      this.#pending.set(id, { resolve, fail });
      post(this.#worker, { kind: "read", id, read });
    });
  }

  #settle(report: ReadingReport): void {
    if (report.kind === "closed") this.#closed.resolve();
    if (report.kind !== "read" && report.kind !== "error") return;
    const pending = this.#pending.get(report.id);
    this.#pending.delete(report.id);
    if (report.kind === "read") pending?.resolve(report.found);
    else pending?.fail(errorOf(report.failure));
  }

  #died(message: string): void {
    if (this.#ended === undefined) this.#onStopped(this.#end(message));
  }

  #end(message: string): StoreError {
    const ended = new StoreError("stopped", message);
    this.#ended = ended;
    for (const { fail } of this.#pending.values()) fail(ended);
    this.#pending.clear();
    this.#closed.resolve();
    return ended;
  }
}

function post(worker: Worker, order: ReadingOrder): void {
  worker.postMessage(order);
}
