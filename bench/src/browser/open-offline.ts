import { launchWithProfile } from "@parley/e2e/chromium";
import type { BrowserContext, Page } from "playwright-core";
import { median } from "../measure/percentiles.ts";
import type { Budget, Finding } from "../report/finding.ts";
import type { Row } from "../rows/row.ts";
import { onStage, type Stage } from "./on-stage.ts";
import { settleIn, underServiceWorker } from "./visit.ts";
import { listPainted } from "./witnessed.ts";

const CONVERSATIONS = 50;
const MESSAGES = 40;
const RELOADS = 5;
const budget: Budget = { bound: "at most", must: 1_000, aim: 500 };

interface Opened {
  readonly reloadMs: number;
  /** The first navigation of a browser that has just been started. */
  readonly coldMs: number;
  /** The same, from before the start of the browser. */
  readonly launchedMs: number;
  readonly onlineMs: number;
}

/** After one visit, with the server's process gone: until the list of conversations is on the screen. */
export const openOffline: Row = {
  id: "open-offline",
  stores: false,
  async measure(bench) {
    const opened = await onStage(bench, "open offline", { neighbours: CONVERSATIONS, messages: MESSAGES }, open);
    const disturbance = median(opened.map((each) => each.disturbance));
    const finding = (id: string, title: string, pick: (each: Opened) => number): Finding => ({
      id,
      title,
      unit: "ms",
      runs: opened.map(pick),
      budget,
      disturbance,
      details: {
        conversations: CONVERSATIONS,
        "the first visit, online, ms": median(opened.map(({ onlineMs }) => onlineMs)),
        "cold, with the start of the browser, ms": median(opened.map(({ launchedMs }) => launchedMs)),
      },
    });
    return [
      finding("open-offline", "reload without a network → list of 50 conversations painted", (each) => each.reloadMs),
      finding("open-offline-cold", "the same in a browser that has just started", (each) => each.coldMs),
    ];
  },
};

/** A profile in a folder, as people have, so that it survives its browser. */
async function open({ folder, server, village }: Stage): Promise<Opened> {
  const profile = `${folder}-profile`;
  const first = await launchWithProfile(profile);
  await settleIn(first, server.url, village.me);
  const page = await first.newPage();
  await page.goto(server.url);
  const onlineMs = await listPainted(page, CONVERSATIONS);
  await visitEnds(page);
  await server.kill();
  const reloads: number[] = [];
  for (let count = 0; count < RELOADS; count++) {
    await page.reload();
    reloads.push(await listPainted(page, CONVERSATIONS));
  }
  await first.close();
  const launch = performance.now();
  const second = await launchWithProfile(profile);
  await settleIn(second, server.url, village.me);
  const coldMs = await openedIn(second, server.url);
  const launchedMs = performance.now() - launch;
  await second.close();
  return { reloadMs: median(reloads), coldMs, launchedMs, onlineMs };
}

async function openedIn(context: BrowserContext, address: string): Promise<number> {
  const page = await context.newPage();
  await page.goto(address);
  return await listPainted(page, CONVERSATIONS);
}

/** The next start needs no server: what it is made of is stored, and so is what came. */
async function visitEnds(page: Page): Promise<void> {
  await underServiceWorker(page);
  await page
    .getByRole("navigation", { name: "Conversations" })
    .getByText("person-1", { exact: true })
    .first()
    .waitFor();
}
