import type { SeededRandom } from "@parley/simulation";
import type { Outcome, PlayOptions, Scenario } from "../scenario.ts";
import { countsOf } from "../stage/counts-of.ts";
import { until } from "../stage/patience.ts";
import type { ServerHost } from "../stage/server-host.ts";
import { Stage } from "../stage/stage.ts";

/** So many verdicts since the last start, then the next kill may come at any moment. */
const VERDICTS_BETWEEN = 25;
const BUSY_WITHIN_MS = 60_000;
const KILL_WITHIN_MS = 400;
const FROZEN_AT_MOST_MS = 300;
/** A start takes about so long. */
const START_MS = 600;

/** `kill -9` under load, again and again. */
export const killedServer: Scenario = {
  name: "killed-server",
  title: "kill -9 under load: what was acknowledged is there, once, in order, for everyone entitled",
  share: 1,
  async play({ random, folder, times }: PlayOptions): Promise<Outcome> {
    const stage = await Stage.open({ random, folder });
    try {
      await stage.begin();
      stage.crowd.work();
      let interrupted = 0;
      for (let kills = 0; kills < times; ) {
        await busy(stage, kills);
        await Bun.sleep(random.integer(0, KILL_WITHIN_MS));
        // What stands still can be killed as well.
        if (random.chance(0.2)) {
          stage.server.freeze();
          await Bun.sleep(random.integer(1, FROZEN_AT_MOST_MS));
        }
        await stage.server.kill();
        interrupted += stage.devices.filter(({ run }) => (run?.engine.conversations.get().pending ?? 0) > 0).length;
        kills += 1 + (await killStarting(stage.server, random));
        await stage.server.start();
      }
      if (interrupted === 0) throw new Error("Nobody waited for an answer when the server died.");
      const violations = await stage.judge();
      return { violations, counts: { kills: times, interrupted, ...countsOf(stage) } };
    } finally {
      await stage.close();
    }
  },
};

/** Waits until commands are judged again. */
async function busy({ recorder }: Stage, kills: number): Promise<void> {
  const before = recorder.verdicts;
  await until(
    () => recorder.verdicts >= before + VERDICTS_BETWEEN,
    BUSY_WITHIN_MS,
    () => `only ${recorder.verdicts - before} verdicts after kill ${kills}`,
  );
}

/** Now and then the next process dies as well, while it starts. How many did. */
async function killStarting(server: ServerHost, random: SeededRandom): Promise<number> {
  if (!random.chance(0.2)) return 0;
  return (await server.startAndKill(random.integer(1, START_MS))) ? 1 : 0;
}
