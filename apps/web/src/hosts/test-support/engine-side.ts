import { type ClientStore, type Remains, StoreError, type Transport } from "@parley/client";
import { MemoryDisk, MemoryStore, storeErrorOf } from "@parley/client-store";
import { browserClock } from "../browser/browser-clock.ts";
import { browserRandom } from "../browser/browser-random.ts";
import { EngineService } from "../engine-side/engine-service.ts";
import type { EngineServicePorts } from "../engine-side/engine-service-ports.ts";
import { signOutEverywhere } from "../engine-side/sign-out-everywhere.ts";
import type { SignOuts } from "../engine-side/sign-outs.ts";
import { TurnScheduler } from "../engine-side/turn-scheduler.ts";
import { createInspectedEngine } from "../inspection/inspected-engine.ts";
import { portLine } from "../lines/line.ts";
import type { EngineSideMessage, EngineSideState, Hello, Unsaved } from "../protocol/messages.ts";
import { HandOffs } from "../tab-side/hand-offs.ts";
import { RemoteEngine } from "../tab-side/remote-engine.ts";
import { MapStorage } from "./map-storage.ts";

export const ana = { account: "018f0000-0000-7000-8000-00000000000a", userName: "ana", displayName: "Ana" };

/** A device whose server cannot be reached. */
const noServer: Transport = {
  connect: (handlers) => {
    queueMicrotask(() => handlers.closed({ code: 1006 }));
    return { encoding: "proto", send: () => undefined, close: () => undefined };
  },
};

/** A browser of one person: a disk and a storage that outlive tabs and engine sides. */
export class TestBrowser {
  readonly storage = new MapStorage();
  disk = new MemoryDisk();
  deleted = 0;
  /** Keeps what is stored from being removed. */
  keepsStore = false;
  readonly #signOuts = new Set<() => void>();

  /** An engine side in this browser: the real engine on the memory store. */
  engineSide(changes: Partial<EngineServicePorts> = {}): EngineService {
    return new EngineService({
      clock: browserClock,
      turns: (task) => new TurnScheduler(task),
      openStore: async (_account, closed) => ({ store: new MemoryStore(this.disk, { closed }), kept: true }),
      rebuildStore: async () => ({ lost: 0 }),
      deleteStore: () => this.#deleteStore(),
      storeProblem: (thrown) => storeErrorOf(thrown).kind,
      startEngine: (store, account, _encoding, remains) => startEngine(store, account, remains),
      signOuts: this.#signOutsOf,
      woke: () => undefined,
      watchTab: () => undefined,
      claim: () => () => undefined,
      superseded: () => undefined,
      unused: () => undefined,
      stopped: () => undefined,
      ...changes,
    });
  }

  readonly removeAccount = (account: string): Promise<void> => {
    const ports = { signOuts: this.#signOutsOf, deleteStore: () => this.#deleteStore() };
    return signOutEverywhere(ports, account);
  };

  readonly #signOutsOf = (_account: string, heard: () => void): SignOuts => {
    this.#signOuts.add(heard);
    const others = () => [...this.#signOuts].filter((other) => other !== heard);
    const tell = () => {
      for (const other of others()) queueMicrotask(other);
    };
    return { tell, close: () => void this.#signOuts.delete(heard) };
  };

  async #deleteStore(): Promise<void> {
    if (this.keepsStore) throw new StoreError("blocked", "somebody keeps the store");
    this.disk.evict();
    this.disk = new MemoryDisk();
    this.deleted += 1;
  }

  tab(): TestTab {
    return new TestTab(new HandOffs(this.storage, ana.account));
  }

  handedOff(): readonly string[] {
    return new HandOffs(this.storage, ana.account).all().map(({ text }) => text);
  }
}

/** One tab, connected to an engine side by a real port. */
export class TestTab {
  readonly engine: RemoteEngine;
  readonly states: EngineSideState["kind"][] = [];
  unsaved: Unsaved | undefined;
  #port: MessagePort | undefined;

  constructor(handOffs: HandOffs) {
    this.engine = new RemoteEngine(ana, handOffs);
  }

  connect(service: Pick<EngineService, "connect">): void {
    const { port1, port2 } = new MessageChannel();
    const hello: Hello = {
      kind: "hello",
      account: ana,
      encoding: "proto",
      looking: true,
      tabLock: "the lock of this tab",
    };
    const attach = () => this.engine.attach(hello, (message) => port1.postMessage(message));
    this.#port = port1;
    port1.onmessage = ({ data }: MessageEvent<EngineSideMessage>) => {
      if (data.kind === "turn") this.engine.receive(data);
      if (data.kind === "state") this.states.push(data.state.kind);
      if (data.kind === "state" && data.state.kind === "running") this.unsaved = data.state.unsaved;
      if (data.kind === "restarted") attach();
      if (data.kind === "tab-gone") this.engine.adoptHandOffs();
    };
    service.connect(portLine(port2));
    attach();
  }

  /** The engine side is gone, without a word. */
  disconnect(): void {
    this.#port?.close();
    this.engine.detach();
  }

  /** What the engine side says from now on is lost on its way. */
  deafen(): void {
    if (this.#port !== undefined) this.#port.onmessage = null;
  }

  send(message: { readonly kind: "rebuild" | "goodbye" }): void {
    this.#port?.postMessage(message);
  }
}

export async function untilState(tab: TestTab, state: EngineSideState["kind"]): Promise<void> {
  while (tab.states.at(-1) !== state) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** The real engine of a device whose server cannot be reached. */
export async function startEngine(store: ClientStore, account: typeof ana, remains?: Remains) {
  const { engine, inspector } = createInspectedEngine({
    transport: noServer,
    store,
    account,
    clock: browserClock,
    random: browserRandom,
    network: { online: () => false, onReturn: () => () => undefined, onLoss: () => () => undefined },
    deviceName: "Test",
  });
  await engine.start(remains);
  return { engine, inspector, remains: () => engine.remains(), stop: () => engine.stop() };
}
