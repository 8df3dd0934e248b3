import { ObservedValue } from "../observable/observed-value.ts";

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
