import type { StoreChange } from "@parley/client";
import type { MemoryDisk } from "@parley/client-store";

/**
 * A new store in the place of one that cannot be read, with the commands and drafts of the old one, as the browser's does it. How many were lost.
 *
 * @param salvage what of them is taken over
 */
export function rebuildDisk(
  disk: MemoryDisk,
  salvage: (saved: readonly StoreChange[]) => readonly StoreChange[],
): number {
  const { outbox, drafts, confirmedDrafts } = disk.image.state();
  disk.evict();
  disk.faults = () => undefined;
  const saved: StoreChange[] = [
    ...outbox.map((entry) => ({ kind: "outbox", entry }) as const),
    ...drafts.map(({ conversation, text }) => ({ kind: "draft", conversation, text }) as const),
    ...confirmedDrafts.map((draft) => ({ kind: "confirmed-draft", draft: { ...draft, version: 0 } }) as const),
  ];
  disk.commit(disk.claim(), salvage(saved), "strict");
  return 0;
}
