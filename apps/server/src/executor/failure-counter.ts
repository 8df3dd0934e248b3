/** After this many failures alone a command is rejected. */
const FAILURES_TO_REJECT = 3;

/** Above this number the oldest count is dropped. */
const REMEMBERED_COMMANDS = 1_000;

/** Counts how often a command failed alone while the store went on committing others: then it is the command, not the store. */
export class FailureCounter {
  readonly #failures = new Map<string, { readonly count: number; readonly atCommit: number }>();
  #commits = 0;

  /** A transaction was committed. */
  commit(): void {
    this.#commits++;
  }

  /** A command failed alone. True when it has failed often enough. */
  fail(command: string): boolean {
    const former = this.#failures.get(command);
    if (former !== undefined && former.atCommit === this.#commits) return false;
    const count = (former?.count ?? 0) + 1;
    this.#failures.delete(command);
    if (count >= FAILURES_TO_REJECT) return true;
    this.#failures.set(command, { count, atCommit: this.#commits });
    if (this.#failures.size > REMEMBERED_COMMANDS) this.#dropOldest();
    return false;
  }

  #dropOldest(): void {
    for (const command of this.#failures.keys()) {
      this.#failures.delete(command);
      return;
    }
  }
}
