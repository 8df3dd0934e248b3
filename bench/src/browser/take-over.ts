import { launchChromium } from "@parley/e2e/chromium";
import { killSharedWorkerProcess } from "@parley/e2e/web-process";
import type { Browser, Page } from "playwright-core";
import { median } from "../measure/percentiles.ts";
import type { Budget, Finding } from "../report/finding.ts";
import type { Row } from "../rows/row.ts";
import { FiveTabs } from "./five-tabs.ts";
import { onStage, type Stage } from "./on-stage.ts";
import { villageOf } from "./village.ts";
import { composerOf, say } from "./visit.ts";
import { moment } from "./witnessed.ts";

const budget: Budget = { bound: "at most", must: 1_000, aim: 300 };
const FALLS = 3;

interface TakenOver {
  /** Of the falls of each kind the slowest. */
  readonly closedMs: number;
  readonly crashedMs: number;
  readonly killedMs: number;
}

/** How what runs the engine of five tabs ends. */
type Fall = (five: FiveTabs, browser: Browser) => Promise<void>;

/** What runs the engine of five tabs ends: until what another tab then sends is acknowledged. */
export const takeOver: Row = {
  id: "take-over",
  stores: false,
  async measure(bench) {
    const falls = bench.quick ? 1 : FALLS;
    const runs = await onStage(bench, "take over", villageOf({ neighbours: 1, messages: 100 }), (stage) =>
      all(stage, falls),
    );
    const disturbance = median(runs.map((each) => each.disturbance));
    const finding = (id: string, what: string, pick: (each: TakenOver) => number): Finding => ({
      id,
      title: `${what} → what another of five tabs sends is acknowledged`,
      unit: "ms",
      runs: runs.map(pick),
      budget,
      disturbance,
      details: { "each the slowest of": falls },
    });
    return [
      finding("take-over", "the leading tab is closed", ({ closedMs }) => closedMs),
      finding("take-over-crash", "the leading tab crashes", ({ crashedMs }) => crashedMs),
      finding("take-over-kill", "the process of the SharedWorker is killed", ({ killedMs }) => killedMs),
    ];
  },
};

async function all(stage: Stage, falls: number): Promise<TakenOver> {
  const led = await FiveTabs.open(stage, "leader");
  const closedMs = await slowest(falls, led, stage.browser, closeLeader);
  const crashedMs = await slowest(falls, led, stage.browser, crashLeader);
  await led.close();
  return { closedMs, crashedMs, killedMs: await killedShared(stage, falls) };
}

/** In a browser of its own: tabs that live in the worker's process are gone with it. */
async function killedShared(stage: Stage, falls: number): Promise<number> {
  const browser = await launchChromium();
  try {
    const shared = await FiveTabs.open({ ...stage, browser }, "shared");
    return await slowest(falls, shared, browser, killWorker);
  } finally {
    await browser.close();
  }
}

async function slowest(falls: number, five: FiveTabs, browser: Browser, fall: Fall): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < falls; count++) {
    await five.fill();
    times.push(await takenOver(five, browser, `bench-${fall.name}${count}`, fall));
  }
  return Math.max(...times);
}

async function takenOver(five: FiveTabs, browser: Browser, message: string, fall: Fall): Promise<number> {
  await sentBy(five.tabs.at(-1), `${message}before`);
  const fell = performance.timeOrigin + performance.now();
  await fall(five, browser);
  return (await sentBy(five.tabs.at(-1), message)) - fell;
}

/** When the page said that the server has the message. */
async function sentBy(tab: Page | undefined, message: string): Promise<number> {
  if (tab === undefined) throw new Error("No tab is left.");
  await say(tab, message);
  return await moment(tab, message, "sent");
}

async function closeLeader(five: FiveTabs): Promise<void> {
  const leader = await five.leader();
  five.without(leader);
  await leader.close();
}

/** Ends the process of the tab without a word. */
async function crashLeader(five: FiveTabs): Promise<void> {
  const leader = await five.leader();
  five.without(leader);
  const crashed = new Promise((resolve) => leader.once("crash", resolve));
  const devtools = await leader.context().newCDPSession(leader);
  void devtools.send("Page.crash").catch(() => undefined);
  await crashed;
}

async function killWorker(five: FiveTabs, browser: Browser): Promise<void> {
  await killSharedWorkerProcess(browser);
  const alive = await Promise.all(five.tabs.map(isAlive));
  five.tabs = five.tabs.filter((_, index) => alive[index]);
}

async function isAlive(tab: Page): Promise<boolean> {
  const crashed = new Promise<boolean>((resolve) => tab.once("crash", () => resolve(false)));
  return await Promise.race([crashed, composerOf(tab).isVisible()]);
}
