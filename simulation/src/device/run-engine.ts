import { createEngine, type Engine } from "@parley/client";
import { type MemoryDisk, MemoryStore } from "@parley/client-store";
import type { Coverage } from "../coverage.ts";
import type { ClientMutation } from "../mutants/client-mutants.ts";
import type { Link } from "../network/link.ts";
import { encodingOf } from "../node/encoding-of.ts";
import type { Person } from "../person.ts";
import type { SeededRandom } from "../random/seeded-random.ts";
import type { DeviceClock } from "../time/device-clock.ts";
import type { Process } from "../time/process.ts";
import { countedStore } from "./counted-store.ts";

/** What the engine needs of its device. */
interface EngineDevice {
  readonly name: string;
  readonly person: Person;
  readonly link: Link;
  readonly disk: MemoryDisk;
}

export interface EngineHost {
  readonly device: EngineDevice;
  readonly process: Process;
  readonly clock: DeviceClock;
  readonly random: SeededRandom;
  readonly coverage: Coverage;
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
export function runEngine(host: EngineHost, mutation: ClientMutation): Engine {
  const { device, process, clock, random, coverage, failed } = host;
  const { link, disk, name, person } = device;
  const wait = storeLatency(process, random.fork("store"));
  const engine = createEngine(
    {
      transport: link.transport(process, encodingOf(name)),
      store: countedStore(mutation.store(new MemoryStore(disk, { wait }), disk), disk, coverage),
      clock,
      random: random.fork("engine"),
      network: link.network(process),
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
