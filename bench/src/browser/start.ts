import type { CDPSession, Page } from "playwright-core";
import { median } from "../measure/percentiles.ts";
import type { Budget, Finding } from "../report/finding.ts";
import type { Row } from "../rows/row.ts";
import { type DemoHome, demoHome } from "./demo-home.ts";
import { type Idleness, idleness, timersDue } from "./idleness.ts";
import { onStage, type Seen, type Stage } from "./on-stage.ts";
import type { Shift } from "./page/smoothness.ts";
import { putScreenWitness, shiftsOf } from "./screen-page.ts";
import { stillness } from "./stillness.ts";
import { composerOf, settleIn, underServiceWorker } from "./visit.ts";
import { listPainted } from "./witnessed.ts";

const LONG_HISTORY = 2_000;
const KB = 1_000;
/** Until what follows a start is done: signs of life of others, the service worker's own fetching. */
const IDLE_AFTER_MS = 5_000;
const downloadBudget: Budget = { bound: "at most", must: 250, aim: 150 };
const nothing: Budget = { bound: "at most", must: 0, aim: 0 };

interface Started {
  /** Compressed, in kilobytes, until the list was painted. */
  readonly javascriptKb: number;
  /** Kilobytes of each, and how many others came as early. */
  readonly files: Readonly<Record<string, number>>;
  /** Until a conversation was opened and the page was idle. */
  readonly shifts: readonly Shift[];
  /** Milliseconds of processor time a second, of all processes of the page and its workers, where nobody does anything. */
  readonly idleMs: number;
  readonly idleness: Idleness;
}

/** A first visit: what is loaded before the list is painted; then, at an open conversation, what the app does where nobody does anything. */
export const start: Row = {
  id: "start",
  stores: false,
  async measure(bench) {
    const idleForMs = bench.quick ? 10_000 : 30_000;
    const home = demoHome({ longHistory: LONG_HISTORY });
    const runs = await onStage(bench, "start", home, (stage) => started(stage, idleForMs));
    const disturbance = median(runs.map((run) => run.disturbance));
    const size: Finding = {
      id: "first-load",
      title: "JavaScript until the list is painted, worker included, gzip",
      unit: "kB",
      runs: runs.map(({ javascriptKb }) => javascriptKb),
      budget: downloadBudget,
      disturbance,
      details: runs[0]?.files ?? {},
    };
    const shifts = runs.map((run) => run.shifts);
    return [
      size,
      stillness({ id: "start-shift", title: "first visit and the first conversation", shifts, disturbance }),
      ...idleFindings(runs, idleForMs),
    ];
  },
};

function idleFindings(runs: readonly Seen<Started>[], idleForMs: number): Finding[] {
  const disturbance = median(runs.map((run) => run.disturbance));
  const forS = idleForMs / 1_000;
  const of = (value: (found: Idleness) => number) => runs.map((run) => value(run.idleness));
  const due = timersDue(idleForMs);
  return [
    {
      id: "idle-page",
      title: "Processor time of an idle page and its workers, per second",
      unit: "ms",
      runs: runs.map(({ idleMs }) => idleMs),
      disturbance,
      details: { "watched for, s": forS },
    },
    {
      id: "idle-frames",
      title: `Callbacks of frames (requestAnimationFrame) of an idle page in ${forS} s`,
      unit: "",
      runs: of(({ frames }) => frames),
      budget: nothing,
      disturbance,
      details: {},
    },
    {
      id: "idle-animations",
      title: `Animations that run in an idle page, at any second of ${forS}`,
      unit: "",
      runs: of(({ animations }) => animations),
      budget: nothing,
      disturbance,
      details: {},
    },
    {
      id: "idle-timers",
      title: `Timers that fire in an idle page and its workers in ${forS} s`,
      unit: "",
      runs: of(({ pageTimers, workerTimers }) => pageTimers + workerTimers),
      budget: { bound: "at most", must: due.all, aim: due.all },
      disturbance,
      details: {
        "in the page": median(of(({ pageTimers }) => pageTimers)),
        "in its workers": median(of(({ workerTimers }) => workerTimers)),
        "the clock's, at most": due.clock,
        "the heartbeat's, at most": due.heartbeat,
      },
    },
  ];
}

async function started({ browser, server, home }: Stage<DemoHome>, idleForMs: number): Promise<Started> {
  const context = await browser.newContext();
  await settleIn(context, server.url, home.me);
  await putScreenWitness(context);
  const page = await context.newPage();
  await page.goto(server.url);
  const paintedMs = await listPainted(page, home.places.length);
  const needed = await neededScripts(server.url, await workerScripts(browser.newBrowserCDPSession()));
  const sizes = [...needed].map(([path, script]) => [path, gzipKb(script)] as const);
  const ahead = (await scriptsBefore(page, paintedMs)).filter((path) => !needed.has(path));
  await page.evaluate(`location.hash = "#/c/${home.places[0]?.log}"`);
  await composerOf(page).waitFor();
  await underServiceWorker(page);
  await page.waitForTimeout(IDLE_AFTER_MS);
  const devtools = await browser.newBrowserCDPSession();
  const before = await rendererSeconds(devtools);
  await page.waitForTimeout(idleForMs);
  const spentMs = 1_000 * ((await rendererSeconds(devtools)) - before);
  const found = await idleness(browser, page, idleForMs);
  const shifts = await shiftsOf(page);
  await context.close();
  return {
    javascriptKb: sizes.reduce((sum, [, size]) => sum + size, 0),
    files: { ...Object.fromEntries(sizes), "asked for ahead of need by then": ahead.length },
    shifts,
    idleMs: spentMs / (idleForMs / 1_000),
    idleness: found,
  };
}

/** What the page and its worker cannot begin without: what they name, and what that imports. Parts that are fetched ahead are in nobody's way. */
async function neededScripts(url: string, workers: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const page = await (await fetch(url)).text();
  const paths = [...page.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, path = ""]) => path);
  const found = new Map<string, Uint8Array>();
  for (const waiting = [...paths, ...workers]; waiting.length > 0; ) {
    const path = new URL(waiting.pop() ?? "", url).pathname;
    if (found.has(path)) continue;
    const script = await (await fetch(`${url}${path}`)).bytes();
    found.set(path, script);
    const imported = new TextDecoder().decode(script).matchAll(/(?:from|import)\s*"(\.[^"]+\.js)"/g);
    for (const [, relative = ""] of imported) waiting.push(new URL(relative, `${url}${path}`).pathname);
  }
  return found;
}

/** What the page has asked for when so many milliseconds had passed since its navigation began: late parts come after the list. */
function scriptsBefore(page: Page, ms: number): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(
    `performance.getEntriesByType("resource").filter(({ startTime }) => startTime < ${ms})
      .map(({ name }) => new URL(name).pathname).filter((path) => path.endsWith(".js"))`,
  );
}

function gzipKb(bytes: Uint8Array): number {
  return Bun.gzipSync(new Uint8Array(bytes), { level: 9 }).length / KB;
}

async function workerScripts(opening: Promise<CDPSession>): Promise<readonly string[]> {
  const session = await opening;
  const { targetInfos } = await session.send("Target.getTargets");
  await session.detach();
  return targetInfos.filter(({ type }) => type === "shared_worker").map(({ url }) => new URL(url).pathname);
}

async function rendererSeconds(session: CDPSession): Promise<number> {
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  return processInfo.filter(({ type }) => type === "renderer").reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}
