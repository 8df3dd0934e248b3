import { HandOffs, type HostKind } from "@parley/web/host-parts";
import type { Process } from "../../time/process.ts";
import type { DeviceMachine } from "../device-machine.ts";
import type { Owner } from "../owner.ts";
import type { Runtime } from "../runtime.ts";
import type { EngineSide } from "./engine-side.ts";
import { EngineSides } from "./engine-sides.ts";
import { Tab } from "./tab.ts";

const MOST_TABS = 3;

/** A browser with tabs, of which one is in front. */
export class Browser implements Runtime {
  readonly #machine: DeviceMachine;
  readonly #kind: HostKind;
  readonly #sides: EngineSides;
  #tabs: Tab[] = [];
  /** Closed and killed ones, whose hosts the browser still has to forget. */
  readonly #gone: Tab[] = [];
  #opened = 0;

  constructor(machine: DeviceMachine, kind: HostKind) {
    this.#machine = machine;
    this.#kind = kind;
    this.#sides = new EngineSides(machine);
  }

  /** Tabs that run. */
  get tabs(): readonly Tab[] {
    return this.#tabs.filter(({ owner }) => owner.process.running);
  }

  get front(): Owner | undefined {
    return this.tabs.at(-1)?.owner;
  }

  get shown(): readonly Owner[] {
    return this.tabs.map(({ owner }) => owner);
  }

  get handedOff(): ReadonlySet<string> {
    return new Set(new HandOffs(this.#sides.storage, this.#machine.person.account).all().map(({ id }) => id));
  }

  /** The worker that runs the engine: the latest that lives. */
  get engineSide(): EngineSide | undefined {
    return this.#sides.living.at(-1);
  }

  /** Opens another tab, in front of the others. */
  open(): Tab {
    this.#opened += 1;
    const tab = new Tab(this.#machine, this.#sides, this.#kind, `${this.#machine.name} tab ${this.#opened}`);
    this.#tabs.push(tab);
    this.#machine.coverage.add("tab opened");
    return tab;
  }

  /** Another of the tabs comes to the front; a new one while there are few. */
  turnTo(tab: Tab | undefined): void {
    if (tab === undefined) return;
    this.#tabs = [...this.#tabs.filter((other) => other !== tab), tab];
    tab.look();
  }

  get hasRoom(): boolean {
    return this.#tabs.length < MOST_TABS;
  }

  close(tab: Tab): void {
    tab.close();
    this.#forget(tab);
  }

  /** The tab is gone, and with it the engine side in its worker. */
  killTab(tab: Tab): void {
    tab.kill();
    this.#forget(tab);
  }

  /** The worker that runs the engine is gone, with the tab whose worker it is. */
  killEngineSide(): void {
    const side = this.engineSide;
    if (side === undefined) return;
    const tab = this.#tabWith(side);
    const { coverage } = this.#machine;
    coverage.add(tab === undefined ? "SharedWorker died" : "leader died");
    if (this.handedOff.size > 0) coverage.add("engine side died with messages handed off");
    if (tab === undefined) side.kill();
    else this.killTab(tab);
  }

  start(): void {
    this.wakeUp();
    if (this.front === undefined) this.open();
    else for (const tab of this.tabs) tab.look();
  }

  kill(): void {
    for (const tab of this.#tabs) {
      tab.kill();
      this.#gone.push(tab);
    }
    this.#tabs = [];
    this.#sides.killAll();
  }

  freeze(): void {
    const side = this.engineSide;
    if (side === undefined) return;
    side.process.freeze();
    this.#tabWith(side)?.owner.process.freeze();
  }

  thaw(): void {
    for (const process of this.#processes) process.thaw();
  }

  fallAsleep(): void {
    for (const process of this.#processes) process.fallAsleep();
  }

  /** Whoever opens the device looks at it. */
  wakeUp(): void {
    const slept = this.#processes.filter(({ asleep }) => asleep);
    for (const process of slept) process.wakeUp();
    if (slept.length > 0) this.#tabs.at(-1)?.look();
  }

  setSkew(skewMs: number): void {
    for (const { owner } of this.#tabs) owner.clock.skewMs = skewMs;
    for (const { clock } of this.#sides.living) clock.skewMs = skewMs;
  }

  /** What hand-offs hold is gone, as it is with everything that the platform throws away. */
  clearStorage(): void {
    new HandOffs(this.#sides.storage, this.#machine.person.account).clear();
  }

  end(): void {
    for (const { host } of this.#gone.splice(0)) host.close();
  }

  get #processes(): readonly Process[] {
    return [...this.#tabs.map(({ owner }) => owner.process), ...this.#sides.living.map(({ process }) => process)];
  }

  #tabWith(side: EngineSide): Tab | undefined {
    const process = this.#sides.tabOf(side);
    return this.#tabs.find(({ owner }) => owner.process === process);
  }

  #forget(tab: Tab): void {
    this.#tabs = this.#tabs.filter((other) => other !== tab);
    this.#gone.push(tab);
    // The last tab takes SharedWorkers with it.
    if (this.#tabs.length === 0) this.#sides.killAll();
  }
}
