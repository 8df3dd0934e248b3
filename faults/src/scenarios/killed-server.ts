import type { Outcome, PlayOptions, Scenario } from "../scenario.ts";
import { countsOf } from "../stage/counts-of.ts";
import { until } from "../stage/patience.ts";
import { Stage } from "../stage/stage.ts";

/** So many verdicts since the last start, then the next kill may come at any moment. */
const VERDICTS_BETWEEN = 25;
const BUSY_WITHIN_MS = 60_000;
const KILL_WITHIN_MS = 400;

/** `kill -9` under load, again and again. */
export const killedServer: Scenario = {
  name: "killed-server",
  title: "kill -9 under load: what was acknowledged is there, once, in order, for everyone entitled",
  async play({ random, folder, times }: PlayOptions): Promise<Outcome> {
    const stage = await Stage.open({ random, folder });
    try {
      await stage.begin();
      stage.crowd.work();
      let interrupted = 0;
      for (let kill = 0; kill < times; kill++) {
        const before = stage.recorder.verdicts;
        await until(
          () => stage.recorder.verdicts >= before + VERDICTS_BETWEEN,
          BUSY_WITHIN_MS,
          () => `only ${stage.recorder.verdicts - before} verdicts since start ${kill}`,
        );
        await Bun.sleep(random.integer(0, KILL_WITHIN_MS));
        await stage.server.kill();
        interrupted += stage.devices.filter(({ run }) => (run?.engine.conversations.get().pending ?? 0) > 0).length;
        await stage.server.start();
      }
      const violations = await stage.judge();
      return { violations, counts: { kills: times, interrupted, ...countsOf(stage) } };
    } finally {
      await stage.close();
    }
  },
};
