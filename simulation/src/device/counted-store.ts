import type { ClientStore } from "@parley/client";
import type { MemoryDisk } from "@parley/client-store";
import type { Coverage } from "../coverage.ts";
import { overriding } from "../mutants/overriding.ts";

/** Notes when history is given up because there is no room for more. */
export function countedStore(store: ClientStore, disk: MemoryDisk, coverage: Coverage): ClientStore {
  return overriding(store, {
    commit: async (generation, changes, durability) => {
      await store.commit(generation, changes, durability);
      const givesUp = changes[0]?.kind === "forget-entries" && disk.room < Number.POSITIVE_INFINITY;
      if (givesUp) coverage.add("history given up");
    },
  });
}
