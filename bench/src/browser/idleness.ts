import type { Browser, Page } from "playwright-core";

/** What runs where nobody does anything. */
export interface Idleness {
  /** Callbacks of frames. */
  readonly frames: number;
  /** That ran at once, at most. */
  readonly animations: number;
  readonly pageTimers: number;
  readonly workerTimers: number;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly args: { readonly name?: string };
}

const LOOK_EVERY_MS = 1_000;
/** The engine's worker looks at the clock so often, to notice that the device slept. */
const CLOCK_EVERY_MS = 5_000;
/** The connection says so often that it is there. */
const HEARTBEAT_EVERY_MS = 30_000;
const MAIN_THREAD = "CrRendererMain";

/** How many timers may fire in such a time. */
export function timersDue(forMs: number): { readonly clock: number; readonly heartbeat: number; readonly all: number } {
  const clock = Math.ceil(forMs / CLOCK_EVERY_MS) + 1;
  const heartbeat = Math.ceil(forMs / HEARTBEAT_EVERY_MS) + 1;
  return { clock, heartbeat, all: clock + heartbeat };
}

/** Watches all pages and workers of a browser from outside, by what it writes down of itself: so nothing goes unseen that began before. */
export async function idleness(browser: Browser, page: Page, forMs: number): Promise<Idleness> {
  await browser.startTracing(undefined, { categories: ["devtools.timeline"] });
  let animations = 0;
  for (let watchedMs = 0; watchedMs < forMs; watchedMs += LOOK_EVERY_MS) {
    await Bun.sleep(LOOK_EVERY_MS);
    const running = 'document.getAnimations().filter(({ playState }) => playState === "running").length';
    animations = Math.max(animations, await page.evaluate<number>(running));
  }
  const trace: { traceEvents: readonly TraceEvent[] } = JSON.parse((await browser.stopTracing()).toString());
  const mains = new Set(trace.traceEvents.filter(isMainThread).map(threadOf));
  const named = (name: string) => trace.traceEvents.filter((event) => event.name === name).map(threadOf);
  if (mains.size === 0) throw new Error("The browser wrote nothing down of its pages.");
  const timers = named("TimerFire");
  const pageTimers = timers.filter((thread) => mains.has(thread)).length;
  return {
    frames: named("FireAnimationFrame").length,
    animations,
    pageTimers,
    workerTimers: timers.length - pageTimers,
  };
}

function isMainThread({ name, args }: TraceEvent): boolean {
  return name === "thread_name" && args.name === MAIN_THREAD;
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid} ${tid}`;
}
