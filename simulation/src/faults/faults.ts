import type { Browser } from "../device/browser/browser.ts";
import type { Device } from "../device/device.ts";
import { BrowserFaults } from "./browser-faults.ts";
import { DeviceFaults } from "./device-faults.ts";
import type { Fault, FaultParts, Later } from "./fault-parts.ts";
import { NetworkFaults } from "./network-faults.ts";
import { ServerFaults } from "./server-faults.ts";

/** How long after it was decided a fault strikes at most. */
export const STRIKES_WITHIN_MS = 60;
const HOUR_MS = 3_600_000;

/** What goes wrong: networks, processes, machines, clocks and the server, each for a while. */
export class Faults {
  readonly #parts: FaultParts;
  readonly #faults: readonly Fault[];

  constructor(parts: FaultParts) {
    this.#parts = parts;
    const later: Later = (fromMs, toMs, task) => void parts.time.after(parts.random.integer(fromMs, toMs), task);
    this.#faults = [
      ...this.#networks(new NetworkFaults(parts.random, later)),
      ...this.#machines(new DeviceFaults(parts, later)),
      ...(parts.devices.some(isBrowsing) ? this.#browsers(new BrowserFaults(parts, later)) : []),
      ...this.#servers(new ServerFaults(parts, later)),
    ];
    // What never happens is noticed.
    for (const [, name] of this.#faults) parts.coverage.add(`fault ${name}`, 0);
  }

  strike(): void {
    const { time, random, coverage, trace } = this.#parts;
    const fault = random.weighted(this.#faults.map((candidate) => [candidate[0], candidate] as const));
    if (fault === undefined) return;
    const [, name, strike] = fault;
    coverage.add(`fault ${name}`);
    // Between any two steps of what somebody has just begun.
    time.after((random.fraction() * STRIKES_WITHIN_MS) / 2, () => {
      trace.add(`fault ${name}`);
      strike();
    });
  }

  #networks(network: NetworkFaults): Fault[] {
    return [
      [10, "connections reset", this.#at((device) => network.reset(device))],
      [10, "network lost", this.#at((device) => network.lose(device))],
      [3, "network believed lost", this.#at((device) => network.mislead(device))],
      [8, "network silent", this.#at((device) => network.silence(device))],
      [6, "network slow", this.#at((device) => network.slowDown(device))],
      [12, "sockets blocked", this.#at((device) => network.block(device))],
      [3, "captive portal", this.#at((device) => network.capture(device))],
      [10, "copies on the other path", this.#at((device) => network.copy(device))],
    ];
  }

  #machines(machine: DeviceFaults): Fault[] {
    return [
      [8, "process killed", this.#at((device) => machine.kill(device))],
      [7, "closed and flushed", this.#at((device) => machine.flush(device))],
      [8, "power cut", this.#at((device) => machine.cutPower(device))],
      [5, "process frozen", this.#at((device) => machine.freeze(device))],
      [5, "owner frozen and replaced", this.#at((device) => machine.replaceOwner(device))],
      [4, "device asleep", this.#at((device) => machine.sleep(device))],
      [4, "clock jumps", this.#at((device) => machine.jump(device, HOUR_MS))],
      [2, "clock wrong by hours", this.#at((device) => machine.jump(device, 12 * HOUR_MS))],
      [5, "local store aborts", this.#at((device) => machine.abortCommits(device))],
      [5, "local store full", this.#at((device) => machine.fillDisk(device))],
    ];
  }

  #browsers(browsers: BrowserFaults): Fault[] {
    return [
      [6, "tab killed", this.#in((device, browser) => browsers.killTab(device, browser))],
      [8, "engine side killed", this.#in((device, browser) => browsers.killEngineSide(device, browser))],
      [4, "local store lost", this.#in((device) => browsers.loseStore(device))],
      [3, "local store lost while closed", this.#in((device) => browsers.loseStoreWhileClosed(device))],
      [3, "local store damaged", this.#in((device) => browsers.damageStore(device))],
    ];
  }

  #servers(servers: ServerFaults): Fault[] {
    return [
      [8, "server crashes", () => servers.crash()],
      [3, "server restarts", () => servers.restart()],
      [4, "fan-out unreliable", () => servers.distrust()],
      [4, "storage full", () => servers.fillStorage()],
      [4, "storage slow", () => servers.slowStorage()],
      [4, "conversation put off", this.#at((device) => servers.putOff(device))],
      [1, "backup restored", () => servers.restoreBackup()],
      [4, "backup taken", () => servers.backUp()],
    ];
  }

  /** Strikes one of the devices. */
  #at(strike: (device: Device) => void, devices = this.#parts.devices): () => void {
    return () => {
      const device = this.#parts.random.pick(devices);
      if (device === undefined) return;
      this.#parts.trace.add(`at ${device.name}`);
      strike(device);
    };
  }

  /** Strikes one of the browsers. */
  #in(strike: (device: Device, browser: Browser) => void): () => void {
    return this.#at(
      (device) => device.browser !== undefined && strike(device, device.browser),
      this.#parts.devices.filter(isBrowsing),
    );
  }
}

function isBrowsing({ browser }: Device): boolean {
  return browser !== undefined;
}
