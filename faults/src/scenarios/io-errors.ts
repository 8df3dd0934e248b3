import { join } from "node:path";
import type { SeededRandom } from "@parley/simulation";
import { TracedFiles } from "../power/traced-files.ts";
import type { Outcome, PlayOptions, Scenario } from "../scenario.ts";
import { countsOf } from "../stage/counts-of.ts";
import { until } from "../stage/patience.ts";
import { Stage } from "../stage/stage.ts";

const BUSY_WITHIN_MS = 60_000;
const SAID = /Parley stops because its store failed: A commit failed;.*\(disk I\/O error\)/;

/** Writes and syncs of the write-ahead log fail under load. */
export const ioErrors: Scenario = {
  name: "io-errors",
  title: "writes and syncs that fail: the server ends or waits, and nothing that was not synced was acknowledged",
  share: 0.3,
  async play({ random, folder, times }: PlayOptions): Promise<Outcome> {
    const stage = await Stage.open({ random, folder: join(folder, "data") });
    const files = new TracedFiles(stage.server.folder, join(folder, "trace"), ["log.db-wal"]);
    try {
      await stage.begin();
      stage.crowd.work();
      await stage.server.kill();
      let spoiled = 0;
      for (let round = 0; round < times; round++) {
        const { injection, ends } = failure(round, random);
        await stage.server.start(files.options([injection]));
        const { pid } = stage.server.process;
        if (ends) await ended(stage, injection);
        else await survived(stage, files);
        await stage.server.kill();
        spoiled += await files.cutPower(pid, random);
      }
      await stage.server.start({});
      const violations = await stage.judge();
      return { violations, counts: { failures: times, "bytes spoiled": spoiled, ...countsOf(stage) } };
    } finally {
      await stage.close();
    }
  },
};

/** In strace's words; and whether the server has to end of it. */
function failure(round: number, random: SeededRandom): { readonly injection: string; readonly ends: boolean } {
  const sync = random.integer(2, 40);
  const write = random.integer(10, 300);
  switch (round % 3) {
    case 0:
      return { injection: `fsync,fdatasync:error=EIO:when=${sync}`, ends: true };
    case 1:
      return { injection: `pwrite64:error=EIO:when=${write}`, ends: true };
    default:
      return { injection: `pwrite64:error=ENOSPC:when=${write}..${write + random.integer(0, 20)}`, ends: false };
  }
}

async function ended({ server }: Stage, injection: string): Promise<void> {
  const { exited, output } = server.process;
  const code = await Promise.race([exited, Bun.sleep(BUSY_WITHIN_MS)]);
  if (code !== 1) throw new Error(`The server ended with ${code}, not 1, of ${injection}: ${output}`);
  if (!SAID.test(server.process.output)) {
    throw new Error(`The server did not say why it ended of ${injection}: ${server.process.output}`);
  }
}

/** Commands that found no room are accepted once there is some. */
async function survived({ recorder }: Stage, files: TracedFiles): Promise<void> {
  await until(
    () => files.injected > 0,
    BUSY_WITHIN_MS,
    () => "no write found the disk full",
  );
  const before = recorder.verdicts;
  await until(
    () => recorder.verdicts > before + 10,
    BUSY_WITHIN_MS,
    () => "nothing is stored after a write found the disk full",
  );
}
