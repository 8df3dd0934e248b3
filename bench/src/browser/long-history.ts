import { median } from "../measure/percentiles.ts";
import type { Finding } from "../report/finding.ts";
import type { Row } from "../rows/row.ts";
import { type DemoHome, demoHome } from "./demo-home.ts";
import { onStage, type Seen, type Stage } from "./on-stage.ts";
import { type Fling, ScreenPage, slowerId, slowerTitle, type Throttling, throttlings } from "./screen-page.ts";

const HISTORY = 100_000;
const JUMPS = 5;
/** Messages that a fling passes at least. */
const FLING = 10_000;
const QUICK_FLING = 1_000;

interface Leafed extends Fling {
  readonly jumpMs: number;
}

type Run = Seen<Readonly<Record<Throttling, Leafed>>>;

/** In a conversation of 100,000: to the first unread message in its middle, in one step; then back through 10,000 of them. */
export const longHistory: Row = {
  id: "long-history",
  stores: false,
  async measure(bench) {
    const home = demoHome({ longHistory: HISTORY, read: "half" });
    const least = bench.quick ? QUICK_FLING : FLING;
    const runs = await onStage(bench, "long history", home, async (stage) => ({
      1: await leafed(stage, 1, least),
      4: await leafed(stage, 4, least),
    }));
    return throttlings.flatMap((rate) => findingsOf(runs, rate));
  },
};

function findingsOf(runs: readonly Run[], rate: Throttling): Finding[] {
  const disturbance = median(runs.map((run) => run.disturbance));
  const of = (value: (one: Leafed) => number) => runs.map((run) => value(run[rate]));
  const passed = { "messages passed": median(of((one) => one.passed)) };
  return [
    {
      id: `jump-to-middle${slowerId(rate)}`,
      title: `Jump to the middle of 100,000 messages, from the server${slowerTitle(rate)}`,
      unit: "ms",
      runs: of(({ jumpMs }) => jumpMs),
      disturbance,
      details: { "jumps, each in a fresh profile": JUMPS },
    },
    {
      id: `fling${slowerId(rate)}`,
      title: `Fling through the history: tasks over 50 ms${slowerTitle(rate)}`,
      unit: "",
      runs: of(({ longTasks }) => longTasks.length),
      ...(rate === 1 && { budget: { bound: "at most", must: 0, aim: 0 } }),
      disturbance,
      details: {
        ...passed,
        "longest task over 50 ms, ms": Math.max(0, ...runs.flatMap((run) => run[rate].longTasks)),
      },
    },
    {
      id: `fling-dropped${slowerId(rate)}`,
      title: `Fling through the history: frames dropped${slowerTitle(rate)}`,
      unit: "%",
      runs: of(({ dropped, frames }) => (100 * dropped) / (dropped + frames)),
      disturbance,
      details: {
        ...passed,
        "frames drawn": median(of(({ frames }) => frames)),
        "frames dropped": median(of(({ dropped }) => dropped)),
        "frames late": median(of(({ late }) => late)),
        "longest without a frame, ms": Math.max(...of(({ longestMs }) => longestMs)),
      },
    },
  ];
}

async function leafed(stage: Stage<DemoHome>, rate: Throttling, least: number): Promise<Leafed> {
  const jumps: number[] = [];
  for (let jump = 1; jump < JUMPS; jump++) await (await jumped(stage, rate, jumps)).close();
  const screen = await jumped(stage, rate, jumps);
  const fling = await screen.fling(least);
  await screen.close();
  return { ...fling, jumpMs: median(jumps) };
}

/**
 * Unread messages begin in the middle: opening the conversation for the first time leads there. A page whose window has the focus would mark what it shows
 * as read, and the next jump would lead further on.
 */
async function jumped(stage: Stage<DemoHome>, rate: Throttling, jumps: number[]): Promise<ScreenPage> {
  const screen = await ScreenPage.open(stage, "out of focus");
  await screen.throttle(rate);
  jumps.push(await screen.visit(stage.home.long));
  return screen;
}
