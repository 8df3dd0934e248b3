import { BaselineProcess } from "../baseline/baseline-process.ts";
import { connectAll } from "../load/connect-all.ts";
import { PairLoad } from "../load/pair-load.ts";
import { settlePairs } from "../load/settled-group.ts";
import { until } from "../load/until.ts";
import { median } from "../measure/percentiles.ts";
import { syncTime } from "../measure/sync-time.ts";
import { work } from "../measure/work.ts";
import { onServer } from "./on-server.ts";
import type { Bench, Row } from "./row.ts";

const PAIRS = 64;
/** A full window of each device: as many posts wait for an answer as the server gives credit for, in two frames. */
const WINDOW = 64;
const PER_FRAME = 32;
const SYNCS = 100;

interface Run {
  readonly acceptedPerS: number;
  /** Messages that became durable together. */
  readonly batch: number;
  readonly generatorShare: number;
  readonly othersShare: number;
  readonly processorUs: number;
  /** Rows that a raw insert stores in a second, in transactions of the same size. */
  readonly rawPerS: number;
}

/**
 * How many messages become durable in a second while every window is full, beside a prepared insert of the same bytes in transactions of the size that the
 * server reached. The senders are the receivers too, so that every message is also acknowledged and delivered.
 */
export const durableRate: Row = {
  id: "durable-rate",
  stores: true,
  async measure(bench) {
    const participants = await settlePairs(bench.folder, PAIRS);
    const sync = await syncTime(bench.folder, SYNCS, bench.wrapper);
    const runs = await onServer(bench.folder, { wrapper: bench.wrapper }, async (server) => {
      const everybody = { count: participants.length, perFrame: PER_FRAME };
      const { devices, close } = await connectAll(participants, server.port, everybody);
      const load = new PairLoad({ devices, perFrame: PER_FRAME, marks: false, latencies: false });
      const runs: Run[] = [];
      for (let run = 0; run < bench.runs; run++) runs.push(await measureOnce(bench, server.pid, load));
      close();
      return runs;
    });
    const of = (value: (run: Run) => number) => median(runs.map(value));
    return [
      {
        id: "durable-rate",
        title: "durable messages a second, windows full",
        unit: "/s",
        runs: runs.map(({ acceptedPerS }) => acceptedPerS),
        baseline: { name: "raw prepared insert", runs: runs.map(({ rawPerS }) => rawPerS) },
        budget: { bound: "at least", must: 0.3, aim: 0.6 },
        syncMs: sync.p50Ms,
        disturbance: of(({ othersShare }) => othersShare),
        details: {
          "messages in a batch": of(({ batch }) => batch),
          "processor µs per message": of(({ processorUs }) => processorUs),
          "cores used by the generator": of(({ generatorShare }) => generatorShare),
        },
      },
    ];
  },
};

async function measureOnce(bench: Bench, pid: number, load: PairLoad): Promise<Run> {
  load.keepOpen(WINDOW);
  await Bun.sleep(bench.quick ? 2_000 : 3_000);
  load.reset();
  const { seconds, processorUs, generatorShare, othersShare } = await work(
    bench.processors,
    pid,
    bench.quick ? 4_000 : 6_000,
  );
  const { accepted, batches } = load.reset();
  load.keepOpen(0);
  await until(() => load.settled, "the last messages to be answered and delivered");
  load.check();
  const batch = Math.max(1, Math.round(accepted / batches.size));
  return {
    acceptedPerS: accepted / seconds,
    batch,
    generatorShare,
    othersShare,
    processorUs: processorUs / accepted,
    rawPerS: await rawInsert(bench, batch),
  };
}

async function rawInsert({ folder, wrapper, quick }: Bench, batch: number): Promise<number> {
  const args = [folder, String(batch), String(quick ? 2 : 5), String(PAIRS)];
  const raw = new BaselineProcess("./raw-insert.ts", args, wrapper);
  try {
    return Number(await raw.line());
  } finally {
    await raw.end();
  }
}
