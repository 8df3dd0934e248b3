import type { OutboxEntry, StoredState } from "../ports/client-store.ts";

/** What an engine held in memory of the outbox when its local store was lost. */
export interface Remains {
  /** The device that it was. */
  readonly device: string;
  readonly outbox: readonly OutboxEntry[];
}

/** What a store lacks of it: nothing if it is still the same device's, whose outbox it then is. */
export function savedFrom({ device, outbox }: Remains, stored: StoredState): readonly OutboxEntry[] {
  if (stored.meta?.device === device) return [];
  const known = new Set(stored.outbox.map(({ id }) => id));
  return outbox.filter(({ id }) => !known.has(id));
}
