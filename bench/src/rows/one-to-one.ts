import { connectAll } from "../load/connect-all.ts";
import { OpenLoop } from "../load/open-loop.ts";
import { type PairCounts, PairLoad } from "../load/pair-load.ts";
import { settlePairs } from "../load/settled-group.ts";
import { until } from "../load/until.ts";
import { median, percentile, percentiles } from "../measure/percentiles.ts";
import { type SyncTime, syncTime } from "../measure/sync-time.ts";
import { type Work, work } from "../measure/work.ts";
import type { Budget, Finding } from "../report/finding.ts";
import { onServer } from "./on-server.ts";
import { measuringMs, settlingMs } from "./pace.ts";
import { Relay } from "./relay.ts";
import type { Bench, Row } from "./row.ts";

const PAIRS = 64;
const PER_SECOND = 500;
/** Posts of each device that wait for an answer when the server is saturated. */
const SATURATED = 4;
const MARKS_SWEEP_MS = 20;
const SHARES = [0.5, 0.99, 0.999];
const SHARE_NAMES = ["p50", "p99", "p99.9"];
const SYNCS = 100;

/** In microseconds, of a busy server; a quiet one is held against the relay in the same run (docs/decisions/0022). */
const budgetWhenBusy: Budget = { bound: "at most", must: 200, aim: 100 };
const budgetWhenQuiet: Budget = { bound: "at most", must: 3, aim: 2 };

type Pace = "500 a second" | "saturated";

interface Variant {
  readonly pace: Pace;
  readonly marks: boolean;
}

interface Run extends Work {
  readonly counts: PairCounts;
  readonly late: readonly number[];
}

/** People in pairs write to each other, all of them online: each message is durable, acknowledged and delivered. */
export const oneToOneRows: readonly Row[] = [
  {
    id: "one-to-one",
    stores: true,
    async measure(bench) {
      const costs: number[] = [];
      const { runs, sync } = await besideRelay(bench, (relay) =>
        measure(bench, { pace: "500 a second", marks: false }, async () => {
          if (relay !== undefined) costs.push(await relay.cost());
        }),
      );
      const cost = costOf("one-to-one", "1:1 at 500/s: processor time per message", runs, sync);
      const compared = { baseline: { name: "a bare relay", runs: costs }, budget: budgetWhenQuiet };
      return [
        bench.slowDisk ? cost : { ...cost, ...compared },
        ...latencies("send → ack", runs, sync, "toAck"),
        ...latencies("send → receive", runs, sync, "toReceive"),
      ];
    },
  },
  {
    id: "one-to-one-saturated",
    stores: true,
    async measure(bench) {
      const { runs, sync } = await measure(bench, { pace: "saturated", marks: false });
      const cost = costOf("one-to-one-saturated", "1:1 saturated: processor time per message", runs, sync);
      return [{ ...cost, budget: budgetWhenBusy }];
    },
  },
  {
    id: "one-to-one-marks",
    stores: true,
    async measure(bench) {
      const { runs, sync } = await measure(bench, { pace: "500 a second", marks: true });
      return [costOf("one-to-one-marks", "1:1 at 500/s, everybody marks: processor time per message", runs, sync)];
    },
  },
];

/** Not on a slow disk: with a sync for each message a bare relay cannot keep that pace there. */
async function besideRelay<T>(bench: Bench, work: (relay: Relay | undefined) => Promise<T>): Promise<T> {
  if (bench.slowDisk) return work(undefined);
  const relay = await Relay.open(bench, { devices: 2 * PAIRS, perSecond: PER_SECOND });
  try {
    return await work(relay);
  } finally {
    await relay.close();
  }
}

/** @param between called after each run, when nothing is under way: what the run is compared with is measured then, on the machine as it is in these seconds */
async function measure(
  bench: Bench,
  { pace, marks }: Variant,
  between: () => Promise<void> = async () => undefined,
): Promise<{ runs: Run[]; sync: SyncTime }> {
  const participants = await settlePairs(bench.folder, PAIRS);
  const sync = await syncTime(bench.folder, SYNCS, bench.wrapper);
  const runs = await onServer(bench.folder, { wrapper: bench.wrapper }, async (server) => {
    const everybody = { count: participants.length, perFrame: 1 };
    const { devices, close } = await connectAll(participants, server.port, everybody);
    const load = new PairLoad({ devices, perFrame: 1, marks, latencies: pace !== "saturated" });
    const sweep = setInterval(() => load.mark(performance.now()), MARKS_SWEEP_MS);
    await warmUp(bench, load);
    const runs: Run[] = [];
    for (let run = 0; run < bench.runs; run++) {
      runs.push(await during(load, pace, bench, server.pid));
      await between();
    }
    clearInterval(sweep);
    load.check();
    close();
    return runs;
  });
  return { runs, sync };
}

/** One run; everything was answered and delivered when it returns. */
async function during(load: PairLoad, pace: Pace, { quick, processors }: Bench, pid: number): Promise<Run> {
  const pacing = start(load, pace);
  await Bun.sleep(settlingMs(quick));
  load.reset();
  pacing.late();
  const spent = await work(processors, pid, measuringMs(quick));
  const run = { ...spent, counts: load.reset(), late: pacing.late() };
  pacing.stop();
  await until(() => load.settled, "the last messages to be answered and delivered");
  return run;
}

/** As many messages as a server gets in its first minutes, so that its code is compiled when the measuring begins. */
async function warmUp({ quick }: Bench, load: PairLoad): Promise<void> {
  load.keepOpen(SATURATED);
  await Bun.sleep(quick ? 3_000 : 8_000);
  load.keepOpen(0);
  await until(() => load.settled, "the first messages to be answered and delivered");
}

interface Pacing {
  /** How late messages left since it was asked last. */
  late(): readonly number[];
  stop(): void;
}

function start(load: PairLoad, pace: Pace): Pacing {
  if (pace === "saturated") {
    load.keepOpen(SATURATED);
    return { late: () => [], stop: () => load.keepOpen(0) };
  }
  let turn = 0;
  const loop = new OpenLoop(PER_SECOND, (due) => {
    const device = load.devices[turn++ % load.devices.length];
    if (device !== undefined) load.post(device, due);
  });
  return {
    late() {
      const { late } = loop;
      loop.late = [];
      return late;
    },
    stop: () => loop.stop(),
  };
}

function costOf(id: string, title: string, runs: readonly Run[], sync: SyncTime): Finding {
  const of = (value: (run: Run) => number) => median(runs.map(value));
  return {
    id,
    title,
    unit: "µs",
    runs: runs.map(({ processorUs, counts }) => processorUs / counts.delivered),
    syncMs: sync.p50Ms,
    disturbance: of(({ othersShare }) => othersShare),
    details: {
      "messages/s": of(({ counts, seconds }) => counts.delivered / seconds),
      "acknowledged/s": of(({ counts, seconds }) => counts.accepted / seconds),
      "messages in a batch": of(({ counts }) => counts.accepted / counts.batches.size),
      "of it in the kernel µs": of(
        ({ processorUs, kernelShare, counts }) => (processorUs * kernelShare) / counts.delivered,
      ),
      "cores used by the generator": of(({ generatorShare }) => generatorShare),
    },
  };
}

function latencies(title: string, runs: readonly Run[], sync: SyncTime, key: "toAck" | "toReceive"): Finding[] {
  return SHARES.map((share, index) => ({
    id: `${key === "toAck" ? "send-ack" : "send-receive"}-${SHARE_NAMES[index]}`,
    title: `${title} at 500/s, ${SHARE_NAMES[index]}`,
    unit: "ms",
    runs: runs.map(({ counts }) => percentile(counts[key], share)),
    syncMs: sync.p50Ms,
    disturbance: median(runs.map(({ othersShare }) => othersShare)),
    details: index === 0 ? lateness(runs) : {},
  }));
}

/** What the generator's own timer adds to each latency. */
function lateness(runs: readonly Run[]): Record<string, number> {
  const [p50 = Number.NaN, p99 = Number.NaN] = percentiles(
    runs.flatMap(({ late }) => late),
    [0.5, 0.99],
  );
  return { "left late p50 ms": p50, "left late p99 ms": p99 };
}
