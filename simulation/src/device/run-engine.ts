import { createEngine, type Engine } from "@parley/client";
import { MemoryStore } from "@parley/client-store";
import type { SeededRandom } from "../random/seeded-random.ts";
import type { DeviceClock } from "../time/device-clock.ts";
import type { Process } from "../time/process.ts";
import type { DeviceMachine } from "./device-machine.ts";
import { serverWays } from "./server-ways.ts";
import { watchNetwork } from "./watch-network.ts";
import { watchedStore } from "./watched-store.ts";

export interface EngineHost {
  readonly device: DeviceMachine;
  readonly process: Process;
  readonly clock: DeviceClock;
  readonly random: SeededRandom;
  /** The local store could not be used any more. */
  readonly failed: () => void;
}

/** How long an operation of the local store takes. */
const STORE_FROM_MS = 0.2;
const STORE_TO_MS = 6;

/** The time that one operation of the local store takes, in a process. */
export function storeLatency(process: Process, random: SeededRandom): () => Promise<void> {
  return () => process.sleep(STORE_FROM_MS + random.fraction() * (STORE_TO_MS - STORE_FROM_MS));
}

/** Starts the real engine of a device inside one of its processes. */
export function runEngine(host: EngineHost): Engine {
  const { device, process, clock, random, failed } = host;
  const { link, disk, name, person, mutation } = device;
  const network = watchNetwork(link, process, mutation.watchClock(clock));
  const wait = storeLatency(process, random.fork("store"));
  const engine = createEngine(
    {
      transport: serverWays({ device, process, clock, random: random.fork("ways"), network }),
      store: watchedStore(mutation.store(new MemoryStore(disk, { wait }), disk, clock), device),
      clock: mutation.clock(clock),
      random: random.fork("engine"),
      network,
      account: person,
      deviceName: name,
    },
    mutation.rules,
  );
  engine.connection.subscribe(() => {
    if (engine.connection.get().kind === "store-failed") failed();
  });
  // Never settles in a process that dies meanwhile.
  engine.start().catch(failed);
  return engine;
}
