import type { LogWriter, MarkOutcome, MarkRequest } from "../log/log-writer.ts";

interface Waiting {
  request: MarkRequest;
  readonly done: Promise<MarkOutcome | undefined>;
}

/** Stores marks, one write per account and conversation at a time: what arrives meanwhile merges into one next write. */
export class MarkWriter {
  readonly #writer: LogWriter;
  readonly #expect: (at: number) => void;
  readonly #busy = new Map<string, { readonly current: Promise<unknown>; next: Waiting | undefined }>();

  /** @param expect is told when something is due by a mark */
  constructor(writer: LogWriter, expect: (at: number) => void) {
    this.#writer = writer;
    this.#expect = expect;
  }

  write(account: string, request: MarkRequest): Promise<MarkOutcome | undefined> {
    const key = `${account}/${request.conversation}`;
    const busy = this.#busy.get(key);
    if (busy === undefined) return this.#start(key, account, request);
    if (busy.next === undefined) {
      const waiting: Waiting = { request, done: busy.current.then(() => this.#start(key, account, waiting.request)) };
      busy.next = waiting;
    } else busy.next.request = merged(busy.next.request, request);
    return busy.next.done;
  }

  #start(key: string, account: string, request: MarkRequest): Promise<MarkOutcome | undefined> {
    const writing = this.#writer.mark(account, request);
    const busy = {
      current: writing.then(
        (outcome) => {
          this.#finish(key);
          if (outcome?.due !== undefined) this.#expect(outcome.due);
        },
        () => this.#finish(key),
      ),
      next: undefined,
    };
    this.#busy.set(key, busy);
    return writing;
  }

  #finish(key: string): void {
    if (this.#busy.get(key)?.next === undefined) this.#busy.delete(key);
  }
}

function merged(one: MarkRequest, other: MarkRequest): MarkRequest {
  return {
    conversation: one.conversation,
    delivered: Math.max(one.delivered, other.delivered),
    read: Math.max(one.read, other.read),
  };
}
