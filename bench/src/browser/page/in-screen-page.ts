/** Runs in each page before the app does: how long the conversation screen takes for what a person does there. */

/** Between two callbacks of frames in which nothing was dropped, at most, at 60 a second. */
const FRAME_MS = 25;
const PATIENCE_MS = 30_000;

interface Smoothness {
  frames: number;
  /** Frames that came late, and for how long nothing was drawn at the longest. */
  late: number;
  longestMs: number;
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

/** Goes to a conversation; resolves to the milliseconds until a message that holds a text is painted in view. */
async function visit(hash: string, text: string): Promise<number> {
  const began = performance.now();
  location.hash = hash;
  while (!isInView(text)) {
    if (performance.now() - began > PATIENCE_MS) throw new Error(`"${text}" did not come.`);
    await new Promise(requestAnimationFrame);
  }
  await afterFrame();
  return performance.now() - began;
}

function isInView(text: string): boolean {
  return inView().some((article) => article.textContent?.includes(text) === true);
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

let watching: Smoothness | undefined;

/** Begins to watch how smoothly frames come. */
function watchFrames(): void {
  const seen: Smoothness = { frames: 0, late: 0, longestMs: 0 };
  watching = seen;
  let before = performance.now();
  const look = (now: number): void => {
    seen.frames++;
    if (now - before > FRAME_MS) seen.late++;
    seen.longestMs = Math.max(seen.longestMs, now - before);
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

Object.assign(globalThis, {
  benchVisit: visit,
  benchOldestInView: () => Number(inView()[0]?.dataset["ordinal"]),
  benchWatchFrames: watchFrames,
  benchWatchedFrames: watchedFrames,
  /** Those since it was asked last: tasks of more than 50 ms, in milliseconds. */
  benchLongTasks: () => longTasks.splice(0),
});
