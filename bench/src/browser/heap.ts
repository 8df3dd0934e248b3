import { median } from "../measure/percentiles.ts";
import type { Budget, Finding } from "../report/finding.ts";
import type { Row } from "../rows/row.ts";
import { type DemoHome, demoHome } from "./demo-home.ts";
import { onStage, type Seen, type Stage } from "./on-stage.ts";
import { ScreenPage } from "./screen-page.ts";
import { WorkerTarget } from "./worker-target.ts";

const LONG = 100_000;
const SHORT = 1_000;
/** Messages of the long conversation that are scrolled through. */
const SCROLLED = 10_000;
const QUICK_SCROLLED = 1_000;
const MB = 1_000_000;
/** Finalisers and caches that are kept weakly are done with after some collections. */
const COLLECTIONS = 3;
const heapBudget: Budget = { bound: "at most", must: 200, aim: 60 };
const lengthBudget: Budget = { bound: "at most", must: 5, aim: 5 };
/** What is held once everything was visited must not grow, but for what a collection finds under way. */
const growthBudget: Budget = { bound: "at most", must: 2, aim: 2 };

interface Heap {
  /** In megabytes, after collections. */
  readonly page: number;
  readonly worker: number;
}

interface Visited {
  /** With every conversation visited and the long one scrolled. */
  readonly visited: Heap;
  readonly scrolled: number;
}

interface Soaked extends Visited {
  /** After so many switches more. */
  readonly soaked: Heap;
}

/** What the page and the engine's worker hold once every conversation was visited and a long one scrolled, and once people have gone from one to the next a thousand times. */
export const heap: Row = {
  id: "heap",
  stores: false,
  async measure(bench) {
    const switches = bench.quick ? 200 : 1_000;
    const least = bench.quick ? QUICK_SCROLLED : SCROLLED;
    const long = await onStage(bench, "heap", demoHome({ longHistory: LONG }), (stage) =>
      soaked(stage, least, switches),
    );
    const short = await onStage(bench, "heap of 1,000", demoHome({ longHistory: SHORT }), (stage) =>
      visitedAlone(stage, least),
    );
    const disturbance = median(long.map((run) => run.disturbance));
    return [
      visitedFinding(long, disturbance),
      {
        id: "heap-length",
        title: "The same, more than with 1,000 messages in that conversation",
        unit: "MB",
        runs: long.map(({ visited }, run) => sum(visited) - sum(short[run]?.visited)),
        budget: lengthBudget,
        disturbance,
        details: {
          "with 1,000, MB": median(short.map(({ visited }) => sum(visited))),
          "scrolled through of 100,000": median(long.map(({ scrolled }) => scrolled)),
          "scrolled through of 1,000": median(short.map(({ scrolled }) => scrolled)),
        },
      },
      {
        id: "heap-growth",
        title: `Grown over ${switches.toLocaleString("en")} switches more`,
        unit: "MB",
        runs: long.map((run) => sum(run.soaked) - sum(run.visited)),
        budget: growthBudget,
        disturbance,
        details: {
          "after them, MB": median(long.map((run) => sum(run.soaked))),
          "of the growth in the worker, MB": median(long.map((run) => run.soaked.worker - run.visited.worker)),
        },
      },
    ];
  },
};

function visitedFinding(runs: readonly Seen<Soaked>[], disturbance: number): Finding {
  return {
    id: "heap",
    title: "JavaScript heap of the page and the worker, 50 conversations visited, one with 100,000 messages scrolled",
    unit: "MB",
    runs: runs.map(({ visited }) => sum(visited)),
    budget: heapBudget,
    disturbance,
    details: {
      "messages scrolled through": median(runs.map(({ scrolled }) => scrolled)),
      "of it in the worker, MB": median(runs.map(({ visited }) => visited.worker)),
    },
  };
}

function sum(heap: Heap | undefined): number {
  return heap === undefined ? Number.NaN : heap.page + heap.worker;
}

async function soaked(stage: Stage<DemoHome>, least: number, switches: number): Promise<Soaked> {
  const screen = await ScreenPage.open(stage);
  const found = await visited(stage, screen, least);
  // Who was far back in the long one would be led there again.
  const others = stage.home.places.filter((place) => place !== stage.home.long);
  for (let count = 1; count <= switches; count++) {
    const place = others[count % others.length];
    if (place !== undefined) await screen.visit(place);
  }
  await backToFirst(stage, screen);
  const after = await heapOf(stage, screen);
  await screen.close();
  return { ...found, soaked: after };
}

async function visitedAlone(stage: Stage<DemoHome>, least: number): Promise<Visited> {
  const screen = await ScreenPage.open(stage);
  const found = await visited(stage, screen, least);
  await screen.close();
  return found;
}

/** The long one comes last, so that it is scrolled when all others were visited. */
async function visited(stage: Stage<DemoHome>, screen: ScreenPage, least: number): Promise<Visited> {
  for (const place of stage.home.places) await screen.visit(place);
  const { passed } = await screen.fling(least);
  await backToFirst(stage, screen);
  return { visited: await heapOf(stage, screen), scrolled: passed };
}

/** What is open is the same whenever heaps are compared. */
async function backToFirst({ home }: Stage<DemoHome>, screen: ScreenPage): Promise<void> {
  const [first] = home.places;
  if (first !== undefined) await screen.visit(first);
}

async function heapOf({ browser }: Stage<DemoHome>, { devtools }: ScreenPage): Promise<Heap> {
  const worker = await WorkerTarget.attach(browser);
  for (let collection = 0; collection < COLLECTIONS; collection++) {
    await devtools.send("HeapProfiler.collectGarbage");
    await worker.ask("HeapProfiler.collectGarbage");
  }
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  const inWorker = Number((await worker.ask("Runtime.getHeapUsage"))["usedSize"]);
  await worker.detach();
  return { page: usedSize / MB, worker: inWorker / MB };
}
