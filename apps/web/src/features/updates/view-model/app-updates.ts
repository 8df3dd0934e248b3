import type { Observable } from "@parley/client";

/** Newer versions of the app. One is offered as soon as all of it is on this device; it is never forced on anybody. */
export interface AppUpdates {
  readonly ready: Observable<boolean>;
  /** The server may have a newer version by now. */
  look(): void;
  /** Opens the newer version in place of this page. */
  reload(): void;
}
