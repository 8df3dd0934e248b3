import type { LocalStorageReport } from "../features/settings/view-model/local-storage.ts";
import { ObservedValue } from "../observable/observed-value.ts";

/** Whether the browser may throw away what this site keeps, and how much that is. */
export class KeptStorage {
  readonly report = new ObservedValue<LocalStorageReport | undefined>(undefined);
  readonly #manager: StorageManager | undefined;
  #asked = false;

  /** @param manager undefined where the address is not secure */
  constructor(manager: StorageManager | undefined) {
    this.#manager = manager;
  }

  /** Once there is something worth keeping: some browsers ask the person. */
  ask(): void {
    if (this.#asked) return;
    this.#asked = true;
    void this.#look((manager) => manager.persist());
  }

  refresh(): void {
    void this.#look((manager) => manager.persisted());
  }

  async #look(isKept: (manager: StorageManager) => Promise<boolean>): Promise<void> {
    const manager = this.#manager;
    if (manager === undefined) return;
    try {
      const [kept, { usage }] = await Promise.all([isKept(manager), manager.estimate()]);
      this.report.set({ kept, usedBytes: usage });
    } catch {
      // A browser that will not say: nothing is claimed.
    }
  }
}
