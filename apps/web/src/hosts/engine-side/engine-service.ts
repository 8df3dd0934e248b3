import type { AccountView, ClientStore, Engine } from "@parley/client";
import type { Encoding } from "@parley/protocol";
import type { EngineSideState, Hello } from "../protocol/messages.ts";
import { NotificationDesk } from "./notification-desk.ts";
import type { TabLine } from "./tab-line.ts";
import { type SessionOwner, TabSession } from "./tab-session.ts";

/** What the service needs of the place where it runs. */
export interface EngineServicePorts {
  /** Opens the local store; `closed` is called when it was closed from outside. Rejects with StoreError. */
  openStore(account: string, closed: () => void): Promise<{ readonly store: ClientStore; readonly kept: boolean }>;
  rebuildStore(account: string): Promise<unknown>;
  deleteStore(account: string): Promise<void>;
  /** Starts an engine on a store, which is its from then on. Rejects with StoreError if it cannot be read. */
  startEngine(store: ClientStore, account: AccountView, encoding: Encoding): Promise<RunningEngine>;
  /** What is wrong with a store, of what opening it threw. */
  storeProblem(thrown: unknown): Extract<EngineSideState, { kind: "store-failed" }>["problem"];
  /** The device woke up, or a person looks at the app. */
  woke(): void;
  /** Calls `ended` once the tab that holds this lock is gone. */
  watchTab(tabLock: string, ended: () => void): void;
  /**
   * Takes the place of the account's one engine from whoever has it. `lost` is called when another engine side takes it, at once or as soon as this one
   * thaws. The local store's generation is what keeps a former owner from writing; this only spares everybody the wait.
   *
   * @returns how to give the place back
   */
  claim(account: string, lost: () => void): () => void;
  /** Another engine side has the account's engine now. */
  superseded(): void;
  /** After signing out: nothing more will be served here. */
  stopped(): void;
}

export interface RunningEngine {
  readonly engine: Engine;
  stop(): Promise<void>;
}

/** A store that is lost this often is not opened again by itself. */
const REOPENINGS = 3;

/** Runs the engine of one account for any number of tabs: one connection, one writer. */
export class EngineService implements SessionOwner {
  readonly #ports: EngineServicePorts;
  readonly #sessions = new Set<TabSession>();
  #hello: Hello | undefined;
  #running: RunningEngine | undefined;
  #state: EngineSideState = { kind: "starting" };
  #starting = false;
  #ended = false;
  #giveBack: (() => void) | undefined;
  #desk: NotificationDesk | undefined;
  #reopenings = 0;

  constructor(ports: EngineServicePorts) {
    this.#ports = ports;
  }

  connect(line: TabLine): void {
    // About to end: whoever connects now looks for another engine side.
    if (this.#isOver()) return;
    const session = new TabSession(line, this);
    this.#sessions.add(session);
    session.send({ kind: "ready" });
  }

  helloed(session: TabSession, hello: Hello): void {
    session.send({ kind: "state", state: this.#state });
    if (hello.tabLock !== undefined) this.#ports.watchTab(hello.tabLock, () => this.ended(session));
    this.#hello ??= hello;
    if (this.#running !== undefined) session.attach(this.#running.engine);
    else if (this.#state.kind === "starting") void this.#start(this.#hello);
  }

  woke(): void {
    this.#ports.woke();
  }

  attended(session: TabSession): void {
    // To the end: where something has to be said by one tab alone, it is the one looked at last.
    if (this.#sessions.delete(session)) this.#sessions.add(session);
  }

  rebuild(): void {
    // A device that was closed never opens again: only a new store makes a new one.
    const closed = this.#running?.engine.connection.get().kind === "device-closed";
    if ((this.#state.kind === "store-failed" || closed) && this.#hello !== undefined) void this.#rebuild(this.#hello);
  }

  async signOut(): Promise<void> {
    const account = this.#hello?.account.account;
    await this.#stop();
    this.#tell({ kind: "signed-out" });
    if (account !== undefined) await this.#ports.deleteStore(account);
    this.#ports.stopped();
  }

  /** Stops for good. The local data stay, and tabs find another engine side. */
  async end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.#giveBack?.();
    await this.#stop();
  }

  ended(session: TabSession): void {
    if (!this.#sessions.delete(session)) return;
    session.close();
    for (const other of this.#sessions) other.send({ kind: "tab-gone" });
  }

  async #start(hello: Hello): Promise<void> {
    if (this.#starting) return;
    this.#starting = true;
    const { account, encoding } = hello;
    this.#giveBack ??= this.#ports.claim(account.account, () => this.#superseded());
    try {
      const { store, kept } = await this.#ports.openStore(account.account, () => void this.#storeLost(hello));
      if (this.#isOver()) return await store.close();
      const running = await this.#ports.startEngine(store, account, encoding);
      if (this.#isOver()) return await running.stop();
      this.#running = running;
      this.#desk = new NotificationDesk(running.engine.conversations, this.#sessions);
      running.engine.connection.subscribe(() => {
        const { kind } = running.engine.connection.get();
        if (kind === "store-failed") void this.#storeLost(hello);
        if (kind === "superseded") this.#superseded();
      });
      this.#tell({ kind: "running", kept });
      for (const session of this.#sessions) session.attach(running.engine);
    } catch (thrown) {
      this.#tell({ kind: "store-failed", problem: this.#ports.storeProblem(thrown) });
    } finally {
      this.#starting = false;
    }
  }

  #superseded(): void {
    if (!this.#isOver()) this.#ports.superseded();
  }

  #isOver(): boolean {
    return this.#ended || this.#state.kind === "signed-out";
  }

  async #rebuild(hello: Hello): Promise<void> {
    this.#tell({ kind: "starting" });
    await this.#stop();
    try {
      await this.#ports.rebuildStore(hello.account.account);
    } catch (thrown) {
      this.#tell({ kind: "store-failed", problem: this.#ports.storeProblem(thrown) });
      return;
    }
    await this.#restart(hello);
  }

  /** Deleted or upgraded behind the engine's back, or no longer readable. What opens again is used, were it empty: a new device then. */
  async #storeLost(hello: Hello): Promise<void> {
    if (this.#state.kind !== "running") return;
    this.#tell({ kind: "starting" });
    await this.#stop();
    this.#reopenings += 1;
    if (this.#reopenings > REOPENINGS) this.#tell({ kind: "store-failed", problem: "damaged" });
    else await this.#restart(hello);
  }

  async #restart(hello: Hello): Promise<void> {
    if (this.#isOver()) return;
    this.#tell({ kind: "starting" });
    for (const session of this.#sessions) session.detach();
    await this.#start(hello);
    for (const session of this.#sessions) session.send({ kind: "restarted" });
  }

  async #stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    this.#desk?.stop();
    for (const session of this.#sessions) session.detach();
    await running?.stop();
  }

  #tell(state: EngineSideState): void {
    this.#state = state;
    for (const session of this.#sessions) session.send({ kind: "state", state });
  }
}
