import type { Clock, Network, Random } from "@parley/client";

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

export const systemRandom: Random = {
  bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  fraction: () => Math.random(),
};

/** A program is told nothing of the network: sockets are tried. */
export const unknownNetwork: Network = {
  online: () => true,
  onReturn: () => () => undefined,
  onLoss: () => () => undefined,
};
