import type { AccountView } from "@parley/client";
import type { Encoding } from "@parley/protocol";
import type { EngineHost } from "./engine-host.ts";
import workerUrl from "./shared-worker.ts?sharedworker&url";
import type { EngineLink } from "./tab-side/engine-link.ts";
import { HandOffs } from "./tab-side/hand-offs.ts";
import { InTabLink, type PortServer } from "./tab-side/in-tab-link.ts";
import { LinkedHost } from "./tab-side/linked-host.ts";
import { WorkerLink } from "./tab-side/worker-link.ts";

/**
 * The engine of an account for this tab: in one SharedWorker for all tabs, where the browser has that and Web Locks; else (an insecure address,
 * an old web view, a worker that does not start) in this tab itself.
 */
export function chooseHost(account: AccountView): EngineHost {
  const storage = readableStorage();
  const hello = { kind: "hello", account, encoding: chosenEncoding(storage) } as const;
  const inTab = () => new InTabLink(createInTabService);
  const link: EngineLink =
    "SharedWorker" in globalThis && "locks" in navigator && storage !== undefined
      ? new WorkerLink({ account: account.account, workerUrl, tabLock: `parley-tab-${crypto.randomUUID()}` })
      : inTab();
  return new LinkedHost(hello, new HandOffs(storage, account.account), link, inTab);
}

/** Fetched only where it is needed: elsewhere the engine's code is the worker's alone. */
async function createInTabService(): Promise<PortServer> {
  const module = await import("./engine-side/in-tab-service.ts");
  return module.createInTabService();
}

/** Undefined where the browser forbids it. */
function readableStorage(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

/** A developer can ask for readable frames, by `?encoding=json` or by `parley.encoding` in the storage. */
function chosenEncoding(storage: Storage | undefined): Encoding {
  const asked = new URLSearchParams(location.search).get("encoding") ?? storage?.getItem("parley.encoding");
  return asked === "json" ? "json" : "proto";
}
