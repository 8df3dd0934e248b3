import { type ClientStore, StaleOwnerError, StoreError, type YieldingStore } from "@parley/client";
import type { MemoryDisk } from "@parley/client-store";
import type { Coverage } from "../coverage.ts";
import { overriding } from "../mutants/overriding.ts";
import type { Violation } from "../oracle/violation.ts";

/** Who looks at what is written to the store of a device. */
export interface StoreWatch {
  readonly name: string;
  readonly disk: MemoryDisk;
  readonly coverage: Coverage;
  report(violations: readonly Violation[]): void;
}

/** The store of an engine: nothing of a former owner may get into it. */
export function watchedStore(store: ClientStore, watch: StoreWatch): ClientStore {
  return overriding(store, { commit: watchedCommit(store, watch) });
}

/** The store of a flush, which in addition may not take it from anybody. */
export function watchedFlushStore(store: YieldingStore, watch: StoreWatch): YieldingStore {
  return overriding(store, {
    commit: watchedCommit(store, watch),
    claimAfter: async (known) => {
      const generation = await store.claimAfter(known);
      if (generation !== undefined && generation !== known + 1) {
        watch.report([{ rule: "FLU1", detail: `a flush takes the store of ${watch.name} from its owner` }]);
      }
      return generation;
    },
  });
}

function watchedCommit(store: ClientStore, { name, disk, coverage, report }: StoreWatch): ClientStore["commit"] {
  return async (generation, changes, durability) => {
    try {
      await store.commit(generation, changes, durability);
    } catch (error) {
      coverage.add(`commit refused: ${whyRefused(error)}`);
      throw error;
    }
    if (generation !== disk.generation) {
      const detail = `owner ${generation} of the store of ${name} writes to it, which is that of ${disk.generation}`;
      report([{ rule: "STO2", detail }]);
    }
    const givesUp = changes[0]?.kind === "forget-entries" && disk.room < Number.POSITIVE_INFINITY;
    if (givesUp) coverage.add("history given up");
  };
}

function whyRefused(error: unknown): string {
  if (error instanceof StaleOwnerError) return "another owner";
  return error instanceof StoreError ? error.kind : String(error);
}
