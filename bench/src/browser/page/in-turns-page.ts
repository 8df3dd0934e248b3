/** Runs in a page beside the app: how long whatever else the page does has to wait for its turn. */
const CHANNEL_EVERY_MS = 4;

let longestMs = 0;
let last = performance.now();

setInterval(() => {
  const now = performance.now();
  longestMs = Math.max(longestMs, now - last - CHANNEL_EVERY_MS);
  last = now;
}, CHANNEL_EVERY_MS);

/** Milliseconds since it was asked last. */
function longestTurn(): number {
  const found = longestMs;
  longestMs = 0;
  return found;
}

Object.assign(globalThis, { benchLongestTurn: longestTurn });
