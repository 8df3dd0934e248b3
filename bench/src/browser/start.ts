import type { CDPSession } from "playwright-core";
import { median } from "../measure/percentiles.ts";
import type { Budget, Finding } from "../report/finding.ts";
import type { Row } from "../rows/row.ts";
import { onStage, type Stage } from "./on-stage.ts";
import { settleIn, underServiceWorker } from "./visit.ts";
import { listPainted } from "./witnessed.ts";

const CONVERSATIONS = 20;
const KB = 1_000;
const IDLE_AFTER_MS = 5_000;
const downloadBudget: Budget = { bound: "at most", must: 250, aim: 150 };

interface Started {
  /** Compressed, in kilobytes, until the list was painted. */
  readonly javascriptKb: number;
  readonly files: number;
  /** Milliseconds of processor time a second, of all processes of the page and its workers, where nobody does anything. */
  readonly idleMs: number;
}

/** A first visit: what is loaded before the list is painted; then what the app does where nobody does anything. */
export const start: Row = {
  id: "start",
  stores: false,
  async measure(bench) {
    const idleForMs = bench.quick ? 5_000 : 30_000;
    const runs = await onStage(bench, "start", { neighbours: CONVERSATIONS, messages: 50 }, (stage) =>
      started(stage, idleForMs),
    );
    const disturbance = median(runs.map((run) => run.disturbance));
    const size: Finding = {
      id: "first-load",
      title: "JavaScript until the list is painted, worker included, gzip",
      unit: "kB",
      runs: runs.map(({ javascriptKb }) => javascriptKb),
      budget: downloadBudget,
      disturbance,
      details: { files: median(runs.map(({ files }) => files)) },
    };
    const idle: Finding = {
      id: "idle-page",
      title: "Processor time of an idle page and its workers, per second",
      unit: "ms",
      runs: runs.map(({ idleMs }) => idleMs),
      disturbance,
      details: { "watched for, s": idleForMs / 1_000, conversations: CONVERSATIONS },
    };
    return [size, idle];
  },
};

async function started({ browser, server, village }: Stage, idleForMs: number): Promise<Started> {
  const context = await browser.newContext();
  await settleIn(context, server.url, village.me);
  const page = await context.newPage();
  const scripts = new Map<string, Promise<number>>();
  context.on("response", (response) => {
    const { pathname } = new URL(response.url());
    // What the service worker fetches for later is in nobody's way.
    if (pathname.endsWith(".js") && response.request().serviceWorker() === null)
      scripts.set(pathname, response.body().then(gzipKb));
  });
  await page.goto(server.url);
  await listPainted(page, CONVERSATIONS);
  // A SharedWorker's own script is no response of a page.
  for (const path of await workerScripts(browser.newBrowserCDPSession())) {
    scripts.set(
      path,
      fetch(`${server.url}${path}`).then(async (response) => gzipKb(await response.bytes())),
    );
  }
  const sizes = await Promise.all(scripts.values());
  await underServiceWorker(page);
  await page.waitForTimeout(IDLE_AFTER_MS);
  const devtools = await browser.newBrowserCDPSession();
  const before = await rendererSeconds(devtools);
  await page.waitForTimeout(idleForMs);
  const spentMs = 1_000 * ((await rendererSeconds(devtools)) - before);
  await context.close();
  return {
    javascriptKb: sizes.reduce((sum, size) => sum + size, 0),
    files: sizes.length,
    idleMs: spentMs / (idleForMs / 1_000),
  };
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
