import { type Answer, RetryCode } from "@parley/protocol";
import { retryAnswer } from "../executor/ruling.ts";
import { idOf } from "../executor/submission.ts";
import type { Submitted } from "../log/log-writer.ts";
import type { Submitter } from "./submitter.ts";

/** Lets commands in until the server shuts down, and knows when the last one that is in was answered. */
export class SubmissionGate implements Submitter {
  readonly #inner: Submitter;
  readonly #underWay = new Set<Promise<unknown>>();
  #retryAfterMs: number | undefined;

  constructor(inner: Submitter) {
    this.#inner = inner;
  }

  /** Whether somebody waits for an answer. */
  get busy(): boolean {
    return this.#underWay.size > 0;
  }

  submit(commands: readonly Submitted[]): Promise<readonly Answer[]> {
    const retryAfterMs = this.#retryAfterMs;
    if (retryAfterMs !== undefined) return Promise.resolve(commands.map(({ command }) => later(command, retryAfterMs)));
    const answers = this.#inner.submit(commands);
    const done: Promise<unknown> = answers.catch(() => undefined).finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
    return answers;
  }

  /** Lets nothing in any more; resolves when everything that is in was answered. */
  async shut(retryAfterMs: number): Promise<void> {
    this.#retryAfterMs = retryAfterMs;
    await Promise.all(this.#underWay);
  }
}

/** Nothing is recorded: the device sends again. */
function later(command: Uint8Array, retryAfterMs: number): Answer {
  return retryAnswer(idOf(command), RetryCode.SHUTTING_DOWN, retryAfterMs);
}
