import { createEngine, type Engine } from "@parley/client";
import { type MemoryDisk, MemoryStore } from "@parley/client-store";
import type { ClientMutation } from "../mutants/client-mutants.ts";
import type { Link } from "../network/link.ts";
import { encodingOf } from "../node/encoding-of.ts";
import type { Person } from "../person.ts";
import type { SeededRandom } from "../random/seeded-random.ts";
import type { DeviceClock } from "../time/device-clock.ts";
import type { Process } from "../time/process.ts";

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
}

/** How long an operation of the local store takes. */
const STORE_FROM_MS = 0.2;
const STORE_TO_MS = 6;

/** Starts the real engine of a device inside one of its processes. */
export function runEngine({ device, process, clock, random }: EngineHost, mutation: ClientMutation): Engine {
  const { link, disk, name, person } = device;
  const latency = random.fork("store");
  const wait = () => process.sleep(STORE_FROM_MS + latency.fraction() * (STORE_TO_MS - STORE_FROM_MS));
  const engine = createEngine(
    {
      transport: link.transport(process, encodingOf(name)),
      store: mutation.store(new MemoryStore(disk, { wait }), disk),
      clock,
      random: random.fork("engine"),
      network: link.network(process),
      account: person,
      deviceName: name,
    },
    mutation.rules,
  );
  // Never settles in a process that dies meanwhile.
  void engine.start();
  return engine;
}
