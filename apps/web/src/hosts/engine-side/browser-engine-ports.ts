import type { ClientStore } from "@parley/client";
import { MemoryDisk, MemoryStore, storeErrorOf } from "@parley/client-store";
import { deleteLocalData, openIndexedDbStore, rebuildLocalData } from "@parley/client-store/indexeddb";
import { browserClock } from "../browser/browser-clock.ts";
import { browserRandom } from "../browser/browser-random.ts";
import { deviceName } from "../browser/device-name.ts";
import { NetworkWatch } from "../browser/network-watch.ts";
import { createServerTransport } from "../browser/server-transport.ts";
import { createInspectedEngine } from "../inspection/inspected-engine.ts";
import { claimAccount } from "./claim-account.ts";
import type { EngineServicePorts } from "./engine-service-ports.ts";
import { signOutsOf } from "./sign-outs.ts";
import { TurnScheduler } from "./turn-scheduler.ts";

/** The engine in a browser: on IndexedDB, with WebSockets to the server that the app came from. */
export function browserEnginePorts(): Omit<EngineServicePorts, "stopped" | "superseded" | "unused"> {
  const network = new NetworkWatch({ onLine: () => navigator.onLine, events: globalThis }, browserClock);
  return {
    clock: browserClock,
    turns: (task) => new TurnScheduler(task),
    openStore: openKeptStore,
    rebuildStore: rebuildLocalData,
    deleteStore: deleteLocalData,
    storeProblem: (thrown) => storeErrorOf(thrown).kind,
    woke: () => network.woke(),
    claim: (account, lost) => ("locks" in navigator ? claimAccount(navigator.locks, account, lost) : () => undefined),
    signOuts: signOutsOf,
    watchTab: (tabLock, ended) => {
      void navigator.locks.request(tabLock, { mode: "shared" }, ended);
    },
    async startEngine(store, account, encoding, remains) {
      const transport = createServerTransport(location.origin, encoding, network);
      const { engine, inspector } = createInspectedEngine({
        transport,
        store,
        network,
        account,
        clock: browserClock,
        random: browserRandom,
        deviceName: deviceName(navigator.userAgent),
      });
      const stop = async () => {
        await engine.stop();
        await store.close();
      };
      try {
        await engine.start(remains);
      } catch (thrown) {
        await stop();
        throw thrown;
      }
      return { engine, inspector, remains: () => engine.remains(), stop };
    },
  };
}

/** Where the browser keeps nothing (a private window, a policy), the store lives as long as the engine. */
async function openKeptStore(account: string, closed: () => void): Promise<{ store: ClientStore; kept: boolean }> {
  try {
    return { store: await openIndexedDbStore(account, { closed }), kept: true };
  } catch (thrown) {
    if (storeErrorOf(thrown).kind !== "unavailable") throw thrown;
    return { store: new MemoryStore(new MemoryDisk()), kept: false };
  }
}
