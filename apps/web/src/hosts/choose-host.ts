import type { AccountView } from "@parley/client";
import type { Encoding } from "@parley/protocol";
import { browserClock } from "./browser/browser-clock.ts";
import type { EngineHost } from "./engine-host.ts";
import workerUrl from "./engine-worker.ts?sharedworker&url";
import { type Abilities, hostKinds, type WayToHost } from "./host-kinds.ts";
import { InTabPlace } from "./places/in-tab-place.ts";
import { LeaderPlace } from "./places/leader-place.ts";
import { SharedWorkerPlace } from "./places/shared-worker-place.ts";
import { ElectedLink } from "./tab-side/elected-link.ts";
import type { EngineLink } from "./tab-side/engine-link.ts";
import { HandOffs } from "./tab-side/hand-offs.ts";
import { InTabLink } from "./tab-side/in-tab-link.ts";
import { LinkedHost } from "./tab-side/linked-host.ts";
import type { TabContext } from "./tab-side/tab-context.ts";

/** The engine of an account for this tab, where this browser runs it best; see `hostKinds`. */
export function chooseHost(account: AccountView, tab: TabContext): EngineHost {
  const storage = readableStorage();
  const hello = { kind: "hello", account, encoding: chosenEncoding(storage) } as const;
  const [first, ...others] = hostKinds(abilities(storage), developerSwitch("host", storage));
  const link = (kind: WayToHost) => () => linkTo(kind, account.account, storage, tab);
  const links = [link(first), ...others.map(link)] as const;
  const removeAccount = async (owner: string) => (await inTabService()).removeAccount(owner);
  return new LinkedHost(hello, new HandOffs(storage, account.account), links, tab, removeAccount);
}

function linkTo(kind: WayToHost, account: string, storage: Storage | undefined, tab: TabContext): EngineLink {
  if (kind === "tab-alone" || storage === undefined) {
    return new InTabLink(async () => (await inTabService()).createInTabService());
  }
  const tabLock = `parley-tab-${crypto.randomUUID()}`;
  const places = {
    "shared-worker": () => new SharedWorkerPlace(workerUrl),
    leader: () => new LeaderPlace(workerUrl),
    tab: () => new InTabPlace(tabLock, async (name) => (await inTabService()).createLockedService(name)),
  };
  const place = places[kind]();
  return new ElectedLink({
    account,
    place,
    tabLock,
    locks: navigator.locks,
    storage,
    clock: browserClock,
    whenSeen: tab.whenSeen,
  });
}

/** Fetched only where it is needed: elsewhere the engine's code is the worker's alone. */
function inTabService() {
  return import("./engine-side/in-tab-service.ts");
}

function abilities(storage: Storage | undefined): Abilities {
  return {
    sharedWorkers: "SharedWorker" in globalThis,
    workers: "Worker" in globalThis,
    channels: "BroadcastChannel" in globalThis,
    locks: "locks" in navigator && storage !== undefined,
  };
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
  return developerSwitch("encoding", storage) === "json" ? "json" : "proto";
}

function developerSwitch(name: string, storage: Storage | undefined): string | undefined {
  return new URLSearchParams(location.search).get(name) ?? storage?.getItem(`parley.${name}`) ?? undefined;
}
