import type { Observable } from "@parley/client";
import { useSyncExternalStore } from "react";

/** What a view model shows now; draws the view again when it changes. Each view calls it once. */
export function useObservable<T>(observable: Observable<T>): T {
  return useSyncExternalStore(observable.subscribe, observable.get);
}
