import type { Remains } from "@parley/client";
import type { EngineSideState, Hello, Unsaved } from "../protocol/messages.ts";
import { Disuse } from "./disuse.ts";
import type { EngineServicePorts, RunningEngine } from "./engine-service-ports.ts";
import { NotificationDesk } from "./notification-desk.ts";
import type { SignOuts } from "./sign-outs.ts";
import type { TabLine } from "./tab-line.ts";
import { type SessionOwner, TabSession } from "./tab-session.ts";

interface StartFailure {
  /** Whether the store could at least be opened. */
  readonly opened: boolean;
  readonly problem: Extract<EngineSideState, { kind: "store-failed" }>["problem"];
}

/** A store that is lost this often is not opened again by itself. */
const REOPENINGS = 3;

/** Runs the engine of one account for any number of tabs: one connection, one writer. */
export class EngineService implements SessionOwner {
  readonly turns: SessionOwner["turns"];
  readonly #ports: EngineServicePorts;
  readonly #sessions = new Set<TabSession>();
  readonly #disuse: Disuse;
  #hello: Hello | undefined;
  #running: RunningEngine | undefined;
  #state: EngineSideState = { kind: "starting" };
  #starting = false;
  #ended = false;
  #giveBack: (() => void) | undefined;
  #desk: NotificationDesk | undefined;
  #reopenings = 0;
  #rebuilt = false;
  /** Once somebody signs out; whoever does so as well is told of the same end. */
  #signingOut: Promise<void> | undefined;
  #signOuts: SignOuts | undefined;
  /** What the last engine held whose store was lost. */
  #remains: Remains | undefined;
  /** What a rebuild could not save, until somebody is told. */
  #unsaved: Unsaved | undefined;

  constructor(ports: EngineServicePorts) {
    this.#ports = ports;
    this.turns = ports.turns;
    this.#disuse = new Disuse(ports.clock, () => ports.unused());
  }

  connect(line: TabLine): void {
    // About to end: whoever connects now looks for another engine side.
    if (this.#isOver()) return;
    const session = new TabSession(line, this);
    this.#sessions.add(session);
    session.send({ kind: "ready" });
  }

  helloed(session: TabSession, hello: Hello, first: boolean): void {
    // Whoever is told that the local store cannot be used may have made room, or closed a tab, and loaded the page again.
    if (first && this.#state.kind === "store-failed" && !this.#isOver()) this.#tell({ kind: "starting" });
    session.send({ kind: "state", state: this.#state });
    if (hello.tabLock !== undefined) this.#ports.watchTab(hello.tabLock, () => this.ended(session));
    this.#hello ??= hello;
    this.#lookForUse();
    if (this.#running !== undefined) session.attach(this.#running);
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
    if (this.#isOver()) return;
    // A device that was closed never opens again: only a new store makes a new one.
    const closed = this.#running?.engine.connection.get().kind === "device-closed";
    if ((this.#state.kind === "store-failed" || closed) && this.#hello !== undefined) void this.#rebuild(this.#hello);
  }

  signOut(): Promise<void> {
    if (this.#signingOut !== undefined) return this.#signingOut;
    if (this.#ended) return Promise.resolve();
    const over = Promise.withResolvers<void>();
    // Before anything else: whoever is told of it may tell this one in the same moment.
    this.#signingOut = over.promise;
    over.resolve(this.#signOut());
    return over.promise;
  }

  async #signOut(): Promise<void> {
    this.#disuse.stop();
    const account = this.#hello?.account.account;
    // Others first: nobody may make again what is deleted here.
    this.#signOuts?.tell();
    await this.#stop();
    try {
      if (account !== undefined) await this.#ports.deleteStore(account);
    } catch (thrown) {
      this.#signingOut = undefined;
      this.#tell({ kind: "store-failed", problem: this.#ports.storeProblem(thrown) });
      throw thrown;
    }
    // Not before: a tab that knows it may end the place where this runs.
    this.#tell({ kind: "signed-out" });
    this.#signOuts?.close();
    this.#ports.stopped();
  }

  /** Stops for good. The local data stay, and tabs find another engine side. */
  async end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.#disuse.stop();
    this.#giveBack?.();
    this.#signOuts?.close();
    await this.#stop();
  }

  ended(session: TabSession): void {
    if (!this.#sessions.delete(session)) return;
    session.close();
    for (const other of this.#sessions) other.send({ kind: "tab-gone" });
    this.#lookForUse();
  }

  async #start(hello: Hello): Promise<void> {
    if (this.#starting) return;
    this.#starting = true;
    const { account } = hello;
    this.#giveBack ??= this.#ports.claim(account.account, () => this.#superseded());
    this.#signOuts ??= this.#ports.signOuts(account.account, () => void this.signOut().catch(() => undefined));
    const failure = await this.#tryStart(hello);
    this.#starting = false;
    if (failure === undefined || this.#isOver()) return;
    // It opens, but holds what cannot be read: all but the outbox comes from the server again.
    if (failure.opened && failure.problem === "damaged" && !this.#rebuilt) await this.#rebuild(hello);
    else if (this.#mayPass(failure)) await this.#restart(hello);
    else this.#tell({ kind: "store-failed", problem: failure.problem });
  }

  async #tryStart(hello: Hello): Promise<StartFailure | undefined> {
    const { account, encoding } = hello;
    let opened = false;
    try {
      const { store, kept } = await this.#ports.openStore(account.account, () => void this.#storeLost(hello));
      opened = true;
      if (this.#isOver()) {
        await store.close();
        return undefined;
      }
      const running = await this.#ports.startEngine(store, account, encoding, this.#remains);
      this.#remains = undefined;
      if (this.#isOver()) {
        await running.stop();
        return undefined;
      }
      this.#running = running;
      this.#desk = new NotificationDesk(running.engine, this.#sessions);
      running.engine.conversations.subscribe(() => this.#lookForUse());
      running.engine.connection.subscribe(() => {
        const { kind } = running.engine.connection.get();
        if (kind === "store-failed") void this.#storeLost(hello);
        if (kind === "superseded") this.#superseded();
      });
      this.#tell({ kind: "running", kept, ...(this.#unsaved === undefined ? {} : { unsaved: this.#unsaved }) });
      for (const session of this.#sessions) session.attach(running);
      // They said hello to an engine before this one, whatever it came to.
      for (const session of this.#sessions) if (session.repeats) session.send({ kind: "restarted" });
      return undefined;
    } catch (thrown) {
      return { opened, problem: this.#ports.storeProblem(thrown) };
    }
  }

  /** Thrown away once more while it was opened, or given up by the platform. */
  #mayPass({ problem }: StartFailure): boolean {
    this.#reopenings += 1;
    return (problem === "closed" || problem === "aborted") && this.#reopenings <= REOPENINGS;
  }

  #superseded(): void {
    if (!this.#isOver()) this.#ports.superseded();
  }

  /** A tab that has never said hello may be none: what it asked for went to the engine side before. */
  #lookForUse(): void {
    if (this.#isOver()) return;
    const pending = this.#running?.engine.conversations.get().pending ?? 0;
    this.#disuse.look(pending > 0 || [...this.#sessions].some(({ introduced }) => introduced));
  }

  #isOver(): boolean {
    return this.#ended || this.#signingOut !== undefined;
  }

  async #rebuild(hello: Hello): Promise<void> {
    this.#tell({ kind: "starting" });
    this.#rebuilt = true;
    this.#remains = this.#running?.remains() ?? this.#remains;
    await this.#stop();
    try {
      const { lost } = await this.#ports.rebuildStore(hello.account.account);
      // What was in memory is whole, whatever could be read.
      if (lost !== 0 && this.#remains === undefined) this.#unsaved = lost ?? "unknown";
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
    this.#remains = this.#running?.remains();
    await this.#stop();
    this.#reopenings += 1;
    if (this.#reopenings <= REOPENINGS) await this.#restart(hello);
    else if (this.#rebuilt) this.#tell({ kind: "store-failed", problem: "damaged" });
    else await this.#rebuild(hello);
  }

  async #restart(hello: Hello): Promise<void> {
    if (this.#isOver()) return;
    this.#tell({ kind: "starting" });
    for (const session of this.#sessions) session.detach();
    await this.#start(hello);
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
