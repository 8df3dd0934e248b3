import type { ClientMutation } from "../mutants/client-mutants.ts";
import type { Link } from "../network/link.ts";
import type { PollStreams } from "../oracle/poll-streams.ts";
import type { Person } from "../person.ts";
import type { SeededRandom } from "../random/seeded-random.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import type { BlockMemory } from "./block-memory.ts";
import type { Screen } from "./screen.ts";
import type { StoreWatch } from "./watched-store.ts";

/** What a device is for what runs on it. */
export interface DeviceMachine extends StoreWatch {
  readonly person: Person;
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly link: Link;
  readonly mutation: ClientMutation;
  readonly streams: PollStreams;
  readonly blockMemory: BlockMemory;
  readonly skewMs: number;
  /** Something else is shown. */
  readonly drawn: (screen: Screen) => void;
  /** The engine of this engine side holds what the store holds. */
  engineLoaded(side: object): void;
  engineEnded(side: object): void;
  /** All that runs on it dies. */
  kill(): void;
}
