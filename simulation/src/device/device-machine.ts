import type { MemoryDisk } from "@parley/client-store";
import type { Coverage } from "../coverage.ts";
import type { ClientMutation } from "../mutants/client-mutants.ts";
import type { Link } from "../network/link.ts";
import type { Person } from "../person.ts";
import type { SeededRandom } from "../random/seeded-random.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import type { Screen } from "./screen.ts";

/** What a device is for what runs on it. */
export interface DeviceMachine {
  readonly name: string;
  readonly person: Person;
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly link: Link;
  readonly disk: MemoryDisk;
  readonly coverage: Coverage;
  readonly mutation: ClientMutation;
  readonly skewMs: number;
  /** Something else is shown. */
  readonly drawn: (screen: Screen) => void;
  /** The engine of this engine side holds what the store holds. */
  engineLoaded(side: object): void;
  engineEnded(side: object): void;
  /** All that runs on it dies. */
  kill(): void;
}
