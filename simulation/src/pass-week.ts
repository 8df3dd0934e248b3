import type { World } from "./world.ts";

const WEEK_MS = 7 * 24 * 3_600_000;
const RETURN_WITHIN_MS = 20_000;
/** Messages of a device that wait in one conversation for a week. */
const MOST_BEFORE = 4;

/** A week in which nothing runs: some of the devices sleep with what waits in them, the others are off. They come back one by one, and talk on meanwhile. */
export async function passWeek(world: World): Promise<void> {
  const { coverage, trace, devices, random, server, typist } = world;
  coverage.add("fault week away");
  trace.add("fault week away");
  const chances = random.fork("a week away");
  server.crash(true);
  // Who keeps a server has backups of every day, and devices give back what a week of them may lack.
  server.backUp();
  for (const device of devices) {
    const listed = device.owner?.engine.conversations.get().conversations ?? [];
    for (const { id } of listed.filter(({ writable }) => writable)) {
      const count = chances.integer(1, MOST_BEFORE);
      for (let index = 0; index < count; index++) {
        typist.post(device, id, `${index} before the week of ${device.name}`);
        coverage.add("posted before a week away");
      }
    }
  }
  await world.run(2_000);
  for (const device of devices) {
    if (chances.chance(0.5)) device.fallAsleep();
    else device.kill();
  }
  await world.run(WEEK_MS);
  for (const device of devices) {
    world.time.after(chances.integer(0, RETURN_WITHIN_MS), () => {
      device.wakeUp();
      device.start();
    });
  }
  await world.time.await(server.start(), RETURN_WITHIN_MS, world.inspectStep);
  await world.run(RETURN_WITHIN_MS);
}
