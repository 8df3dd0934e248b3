import { createEngine } from "@parley/client";
import { MemoryStore, storeErrorOf } from "@parley/client-store";
import {
  claimAccount,
  EngineService,
  type EngineServicePorts,
  type EngineSideMessage,
  Inspection,
  type Line,
  LockedService,
  type MemoryLocks,
  type NetworkWatch,
  type TabMessage,
} from "@parley/web/host-parts";
import { DeviceClock } from "../../time/device-clock.ts";
import { Process } from "../../time/process.ts";
import type { DeviceMachine } from "../device-machine.ts";
import { storeLatency } from "../run-engine.ts";
import { serverWays } from "../server-ways.ts";
import { watchNetwork } from "../watch-network.ts";
import { watchedStore } from "../watched-store.ts";
import { processLocks } from "./process-locks.ts";
import { rebuildDisk } from "./rebuild-disk.ts";

/** A worker that runs the engine for the tabs of a browser: the product's service in a process of its own. */
export class EngineSide {
  readonly process: Process;
  readonly clock: DeviceClock;
  /** Whether its engine knows what the store held. */
  loaded = false;
  readonly #machine: DeviceMachine;
  readonly #locks: ReturnType<MemoryLocks["client"]>;
  readonly #service: LockedService;
  readonly #network: NetworkWatch;

  constructor(machine: DeviceMachine, locks: MemoryLocks, name: string, processName: string) {
    this.process = new Process(processName, machine.time);
    this.clock = new DeviceClock(machine.time, this.process, machine.skewMs);
    this.#machine = machine;
    this.#locks = locks.client();
    this.#network = watchNetwork(machine.link, this.process, machine.mutation.watchClock(this.clock));
    const own = processLocks(this.#locks, this.process);
    this.#service = new LockedService({
      name,
      locks: own,
      createService: (ends) => new EngineService({ ...this.#ports(own), ...ends }),
      ended: () => this.kill(),
    });
  }

  connect(line: Line<EngineSideMessage, TabMessage>): void {
    this.process.after(0, () => this.#service.connect(line));
  }

  kill(): void {
    if (!this.process.dead) this.#machine.engineEnded(this);
    this.process.kill();
    this.#locks.end();
  }

  #ports(locks: Pick<LockManager, "request">): Omit<EngineServicePorts, "stopped" | "superseded" | "unused"> {
    const { process, clock } = this;
    const { disk, mutation, coverage, random } = this.#machine;
    const wait = storeLatency(process, random.fork(`store of ${process.name}`));
    return {
      clock,
      openStore: async (_, closed) => {
        await wait();
        const store = new MemoryStore(disk, { wait, closed: () => process.after(0, closed) });
        return { store: watchedStore(mutation.store(store, disk, clock), this.#machine), kept: true };
      },
      rebuildStore: async () => {
        await wait();
        coverage.add("store rebuilt");
        return { lost: rebuildDisk(disk, mutation.salvage) };
      },
      deleteStore: async () => disk.evict(),
      storeProblem: (thrown) => storeErrorOf(thrown).kind,
      startEngine: (store, _account, _encoding, remains) => this.#startEngine(store, mutation.remains(remains)),
      signOuts: () => undefined,
      woke: () => this.#network.woke(),
      watchTab: (lock, ended) => void locks.request(lock, { mode: "shared" }, async () => ended()),
      claim: (account, lost) => claimAccount(locks, account, lost),
      turns: (task) => {
        let asked = false;
        const run = () => {
          asked = false;
          task();
        };
        return {
          ask: () => {
            if (!asked) process.after(0, run);
            asked = true;
          },
          stop: () => undefined,
        };
      },
    };
  }

  async #startEngine(
    ...[store, remains]: [
      Parameters<EngineServicePorts["startEngine"]>[0],
      Parameters<EngineServicePorts["startEngine"]>[3],
    ]
  ) {
    const { process, clock } = this;
    const { name, person, random, mutation } = this.#machine;
    const network = this.#network;
    const ways = random.fork(`ways of ${process.name}`);
    const engine = createEngine(
      {
        transport: serverWays({ device: this.#machine, process, clock, random: ways, network }),
        store,
        clock: mutation.clock(clock),
        random: random.fork(`engine of ${process.name}`),
        network,
        account: person,
        deviceName: name,
      },
      mutation.rules,
    );
    const stop = async () => {
      await engine.stop();
      await store.close();
    };
    try {
      await engine.start(remains);
      this.loaded = true;
      this.#machine.engineLoaded(this);
    } catch (thrown) {
      await stop();
      throw thrown;
    }
    return { engine, inspector: new Inspection(clock), remains: () => engine.remains(), stop };
  }
}
