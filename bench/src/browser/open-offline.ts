import { launchWithProfile } from "@parley/e2e/chromium";
import type { Page } from "playwright-core";
import { median } from "../measure/percentiles.ts";
import type { Budget, Finding } from "../report/finding.ts";
import type { Row } from "../rows/row.ts";
import { demoHome } from "./demo-home.ts";
import type { Home } from "./home.ts";
import { onStage, type Stage } from "./on-stage.ts";
import { slowerId, slowerTitle, type Throttling, throttle, throttlings } from "./screen-page.ts";
import { villageOf } from "./village.ts";
import { settleIn, underServiceWorker } from "./visit.ts";
import { listPainted } from "./witnessed.ts";

const LONG_HISTORY = 2_000;
const RELOADS = 5;
const budget: Budget = { bound: "at most", must: 1_000, aim: 500 };

interface Opened {
  readonly reloadMs: number;
  /** The first navigation of a browser that has just been started. */
  readonly coldMs: number;
  /** The same, from before the start of the browser. */
  readonly launchedMs: number;
}

interface Visited extends Readonly<Record<Throttling, Opened>> {
  readonly onlineMs: number;
  readonly conversations: number;
}

/** After one visit, with the server's process gone: until the list of conversations is on the screen. */
export const openOffline: Row = {
  id: "open-offline",
  stores: false,
  async measure(bench) {
    const home: (folder: string) => Promise<Home> = bench.least
      ? villageOf({ neighbours: 3, messages: 30 })
      : demoHome({ longHistory: LONG_HISTORY });
    const runs = await onStage(bench, "open offline", home, (stage) => open(stage, bench.least ? 1 : RELOADS));
    const disturbance = median(runs.map((each) => each.disturbance));
    const conversations = median(runs.map((run) => run.conversations));
    return throttlings.flatMap((rate) => {
      const finding = (id: string, title: string, pick: (each: Opened) => number): Finding => ({
        id: `${id}${slowerId(rate)}`,
        title: `${title}${slowerTitle(rate)}`,
        unit: "ms",
        runs: runs.map((run) => pick(run[rate])),
        ...(rate === 1 && { budget }),
        disturbance,
        details: {
          conversations,
          "the first visit, online, ms": median(runs.map(({ onlineMs }) => onlineMs)),
          "cold, with the start of the browser, ms": median(runs.map((run) => run[rate].launchedMs)),
        },
      });
      const painted = `list of ${conversations} conversations painted`;
      return [
        finding("open-offline", `reload without a network → ${painted}`, (each) => each.reloadMs),
        finding("open-offline-cold", "the same in a browser that has just started", (each) => each.coldMs),
      ];
    });
  },
};

/** A profile in a folder, as people have, so that it survives its browser. */
async function open({ folder, server, home }: Stage<Home>, times: number): Promise<Visited> {
  const profile = `${folder}-profile`;
  const conversations = home.places.length;
  const first = await launchWithProfile(profile);
  await settleIn(first, server.url, home.me);
  const page = await first.newPage();
  await page.goto(server.url);
  const onlineMs = await listPainted(page, conversations);
  await visitEnds(page);
  await server.kill();
  const reloadMs = await reloads(page, conversations, times, 1);
  const slowerReloadMs = await reloads(page, conversations, times, 4);
  await first.close();
  const cold = (rate: Throttling) => openedIn(profile, server.url, home, rate);
  return {
    1: { reloadMs, ...(await cold(1)) },
    4: { reloadMs: slowerReloadMs, ...(await cold(4)) },
    onlineMs,
    conversations,
  };
}

async function reloads(page: Page, conversations: number, count: number, rate: Throttling): Promise<number> {
  await throttle(page, rate);
  const times: number[] = [];
  for (let reload = 0; reload < count; reload++) {
    await page.reload();
    times.push(await listPainted(page, conversations));
  }
  return median(times);
}

async function openedIn(
  profile: string,
  address: string,
  { me, places }: Home,
  rate: Throttling,
): Promise<Omit<Opened, "reloadMs">> {
  const launch = performance.now();
  const context = await launchWithProfile(profile);
  await settleIn(context, address, me);
  const page = await context.newPage();
  await throttle(page, rate);
  await page.goto(address);
  const coldMs = await listPainted(page, places.length);
  const launchedMs = performance.now() - launch;
  await context.close();
  return { coldMs, launchedMs };
}

/** The next start needs no server: what it is made of is stored, and so is what came. */
async function visitEnds(page: Page): Promise<void> {
  await underServiceWorker(page);
  await page
    .getByRole("navigation", { name: "Conversations" })
    .getByText(/^person-\d+$/)
    .first()
    .waitFor();
}
