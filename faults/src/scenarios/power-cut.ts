import { join } from "node:path";
import { TracedFiles } from "../power/traced-files.ts";
import type { Outcome, PlayOptions, Scenario } from "../scenario.ts";
import { countsOf } from "../stage/counts-of.ts";
import { until } from "../stage/patience.ts";
import { Stage } from "../stage/stage.ts";

const VERDICTS_BETWEEN = 15;
const BUSY_WITHIN_MS = 60_000;
const CUT_WITHIN_MS = 300;
/** Every sync begins this much later, so that many cuts fall between a write and its sync. Microseconds. */
const SYNC_DELAY = 20_000;

/** The power fails under load: the process is gone, and with it whatever it had written and not synced. */
export const powerCut: Scenario = {
  name: "power-cut",
  title: "power cuts: what was not synced is lost or spoiled, what was acknowledged is there",
  share: 0.5,
  async play({ random, folder, times }: PlayOptions): Promise<Outcome> {
    const stage = await Stage.open({ random, folder: join(folder, "data") });
    const files = new TracedFiles(stage.server.folder, join(folder, "trace"));
    const start = () => stage.server.start(files.options([`fsync,fdatasync:delay_enter=${SYNC_DELAY}`]));
    try {
      await stage.server.stop();
      await start();
      await stage.begin();
      stage.crowd.work();
      let spoiled = 0;
      for (let cut = 0; cut < times; cut++) {
        const before = stage.recorder.verdicts;
        await until(
          () => stage.recorder.verdicts >= before + VERDICTS_BETWEEN,
          BUSY_WITHIN_MS,
          () => `only ${stage.recorder.verdicts - before} verdicts since cut ${cut}`,
        );
        await Bun.sleep(random.integer(0, CUT_WITHIN_MS));
        const { pid } = stage.server.process;
        // Now and then while it stops, when the log is copied into the database.
        if (cut % 3 === 2) {
          process.kill(pid, "SIGTERM");
          await Bun.sleep(random.integer(0, CUT_WITHIN_MS));
        }
        await stage.server.kill();
        spoiled += await files.cutPower(pid, random);
        await start();
      }
      if (spoiled === 0) throw new Error("No cut took anything.");
      const violations = await stage.judge();
      return { violations, counts: { cuts: times, "bytes spoiled": spoiled, ...countsOf(stage) } };
    } finally {
      await stage.close();
    }
  },
};
