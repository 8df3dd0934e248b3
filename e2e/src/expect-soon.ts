/** Checks again and again until it holds; in the end, what is wrong. */
export async function expectSoon(check: () => Promise<void>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    try {
      return await check();
    } catch {
      await Bun.sleep(50);
    }
  }
  await check();
}
