import type { Coverage } from "../coverage.ts";
import type { Device, LostTruth } from "../device/device.ts";
import type { ServerHost } from "../node/server-host.ts";
import type { SeededRandom } from "../random/seeded-random.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import type { Trace } from "../trace.ts";

export interface FaultParts {
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly coverage: Coverage;
  readonly trace: Trace;
  readonly devices: readonly Device[];
  readonly server: ServerHost;
  readonly lostTruth: LostTruth;
  /** Whether the server's fan-out loses, delays and repeats. */
  readonly setUnreliable: (unreliable: boolean) => void;
  /** Somebody writes something on this device. */
  readonly write: (device: Device) => void;
}

/** Runs a task at some time between two. */
export type Later = (fromMs: number, toMs: number, task: () => void) => void;

/** What may go wrong, and how often compared with the others. */
export type Fault = readonly [weight: number, name: string, strike: () => void];
