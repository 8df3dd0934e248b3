import { ObservedValue } from "../../observable/observed-value.ts";
import { ManualClock } from "../../testing/manual-clock.ts";
import { claimAccount } from "../engine-side/claim-account.ts";
import { LockedService } from "../engine-side/locked-service.ts";
import type { Approach, EnginePlace } from "../places/engine-place.ts";
import { ElectedLink } from "../tab-side/elected-link.ts";
import { HandOffs } from "../tab-side/hand-offs.ts";
import { LinkedHost } from "../tab-side/linked-host.ts";
import { ana, type TestBrowser } from "./engine-side.ts";
import { MemoryLines } from "./memory-lines.ts";
import { MemoryLocks } from "./memory-locks.ts";

/** Tabs of one browser in which one of them leads, all of it real but the locks and lines, which a test moves step by step. */
export class LeadingTabs {
  readonly lines = new MemoryLines();
  readonly locks = new MemoryLocks();
  readonly clock = new ManualClock();
  /** The engine sides, by the names of their locks. */
  readonly doors = new Map<string, LockedService>();
  readonly browser: TestBrowser;

  constructor(browser: TestBrowser) {
    this.browser = browser;
  }

  open(number: number, version = "leader one"): LeadingTab {
    return new LeadingTab(this, `tab ${number}`, version);
  }
}

export class LeadingTab implements EnginePlace {
  readonly kind = "leader";
  readonly version: string;
  readonly host: LinkedHost;
  readonly #tabs: LeadingTabs;
  readonly #page: ReturnType<MemoryLocks["client"]>;
  readonly #cuts: (() => void)[] = [];
  #worker: ReturnType<MemoryLocks["client"]> | undefined;

  constructor(tabs: LeadingTabs, tabLock: string, version: string) {
    this.#tabs = tabs;
    this.version = version;
    this.#page = tabs.locks.client();
    const { storage } = tabs.browser;
    const tab = {
      attention: new ObservedValue(true),
      whenSeen: () => () => undefined,
      notify: () => undefined,
      remind: () => undefined,
      withdraw: () => undefined,
      isSignedIn: () => true,
      outlive: () => () => undefined,
    };
    const link = () =>
      new ElectedLink({
        account: ana.account,
        place: this,
        tabLock,
        locks: this.#page,
        storage,
        clock: tabs.clock,
        whenSeen: tab.whenSeen,
      });
    const hello = { kind: "hello", account: ana, encoding: "proto" } as const;
    this.host = new LinkedHost(hello, new HandOffs(storage, ana.account), [link], tab, tabs.browser.removeAccount);
  }

  get leads(): boolean {
    return this.#worker !== undefined;
  }

  start(name: string): Approach {
    const worker = this.#tabs.locks.client();
    this.#worker = worker;
    const service = new LockedService({
      name,
      locks: worker,
      createService: (ends) =>
        this.#tabs.browser.engineSide({
          ...ends,
          claim: (account, lost) => claimAccount(worker, account, lost),
          watchTab: (lock, ended) => void worker.request(lock, { mode: "shared" }, async () => ended()),
        }),
      ended: () => worker.end(),
    });
    this.#tabs.doors.set(name, service);
    return this.join(name);
  }

  join(name: string): Approach {
    const { tab, engine, cut } = this.#tabs.lines.open();
    this.#cuts.push(cut);
    this.#tabs.doors.get(name)?.connect(engine);
    return { line: tab, failed: new Promise(() => undefined) };
  }

  stop(): void {
    this.#worker?.end();
    this.#worker = undefined;
  }

  /** The tab and its worker are gone in this moment, without a word. */
  kill(): void {
    for (const cut of this.#cuts) cut();
    this.stop();
    this.#page.end();
  }
}
