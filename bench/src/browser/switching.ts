import { median, percentile } from "../measure/percentiles.ts";
import type { Budget, Finding } from "../report/finding.ts";
import type { Row } from "../rows/row.ts";
import { demoHome } from "./demo-home.ts";
import type { Home } from "./home.ts";
import { onStage, type Seen, type Stage } from "./on-stage.ts";
import type { Shift } from "./page/smoothness.ts";
import { ScreenPage, slowerId, slowerTitle, type Throttling, throttlings } from "./screen-page.ts";
import { stillness } from "./stillness.ts";
import { villageOf } from "./village.ts";

const LONG_HISTORY = 2_000;
const AGAIN = 10;
const ROUNDS = 3;
const budget: Budget = { bound: "at most", must: 200, aim: 50 };

interface Switched {
  /** Each conversation for the first time in this page. */
  readonly cold: readonly number[];
  /** Again and again. */
  readonly warm: readonly number[];
  readonly longTasks: number;
  readonly shifts: readonly Shift[];
}

type Run = Seen<Readonly<Record<Throttling, Switched>>>;

/** From one conversation to the next, out of the local store: until the newest message is painted. */
export const switching: Row = {
  id: "conversation-switch",
  stores: false,
  async measure(bench) {
    const home: (folder: string) => Promise<Home> = bench.least
      ? villageOf({ neighbours: 3, messages: 30 })
      : demoHome({ longHistory: LONG_HISTORY });
    const runs = await onStage(bench, "conversation switch", home, async (stage) => ({
      1: await switched(stage, 1),
      4: await switched(stage, 4),
    }));
    const shifts = runs.map((run) => run[1].shifts);
    const disturbance = median(runs.map((run) => run.disturbance));
    return [
      ...throttlings.flatMap((rate) => (["cold", "warm"] as const).map((kind) => findingOf(runs, rate, kind))),
      stillness({ id: "conversation-switch-shift", title: "from one conversation to the next", shifts, disturbance }),
    ];
  },
};

function findingOf(runs: readonly Run[], rate: Throttling, kind: "cold" | "warm"): Finding {
  return {
    id: `conversation-switch-${kind}${slowerId(rate)}`,
    title: `Switch to a conversation of the local store, ${kind}, p95${slowerTitle(rate)}`,
    unit: "ms",
    runs: runs.map((run) => percentile(run[rate][kind], 0.95)),
    ...(rate === 1 && { budget }),
    disturbance: median(runs.map((run) => run.disturbance)),
    details: {
      switches: median(runs.map((run) => run[rate][kind].length)),
      "p50, ms": median(runs.map((run) => percentile(run[rate][kind], 0.5))),
      "longest, ms": Math.max(...runs.flatMap((run) => run[rate][kind])),
      "tasks over 50 ms": median(runs.map((run) => run[rate].longTasks)),
    },
  };
}

async function switched(stage: Stage<Home>, rate: Throttling): Promise<Switched> {
  const screen = await ScreenPage.open(stage);
  const { places } = stage.home;
  await screen.throttle(rate);
  await screen.longTasks();
  await screen.shifts();
  const cold: number[] = [];
  for (const place of places) cold.push(await screen.visit(place));
  const warm: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const place of places.slice(0, AGAIN)) warm.push(await screen.visit(place));
  }
  const longTasks = (await screen.longTasks()).length;
  const shifts = await screen.shifts();
  await screen.close();
  return { cold, warm, longTasks, shifts };
}
