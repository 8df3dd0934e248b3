import type { Clock } from "@parley/client";
import type { AppUpdates } from "../features/updates/view-model/app-updates.ts";
import { ObservedValue } from "../observable/observed-value.ts";
import { ServiceWorkerUpdates } from "./service-worker-updates.ts";

/** Updates by the service worker. On an insecure address there can be none, and a page for development, which has no version, wants none. */
export function openUpdates(window: Window, clock: Clock): AppUpdates {
  const { document, navigator, location } = window;
  const { version } = document.documentElement.dataset;
  if (version === undefined || !window.isSecureContext || !("serviceWorker" in navigator)) {
    return { ready: new ObservedValue(false), look: () => undefined, reload: () => location.reload() };
  }
  const { serviceWorker: container, locks } = navigator;
  const updates = new ServiceWorkerUpdates({ container, locks, clock, version, reload: () => location.reload() });
  // The first screen does not compete with the files for the next start.
  if (document.readyState === "complete") void updates.start();
  else window.addEventListener("load", () => void updates.start(), { once: true });
  return updates;
}
