import type { Outcome, PlayOptions, Scenario } from "../scenario.ts";
import { countsOf } from "../stage/counts-of.ts";
import { Stage } from "../stage/stage.ts";

const ALIVE_AT_MOST_MS = 500;
const DEAD_AT_MOST_MS = 400;
/** Every so many deaths of devices the server dies as well. */
const DEATHS_PER_KILL = 4;

/** Devices lose their process or their power, and come back on what their store had synced. */
export const killedDevices: Scenario = {
  name: "killed-devices",
  title: "devices die and come back on their store, and the server as well now and then",
  share: 0.25,
  async play({ random, folder, times }: PlayOptions): Promise<Outcome> {
    const stage = await Stage.open({ random, folder });
    try {
      await stage.begin();
      stage.crowd.work();
      let lost = 0;
      for (let death = 0; death < times; death++) {
        await Bun.sleep(random.integer(50, ALIVE_AT_MOST_MS));
        const dying = random.sample(stage.devices, random.integer(1, stage.devices.length / 2));
        for (const device of dying) {
          const { relaxedCommits } = device.disk;
          const kept = random.chance(0.5) ? relaxedCommits : random.integer(0, relaxedCommits);
          lost += relaxedCommits - kept;
          device.kill(kept);
        }
        if (death % DEATHS_PER_KILL === 0) await stage.server.kill();
        await Bun.sleep(random.integer(0, DEAD_AT_MOST_MS));
        await stage.server.start();
        for (const device of dying) stage.start(device);
      }
      const violations = await stage.judge();
      return { violations, counts: { deaths: times, "lost commits": lost, ...countsOf(stage) } };
    } finally {
      await stage.close();
    }
  },
};
