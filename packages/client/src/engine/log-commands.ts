import type { Pending } from "../core/pending.ts";

/** This device's commands in one log, by id and in queue order. */
export class LogCommands {
  readonly #commands = new Map<string, Pending>();
  /** Commands that create the conversation: one, unless a rejected one was tried again. */
  readonly #creations = new Map<string, Pending>();
  #ordered: Pending[] | undefined;
  /** The map's own order is that of the queue, as long as commands come in that order. */
  #inOrder = true;
  #lastPosition = Number.NEGATIVE_INFINITY;

  get isEmpty(): boolean {
    return this.#commands.size === 0;
  }

  put(pending: Pending): void {
    const { id, position } = pending.entry;
    if (this.#commands.has(id)) this.#ordered = undefined;
    else {
      this.#inOrder &&= position > this.#lastPosition;
      this.#lastPosition = Math.max(this.#lastPosition, position);
    }
    this.#commands.set(id, pending);
    // What is added at the end leaves the order of the others as it is.
    if (this.#inOrder) this.#ordered?.push(pending);
    else this.#ordered = undefined;
    if (pending.command.body.case === "create") this.#creations.set(id, pending);
  }

  delete(id: string): void {
    this.#commands.delete(id);
    this.#creations.delete(id);
    this.#ordered = undefined;
  }

  /** The creation of the conversation, if it was not accepted. */
  get openCreation(): Pending | undefined {
    return [...this.#creations.values()].find(({ entry }) => entry.state.kind !== "accepted");
  }

  inOrder(): readonly Pending[] {
    this.#ordered ??= this.#inOrder ? [...this.#commands.values()] : sorted(this.#commands.values());
    return this.#ordered;
  }
}

function sorted(commands: Iterable<Pending>): Pending[] {
  return [...commands].sort((one, other) => one.entry.position - other.entry.position);
}
