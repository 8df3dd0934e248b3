const LOOK_EVERY_MS = 2;
const PATIENCE_MS = 20_000;

/** Waits until something holds; throws if it takes too long. */
export async function until(holds: () => boolean, what: string, patienceMs = PATIENCE_MS): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`Waited too long for ${what}.`);
    await Bun.sleep(LOOK_EVERY_MS);
  }
}
