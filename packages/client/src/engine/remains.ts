import type { ConfirmedDraft, OutboxEntry, StoredMeta, StoredState } from "../ports/client-store.ts";

/** What an engine held in memory, and no server may have, when its local store was lost. */
export interface Remains {
  /** The device that it was. */
  readonly device: string;
  readonly outbox: readonly OutboxEntry[];
  readonly drafts: StoredState["drafts"];
  /** What the drafts were made from. */
  readonly confirmedDrafts: readonly ConfirmedDraft[];
}

type Saved = Pick<StoredState, "outbox" | "drafts" | "confirmedDrafts">;

/** What a store lacks of it: nothing if it is still the same device's. */
export function savedFrom(remains: Remains | undefined, stored: StoredState): Saved {
  if (remains === undefined || stored.meta?.device === remains.device) {
    return { outbox: [], drafts: [], confirmedDrafts: [] };
  }
  const known = new Set(stored.outbox.map(({ id }) => id));
  const written = new Set([...stored.drafts, ...stored.confirmedDrafts].map(({ conversation }) => conversation));
  return {
    outbox: remains.outbox.filter(({ id }) => !known.has(id)),
    drafts: remains.drafts.filter(({ conversation }) => !written.has(conversation)),
    confirmedDrafts: remains.confirmedDrafts
      .filter(({ conversation }) => !written.has(conversation))
      // A new device is told every draft anew, and joins it with what it has made from this one.
      .map((draft) => ({ ...draft, version: 0 })),
  };
}

/**
 * In which history the server accepted what comes from another store, this one does not know, and heads that are current say nothing of it: so the
 * server is asked.
 *
 * @param outbox what the store did not hold together with its meta
 */
export function inDoubt(meta: StoredMeta, outbox: readonly OutboxEntry[]): StoredMeta {
  const accepted = outbox.filter(({ state }) => state.kind === "accepted").map(({ log }) => log);
  const doubted = [...new Set([...meta.doubted, ...accepted])];
  return doubted.length === meta.doubted.length ? meta : { ...meta, doubted };
}
