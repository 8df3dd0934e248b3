import type { Observable } from "@parley/client";

/** What the browser says of the storage of this site. */
export interface LocalStorageReport {
  /** Not thrown away when space is short. */
  readonly kept: boolean;
  readonly usedBytes: number | undefined;
}

export interface LocalStorage {
  /** Undefined as long as nothing is known. */
  readonly report: Observable<LocalStorageReport | undefined>;
  refresh(): void;
}
