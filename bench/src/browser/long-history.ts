import { median } from "../measure/percentiles.ts";
import type { Finding } from "../report/finding.ts";
import type { Row } from "../rows/row.ts";
import { onStage, type Stage } from "./on-stage.ts";
import { ScreenPage, type Throttling, throttlings } from "./screen-page.ts";

const HISTORY = 100_000;
const JUMPS = 5;
/** Where the gesture begins, and how fast the finger is, in pixels and pixels a second. */
const AT = { x: 700, y: 400 };
const SPEED = 20_000;
const FLING_PX = 600_000;
const QUICK_FLING_PX = 60_000;

interface Seen {
  readonly jumpMs: number;
  readonly passed: number;
  readonly frames: number;
  /** Part of all. */
  readonly late: number;
  readonly longestFrameMs: number;
  readonly longTasks: readonly number[];
}

/** In a conversation of 100,000: to the first unread message in its middle, in one step; then through thousands in one gesture. */
export const longHistory: Row = {
  id: "long-history",
  stores: false,
  async measure(bench) {
    const village = { neighbours: 2, messages: 200, longHistory: HISTORY };
    const distance = bench.quick ? QUICK_FLING_PX : FLING_PX;
    const runs = await onStage(bench, "long history", village, async (stage) => ({
      1: await seen(stage, 1, distance),
      4: await seen(stage, 4, distance),
    }));
    const disturbance = median(runs.map((run) => run.disturbance));
    return throttlings.flatMap((rate): Finding[] => {
      const slower = rate === 1 ? "" : `, processor ${rate}× slower`;
      const suffix = rate === 1 ? "" : `-${rate}x`;
      const of = (value: (one: Seen) => number) => runs.map((run) => value(run[rate]));
      return [
        {
          id: `jump-to-middle${suffix}`,
          title: `Jump to the middle of 100,000 messages, from the server${slower}`,
          unit: "ms",
          runs: of(({ jumpMs }) => jumpMs),
          disturbance,
          details: { "jumps, each in a fresh profile": JUMPS },
        },
        {
          id: `fling${suffix}`,
          title: `Fling through the history: tasks over 50 ms${slower}`,
          unit: "",
          runs: of(({ longTasks }) => longTasks.length),
          ...(rate === 1 && { budget: { bound: "at most", must: 0, aim: 0 } }),
          disturbance,
          details: {
            "messages passed": median(of(({ passed }) => passed)),
            frames: median(of(({ frames }) => frames)),
            "frames late, %": median(of(({ late, frames }) => (100 * late) / frames)),
            "longest frame, ms": Math.max(...of(({ longestFrameMs }) => longestFrameMs)),
            "longest task over 50 ms, ms": Math.max(0, ...runs.flatMap((run) => run[rate].longTasks)),
          },
        },
      ];
    });
  },
};

async function seen(stage: Stage, rate: Throttling, distance: number): Promise<Seen> {
  const jumps: number[] = [];
  for (let jump = 1; jump < JUMPS; jump++) {
    const screen = await jumped(stage, rate, jumps);
    await screen.page.context().close();
  }
  const screen = await jumped(stage, rate, jumps);
  const before = await oldestInView(screen);
  await screen.longTasks();
  await screen.page.evaluate("benchWatchFrames()");
  await screen.devtools.send("Input.synthesizeScrollGesture", {
    ...AT,
    yDistance: distance,
    speed: SPEED,
    gestureSourceType: "mouse",
  });
  const watched = await screen.page.evaluate<{ frames: number; late: number; longestMs: number }>(
    "benchWatchedFrames()",
  );
  const longTasks = await screen.longTasks();
  const passed = before - (await oldestInView(screen));
  await screen.page.context().close();
  return {
    jumpMs: median(jumps),
    passed,
    frames: watched.frames,
    late: watched.late,
    longestFrameMs: watched.longestMs,
    longTasks,
  };
}

/**
 * Unread messages begin in the middle: opening the conversation for the first time leads there. A page whose window has the focus would mark what it shows
 * as read, and the next jump would lead further on.
 */
async function jumped(stage: Stage, rate: Throttling, jumps: number[]): Promise<ScreenPage> {
  const [neighbour] = stage.village.neighbours;
  if (neighbour === undefined) throw new RangeError("There is nobody.");
  const screen = await ScreenPage.open(stage, "out of focus");
  await screen.throttle(rate);
  jumps.push(await screen.visit(neighbour.log, `message ${HISTORY / 2} of ${neighbour.person.userName},`));
  return screen;
}

/** Its ordinal. */
function oldestInView({ page }: ScreenPage): Promise<number> {
  return page.evaluate<number>("benchOldestInView()");
}
