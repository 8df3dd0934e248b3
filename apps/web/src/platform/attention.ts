import { ObservedValue } from "../observable/observed-value.ts";

/** Calls whenever a person may be looking at this page again, perhaps after a sleep, and when a page that was frozen goes on. Returns how to stop. */
export function whenSeen(window: Window, listener: () => void): () => void {
  const { document } = window;
  const over = new AbortController();
  const seen = () => document.visibilityState === "visible" && listener();
  document.addEventListener("visibilitychange", seen, { signal: over.signal });
  // Without anybody looking: what went on without it has to be made up for all the same.
  document.addEventListener("resume", () => listener(), { signal: over.signal });
  for (const event of ["focus", "pageshow"]) window.addEventListener(event, seen, { signal: over.signal });
  return () => over.abort();
}

/** Whether a person can be looking: the page is visible and its window has the focus. */
export function observeAttention(window: Window): ObservedValue<boolean> {
  const { document } = window;
  const looking = () => document.visibilityState === "visible" && document.hasFocus();
  const attention = new ObservedValue(looking());
  const update = () => attention.set(looking());
  for (const event of ["focus", "blur"]) window.addEventListener(event, update);
  document.addEventListener("visibilitychange", update);
  return attention;
}
