import type { Observable } from "@parley/client";

/** `blocked`: the browser was told not to show any. `unavailable`: this browser cannot, or not here. */
export type NotificationsState = "on" | "off" | "blocked" | "unavailable";

/** Whether messages that arrive, and reminders that become due, while nobody looks are told by the system, in this browser. */
export interface Notifications {
  readonly state: Observable<NotificationsState>;
  /** Asks the person's leave, which browsers allow only at a click. */
  switchOn(): Promise<void>;
  switchOff(): void;
}
