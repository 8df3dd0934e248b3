import type { Coverage } from "../coverage.ts";
import type { Browser } from "../device/browser/browser.ts";
import type { Device, LostTruth } from "../device/device.ts";
import { FlushRun } from "../device/flush-run.ts";
import type { ServerHost } from "../node/server-host.ts";
import type { SeededRandom } from "../random/seeded-random.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import type { Trace } from "../trace.ts";

export interface FaultParts {
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly coverage: Coverage;
  readonly trace: Trace;
  readonly devices: readonly Device[];
  readonly server: ServerHost;
  readonly lostTruth: LostTruth;
  /** Whether the server's fan-out loses, delays and repeats. */
  readonly setUnreliable: (unreliable: boolean) => void;
}

type Fault = readonly [weight: number, name: string, strike: () => void];

/** What goes wrong: networks, processes, machines, clocks and the server, each for a while. */
export class Faults {
  readonly #parts: FaultParts;
  readonly #faults: readonly Fault[];

  constructor(parts: FaultParts) {
    this.#parts = parts;
    this.#faults = [
      [10, "connections reset", () => this.#withDevice((device) => device.link.breakAll(this.#told()))],
      [10, "network lost", () => this.#withDevice((device) => this.#loseNetwork(device))],
      [8, "network silent", () => this.#withDevice((device) => this.#silence(device))],
      [6, "network slow", () => this.#withDevice((device) => this.#slowDown(device))],
      [8, "process killed", () => this.#withDevice((device) => this.#kill(device))],
      [5, "closed and flushed", () => this.#withDevice((device) => this.#flush(device))],
      [8, "power cut", () => this.#withDevice((device) => this.#cutPower(device))],
      [4, "tab killed", () => this.#withBrowser((browser) => this.#killTab(browser))],
      [5, "engine side killed", () => this.#withBrowser((browser) => browser.killEngineSide())],
      [3, "local store lost", () => this.#withBrowsing((device) => device.loseStore(parts.lostTruth))],
      [2, "local store lost while closed", () => this.#withBrowsing((device) => this.#loseClosed(device))],
      [2, "local store damaged", () => this.#withBrowsing((device) => this.#damage(device))],
      [5, "process frozen", () => this.#withDevice((device) => this.#freeze(device))],
      [5, "owner frozen and replaced", () => this.#withDevice((device) => this.#replaceOwner(device))],
      [3, "device asleep", () => this.#withDevice((device) => this.#sleep(device))],
      [4, "clock jumps", () => this.#withDevice((device) => this.#jump(device, 3_600_000))],
      [2, "clock wrong by hours", () => this.#withDevice((device) => this.#jump(device, 12 * 3_600_000))],
      [5, "local store aborts", () => this.#withDevice((device) => this.#abortCommits(device))],
      [5, "local store full", () => this.#withDevice((device) => this.#fillDisk(device))],
      [10, "copies on the other path", () => this.#withDevice((device) => this.#copy(device))],
      [8, "server crashes", () => this.#crashServer()],
      [3, "server restarts", () => this.#restartServer()],
      [4, "fan-out unreliable", () => this.#distrust()],
      [4, "storage full", () => this.#fillStorage()],
      [4, "storage slow", () => this.#slowStorage()],
      [1, "backup restored", () => this.#restoreBackup()],
      [4, "backup taken", () => parts.server.backUp()],
    ];
  }

  strike(): void {
    const { random, coverage, trace } = this.#parts;
    const fault = random.weighted(this.#faults.map((candidate) => [candidate[0], candidate] as const));
    if (fault === undefined) return;
    const [, name, strike] = fault;
    coverage.add(`fault ${name}`);
    trace.add(`fault ${name}`);
    strike();
  }

  #withDevice(strike: (device: Device) => void): void {
    const device = this.#parts.random.pick(this.#parts.devices);
    if (device === undefined) return;
    this.#parts.trace.add(`at ${device.name}`);
    strike(device);
  }

  #later(fromMs: number, toMs: number, task: () => void): void {
    this.#parts.time.after(this.#parts.random.integer(fromMs, toMs), task);
  }

  #told(): { readonly client: boolean; readonly server: boolean } {
    const { random } = this.#parts;
    return { client: random.chance(0.6), server: random.chance(0.6) };
  }

  #loseNetwork(device: Device): void {
    device.link.takeDown();
    this.#later(100, 20_000, () => device.link.restore());
  }

  #silence(device: Device): void {
    device.link.silence(this.#parts.random.chance(0.5));
    this.#later(500, 15_000, () => device.link.restore());
  }

  #slowDown(device: Device): void {
    device.link.latency = { fromMs: 50, toMs: this.#parts.random.integer(100, 3_000) };
    this.#later(1_000, 15_000, () => {
      device.link.latency = { fromMs: 1, toMs: 30 };
    });
  }

  #withBrowsing(strike: (device: Device) => void): void {
    const device = this.#parts.random.pick(this.#parts.devices.filter(({ browser }) => browser !== undefined));
    if (device === undefined) return;
    this.#parts.trace.add(`at ${device.name}`);
    strike(device);
  }

  #withBrowser(strike: (browser: Browser) => void): void {
    this.#withBrowsing(({ browser }) => browser !== undefined && strike(browser));
  }

  #killTab(browser: Browser): void {
    const tab = this.#parts.random.pick(browser.tabs);
    if (tab !== undefined) browser.killTab(tab);
  }

  #loseClosed(device: Device): void {
    device.kill();
    device.loseStore(this.#parts.lostTruth);
    this.#later(10, 8_000, () => device.start());
  }

  /** Reads fail from now on, until the store is made anew. */
  #damage({ disk }: Device): void {
    disk.faults = (operation) => (operation === "read" ? "damaged" : undefined);
  }

  #kill(device: Device): void {
    device.kill();
    this.#later(10, 8_000, () => device.start());
  }

  /** A service worker sends what waits, and may be ended by the platform or meet an app that starts. */
  #flush(device: Device): void {
    const { random, server, coverage, time } = this.#parts;
    device.kill();
    this.#later(10, 2_000, () => {
      const flush = new FlushRun(device, server, `${device.name} flush at ${time.now()}`);
      if (random.chance(0.3)) this.#later(1, 500, () => flush.process.kill());
      this.#later(1, 8_000, () => {
        coverage.add(`flush ${flush.end ?? "cut short"}`);
        device.start();
      });
    });
  }

  #cutPower(device: Device): void {
    device.cutPower(this.#parts.random.integer(0, device.disk.relaxedCommits));
    this.#later(100, 8_000, () => device.start());
  }

  #freeze(device: Device): void {
    device.freeze();
    this.#later(1_000, 90_000, () => device.thaw());
  }

  #replaceOwner(device: Device): void {
    device.freeze();
    this.#later(10, 2_000, () => device.start());
    this.#later(3_000, 60_000, () => device.thaw());
  }

  #jump(device: Device, mostMs: number): void {
    device.skewMs = this.#parts.random.integer(-mostMs, mostMs);
  }

  /** Closed and opened again, somewhere else or where it was: it may or may not be told that its network came back. */
  #sleep(device: Device): void {
    const { random } = this.#parts;
    device.fallAsleep();
    if (random.chance(0.5)) device.link.takeDown();
    else device.link.silence(random.chance(0.7));
    this.#later(1_000, 120_000, () => {
      device.wakeUp();
      this.#later(0, 3_000, () => device.link.restore());
    });
  }

  /** The platform gives operations up without saying why. */
  #abortCommits(device: Device): void {
    const { random, coverage } = this.#parts;
    device.disk.faults = () => {
      if (!random.chance(0.25)) return undefined;
      coverage.add("operation aborted");
      return "aborted";
    };
    this.#later(500, 10_000, () => {
      device.disk.faults = () => undefined;
    });
  }

  #fillDisk(device: Device): void {
    device.disk.room = device.disk.image.rows + this.#parts.random.integer(0, 6);
    this.#later(1_000, 15_000, () => {
      device.disk.room = Number.POSITIVE_INFINITY;
    });
  }

  /** For a while, what the device submits also goes over HTTP, and arrives there when it likes. */
  #copy(device: Device): void {
    device.link.copies = { fromMs: 0, toMs: this.#parts.random.integer(5, 20_000) };
    device.link.breaksAfterCopy = this.#parts.random.pick([0, 0.2, 0.5]) ?? 0;
    this.#later(1_000, 20_000, () => {
      device.link.copies = undefined;
      device.link.breaksAfterCopy = 0;
    });
  }

  #crashServer(): void {
    const { server } = this.#parts;
    server.crash(this.#parts.random.chance(0.5));
    this.#later(50, 8_000, () => void server.start());
  }

  #restartServer(): void {
    const { server } = this.#parts;
    void server.stop().then(() => this.#later(50, 3_000, () => void server.start()));
  }

  #distrust(): void {
    this.#parts.setUnreliable(true);
    this.#later(2_000, 20_000, () => this.#parts.setUnreliable(false));
  }

  #fillStorage(): void {
    const { server } = this.#parts;
    server.storage.full = true;
    this.#later(200, 8_000, () => {
      server.storage.full = false;
    });
  }

  #slowStorage(): void {
    const { server } = this.#parts;
    server.storage.readLatency = { fromMs: 1, toMs: this.#parts.random.integer(20, 400) };
    server.storage.writeLatency = { fromMs: 1, toMs: this.#parts.random.integer(20, 400) };
    server.storage.readPauses = 0.5;
    server.storage.writePauses = 0.1;
    this.#later(1_000, 10_000, () => server.storage.heal());
  }

  #restoreBackup(): void {
    const { server } = this.#parts;
    server.crash(true);
    server.restoreBackup(this.#parts.random.chance(0.7));
    this.#later(50, 3_000, () => void server.start());
  }
}
