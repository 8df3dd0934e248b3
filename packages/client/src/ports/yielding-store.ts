import type { ClientStore } from "./client-store.ts";

/** A local store that can be claimed without taking it from anybody. */
export interface YieldingStore extends ClientStore {
  /** Of the newest owner; 0 before the first. */
  generation(): Promise<number>;

  /** Makes the caller the owner if nobody became it since `known` was the newest generation; otherwise undefined, and nothing has changed. */
  claimAfter(known: number): Promise<number | undefined>;
}
