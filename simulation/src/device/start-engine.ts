import type { Engine } from "@parley/client";
import type { SeededRandom } from "../random/seeded-random.ts";
import type { DeviceClock } from "../time/device-clock.ts";
import type { Process } from "../time/process.ts";
import type { Device } from "./device.ts";

export interface EngineHost {
  readonly device: Device;
  readonly process: Process;
  readonly clock: DeviceClock;
  readonly random: SeededRandom;
}

/** Starts the engine of a device inside one of its processes. */
export type StartEngine = (host: EngineHost) => Promise<Engine>;
