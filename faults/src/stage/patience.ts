const LOOK_AGAIN_MS = 20;

/** Waits until something holds. Throws what `what` says if it does not hold in time. */
export async function until(holds: () => boolean, withinMs: number, what: () => string): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`After ${withinMs} ms: ${what()}`);
    await Bun.sleep(LOOK_AGAIN_MS);
  }
}
