import type { Observable } from "@parley/client";
import type { Route } from "./route.ts";

/** The address bar, with its back and forward. */
export interface Router {
  readonly route: Observable<Route>;
  go(route: Route): void;
  /** Instead of the present entry of the history. */
  replace(route: Route): void;
}
