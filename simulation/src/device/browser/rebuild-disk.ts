import type { MemoryDisk } from "@parley/client-store";

/** A new store in the place of one that cannot be read, with the commands and drafts of the old one, as the browser's does it. How many were lost. */
export function rebuildDisk(disk: MemoryDisk): number {
  const { outbox, drafts } = disk.image.state();
  disk.evict();
  disk.faults = () => undefined;
  const changes = [
    ...outbox.map((entry) => ({ kind: "outbox", entry }) as const),
    ...drafts.map(({ conversation, text }) => ({ kind: "draft", conversation, text }) as const),
  ];
  disk.commit(disk.claim(), changes, "strict");
  return 0;
}
