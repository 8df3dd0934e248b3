import type { AccountView } from "../api/engine.ts";
import type { ClientStore } from "../ports/client-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { Network } from "../ports/network.ts";
import type { Random } from "../ports/random.ts";
import type { Transport } from "../ports/transport.ts";

/** What an engine is built from. The store stays open when the engine stops: who opened it closes it. */
export interface EngineConfig {
  readonly transport: Transport;
  /** The store of this account; the engine claims it when it starts. */
  readonly store: ClientStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
  readonly account: AccountView;
  /** What this device is called in the list of devices. */
  readonly deviceName: string;
}
