/** Runs in each page before the app does: how long the conversation screen takes for what a person does there, and how steady it is. */
import type { Shift, Smoothness } from "./smoothness.ts";

const FRAME_MS = 1_000 / 60;
/** Between two callbacks of frames in which nothing was dropped, at most. */
const LATE_MS = 1.5 * FRAME_MS;
const PATIENCE_MS = 30_000;

/** What the types of the platform do not know of yet. */
interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly { readonly node: Node | null }[];
}

/** Resolves after the frame that draws what is in the document now. */
function afterFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(undefined);
    });
  });
}

/** Goes to a conversation; resolves to the milliseconds until the message with this id is painted in view. */
async function visit(hash: string, id: string): Promise<number> {
  const began = performance.now();
  location.hash = hash;
  while (!isInView(id)) {
    if (performance.now() - began > PATIENCE_MS) throw new Error(`The message ${id} of ${hash} did not come.`);
    await new Promise(requestAnimationFrame);
  }
  await afterFrame();
  return performance.now() - began;
}

function isInView(id: string): boolean {
  return inView().some(({ dataset }) => dataset["key"] === id);
}

/** Messages of which something is on the screen, in their order. */
function inView(): readonly HTMLElement[] {
  const log = document.querySelector("[role=log]");
  const frame = log?.getBoundingClientRect();
  if (log === null || frame === undefined) return [];
  return [...log.querySelectorAll<HTMLElement>("article")].filter((article) => {
    const { top, bottom } = article.getBoundingClientRect();
    return bottom > frame.top && top < frame.bottom;
  });
}

let watching: { -readonly [Part in keyof Smoothness]: Smoothness[Part] } | undefined;

/** Begins to watch how smoothly frames come. */
function watchFrames(): void {
  const seen = { frames: 0, late: 0, dropped: 0, longestMs: 0 };
  watching = seen;
  let before = performance.now();
  const look = (now: number): void => {
    seen.frames++;
    const gap = now - before;
    if (gap > LATE_MS) {
      seen.late++;
      seen.dropped += Math.round(gap / FRAME_MS) - 1;
    }
    seen.longestMs = Math.max(seen.longestMs, gap);
    before = now;
    if (watching === seen) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

function watchedFrames(): Smoothness | undefined {
  const seen = watching;
  watching = undefined;
  return seen;
}

const longTasks: number[] = [];
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longTasks.push(duration);
}).observe({ type: "longtask" });

const shifts: Shift[] = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    if (isShift(entry) && !entry.hadRecentInput)
      shifts.push({ value: entry.value, moved: entry.sources.map(({ node }) => nameOf(node)) });
}).observe({ type: "layout-shift", buffered: true });

/** For who looks for the cause. */
function nameOf(node: Node | null): string {
  const element = node instanceof Element ? node : node?.parentElement;
  return element ? `${element.localName}.${element.className}` : "something that is gone";
}

function isShift(entry: PerformanceEntry): entry is LayoutShift {
  return entry.entryType === "layout-shift";
}

Object.assign(globalThis, {
  benchVisit: visit,
  benchOldestInView: () => Number(inView()[0]?.dataset["ordinal"]),
  benchWatchFrames: watchFrames,
  benchWatchedFrames: watchedFrames,
  /** Those since it was asked last: tasks of more than 50 ms, in milliseconds. */
  benchLongTasks: () => longTasks.splice(0),
  /** Those since it was asked last, where nobody asked for them. */
  benchShifts: () => shifts.splice(0),
});
