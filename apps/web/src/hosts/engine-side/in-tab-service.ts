import { deleteLocalData } from "@parley/client-store/indexeddb";
import type { PortServer } from "../tab-side/in-tab-link.ts";
import { browserEnginePorts } from "./browser-engine-ports.ts";
import { EngineService } from "./engine-service.ts";
import { LockedService } from "./locked-service.ts";
import { signOutEverywhere } from "./sign-out-everywhere.ts";
import { signOutsOf } from "./sign-outs.ts";

/** The composition roots of an engine side in a tab: what engine-worker.ts is for a worker. */
export function createLockedService(name: string): LockedService {
  return new LockedService({
    name,
    locks: navigator.locks,
    createService: (ends) => new EngineService({ ...browserEnginePorts(), ...ends }),
    ended: () => undefined,
  });
}

/** Where there are no locks, no tab learns of the others: who comes last has the local store. */
export function createInTabService(): PortServer {
  const nothing = () => undefined;
  return new EngineService({ ...browserEnginePorts(), superseded: nothing, unused: nothing, stopped: nothing });
}

/** Removes what this device keeps of an account, for a tab that has no engine. */
export function removeAccount(account: string): Promise<void> {
  return signOutEverywhere({ signOuts: signOutsOf, deleteStore: deleteLocalData }, account);
}
