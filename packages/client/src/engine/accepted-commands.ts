import type { OutboxEntry } from "../ports/client-store.ts";

const MOST_COMMANDS = 1_000;
const MOST_BYTES = 4 * 1024 * 1024;
const LONGEST_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * The latest acknowledged commands of this device, kept so that a server restored from a backup can be given again what it lost: 1,000 of
 * them, 4 MiB, the last seven days. A backup that is older than that loses what is older than that.
 */
export class AcceptedCommands {
  readonly #now: () => number;
  readonly #kept = new Map<string, { readonly bytes: number; readonly at: number }>();
  #bytes = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Keeps a command; the ids of those that are kept no longer. */
  add(entry: OutboxEntry): readonly string[] {
    if (entry.state.kind !== "accepted") return [];
    this.delete(entry.id);
    this.#kept.set(entry.id, { bytes: entry.command.length, at: entry.state.receivedAt });
    this.#bytes += entry.command.length;
    const dropped: string[] = [];
    for (const [id, { at }] of this.#kept) {
      const tooMany = this.#kept.size > MOST_COMMANDS || this.#bytes > MOST_BYTES;
      if (!tooMany && at > this.#now() - LONGEST_MS) break;
      this.delete(id);
      dropped.push(id);
    }
    return dropped;
  }

  delete(id: string): void {
    this.#bytes -= this.#kept.get(id)?.bytes ?? 0;
    this.#kept.delete(id);
  }

  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }
}
