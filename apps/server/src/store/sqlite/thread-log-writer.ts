import type { LogWriter } from "../../log/log-writer.ts";
import { StoreError } from "../store-error.ts";
import { errorOf } from "./failure.ts";
import { openThread } from "./open-thread.ts";
import type { Call, Method, Order, Report, ThreadOptions } from "./thread-messages.ts";

interface Pending {
  readonly call: Call;
  readonly resolve: (value: unknown) => void;
  readonly fail: (error: Error) => void;
}

type Result<Name extends Method> = ReturnType<LogWriter[Name]>;

/**
 * The writer on a thread of its own. Calls that come while it is busy travel together, so that small ones share a transaction. Batches of commands share theirs already
 * and are sent ahead: the thread begins the next one at once.
 */
export class ThreadLogWriter implements LogWriter {
  readonly #worker: Worker;
  readonly #waiting: Pending[] = [];
  readonly #sent = new Map<number, Pending>();
  readonly #onStopped: (error: Error) => void;
  #lastId = 0;
  #ended: StoreError | undefined;
  #closing = false;

  /**
   * Resolves when the database is open and up to date.
   *
   * @param onStopped called when nothing more can be written, whichever call was the first to meet it
   */
  static async open(options: ThreadOptions, onStopped: (error: Error) => void): Promise<ThreadLogWriter> {
    const script = new URL("./writer-thread.ts", import.meta.url);
    return new ThreadLogWriter(await openThread(script, { kind: "open", options } satisfies Order), onStopped);
  }

  private constructor(worker: Worker, onStopped: (error: Error) => void) {
    this.#worker = worker;
    this.#onStopped = onStopped;
    worker.onmessage = ({ data }: MessageEvent<Report>) => this.#settle(data);
    worker.onerror = ({ message }) => this.#end(`The store's thread ended: ${message}`);
    worker.addEventListener("close", () => this.#end("The store's thread ended."));
  }

  execute(...args: Parameters<LogWriter["execute"]>) {
    return this.#call("execute", args);
  }

  mark(...args: Parameters<LogWriter["mark"]>) {
    return this.#call("mark", args);
  }

  draft(...args: Parameters<LogWriter["draft"]>) {
    return this.#call("draft", args);
  }

  registerDevice(...args: Parameters<LogWriter["registerDevice"]>) {
    return this.#call("registerDevice", args);
  }

  closeDevice(...args: Parameters<LogWriter["closeDevice"]>) {
    return this.#call("closeDevice", args);
  }

  seen(...args: Parameters<LogWriter["seen"]>) {
    return this.#call("seen", args);
  }

  putProfile(...args: Parameters<LogWriter["putProfile"]>) {
    return this.#call("putProfile", args);
  }

  putPrivacy(...args: Parameters<LogWriter["putPrivacy"]>) {
    return this.#call("putPrivacy", args);
  }

  closeReport(...args: Parameters<LogWriter["closeReport"]>) {
    return this.#call("closeReport", args);
  }

  follow() {
    return this.#call("follow", []);
  }

  due() {
    return this.#call("due", []);
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.#call("close", []);
    this.#end("The store was closed.");
    this.#worker.terminate();
  }

  #call<Name extends Method>(method: Name, args: Parameters<LogWriter[Name]>): Result<Name> {
    const result = new Promise<unknown>((resolve, fail) => {
      if (this.#ended !== undefined) return fail(this.#ended);
      // Method and arguments belong together by the signature; the union cannot be told so.
      const call = { id: ++this.#lastId, method, args } as Call;
      this.#waiting.push({ call, resolve, fail });
      if (this.#sent.size === 0 || method === "execute") this.#send();
    });
    // The thread answers with what the same method of the same port returned.
    return result as Result<Name>;
  }

  #send(): void {
    const batch = this.#waiting.splice(0);
    for (const pending of batch) this.#sent.set(pending.call.id, pending);
    if (batch.length > 0) post(this.#worker, { kind: "calls", calls: batch.map(({ call }) => call) });
  }

  #settle(report: Report): void {
    if (report.kind !== "result" && report.kind !== "error") return;
    const pending = this.#sent.get(report.id);
    this.#sent.delete(report.id);
    if (this.#sent.size === 0) this.#send();
    if (report.kind === "result") {
      pending?.resolve(report.value);
      return;
    }
    const error = errorOf(report.failure);
    pending?.fail(error);
    if (report.failure.store === "stopped") this.#stopped(error);
  }

  #stopped(error: Error): void {
    if (!this.#closing) this.#onStopped(error);
  }

  #end(message: string): void {
    if (this.#ended === undefined) {
      this.#ended = new StoreError("stopped", message);
      this.#stopped(this.#ended);
    }
    for (const { fail } of [...this.#sent.values(), ...this.#waiting.splice(0)]) fail(this.#ended);
    this.#sent.clear();
  }
}

function post(worker: Worker, order: Order): void {
  worker.postMessage(order);
}
