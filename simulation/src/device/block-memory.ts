import type { ChoiceMemory } from "@parley/client";

/** What a device has learnt of its way to the server outlives what runs on it. */
export class BlockMemory implements ChoiceMemory {
  #blockedUntil = 0;

  recall(): number {
    return this.#blockedUntil;
  }

  keep(blockedUntil: number): void {
    this.#blockedUntil = blockedUntil;
  }
}
