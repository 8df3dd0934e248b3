import type { Engine } from "@parley/client";
import { flushTag } from "../service-worker/flush-tag.ts";

/**
 * Asks the browser for a sync whenever something waits that cannot be sent now, and when this page is left while something waits: so that the service
 * worker sends it once there is a network, should no page be open by then. Without Background Sync nothing is asked; the next start sends.
 *
 * @returns how to stop
 */
export function flushWhenClosed(
  window: Window,
  account: string,
  { connection, conversations }: Pick<Engine, "connection" | "conversations">,
): () => void {
  const over = new AbortController();
  const { signal } = over;
  const { document, navigator } = window;
  if (!("serviceWorker" in navigator)) return () => undefined;
  let registration: ServiceWorkerRegistration | undefined;
  let isAsked = false;
  const waits = (): boolean => conversations.get().pending > 0;
  const ask = (): void => {
    if (waits() && registration !== undefined) void register(registration, flushTag(account));
  };
  const look = (): void => {
    const { kind } = connection.get();
    const isStuck = waits() && (kind === "offline" || kind === "waiting");
    if (isStuck && !isAsked) ask();
    isAsked = isStuck && registration !== undefined;
  };
  void navigator.serviceWorker.ready.then((ready) => {
    registration = ready;
    if (!signal.aborted) look();
  });
  const stops = [connection.subscribe(look), conversations.subscribe(look)];
  window.addEventListener("pagehide", ask, { signal });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && ask(), { signal });
  return () => {
    over.abort();
    for (const stop of stops) stop();
  };
}

interface SyncManager {
  register(tag: string): Promise<void>;
}

/** Not every browser has it, and in private windows it is refused. */
async function register(registration: ServiceWorkerRegistration & { readonly sync?: SyncManager }, tag: string) {
  try {
    await registration.sync?.register(tag);
  } catch {
    // Then the next start sends.
  }
}
