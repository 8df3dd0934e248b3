import type { Device } from "../device/device.ts";
import { FlushRun } from "../device/flush-run.ts";
import type { FaultParts, Later } from "./fault-parts.ts";

const WRITTEN_WITHIN_MS = 30;
/** A flush takes this long. */
const RACE_WITHIN_MS = 100;

/** What goes wrong on devices: with what runs there, with their clocks and with their disks. */
export class DeviceFaults {
  readonly #parts: FaultParts;
  readonly #later: Later;

  constructor(parts: FaultParts, later: Later) {
    this.#parts = parts;
    this.#later = later;
  }

  kill(device: Device): void {
    device.kill();
    this.#later(10, 8_000, () => device.start());
  }

  cutPower(device: Device): void {
    device.cutPower(this.#parts.random.integer(0, device.disk.relaxedCommits));
    this.#later(100, 8_000, () => device.start());
  }

  /** A service worker sends what waits, and may be ended by the platform, be frozen by it, or meet an app that starts. */
  flush(device: Device): void {
    const { random, coverage, time, write } = this.#parts;
    // Nothing gets through any more, and nobody is told.
    device.link.breakAll({ client: false, server: false });
    write(device);
    time.after(random.fraction() * WRITTEN_WITHIN_MS, () => device.kill());
    this.#later(WRITTEN_WITHIN_MS, 2_000, () => {
      const flush = new FlushRun(device, `${device.name} flush at ${time.now()}`);
      if (random.chance(0.2)) this.#later(1, 500, () => flush.process.kill());
      else if (random.chance(0.3)) this.#freezeFlush(flush);
      this.#later(1, random.chance(0.5) ? RACE_WITHIN_MS : 8_000, () => {
        coverage.add(flush.end === undefined ? "flush met by an app" : "flush ended before an app");
        device.start();
        this.#later(5_000, 5_000, () => coverage.add(`flush ${flush.end ?? "cut short"}`));
      });
    });
  }

  freeze(device: Device): void {
    device.freeze();
    this.#later(1_000, 90_000, () => device.thaw());
  }

  replaceOwner(device: Device): void {
    device.freeze();
    this.#later(10, 2_000, () => device.start());
    this.#later(3_000, 60_000, () => device.thaw());
  }

  jump(device: Device, mostMs: number): void {
    device.skewMs = this.#parts.random.integer(-mostMs, mostMs);
  }

  /** Closed and opened again, somewhere else or where it was: it may or may not be told that its network came back. */
  sleep(device: Device): void {
    const { random, time, write } = this.#parts;
    if (random.chance(0.5)) write(device);
    time.after(random.fraction() * WRITTEN_WITHIN_MS, () => {
      device.fallAsleep();
      if (random.chance(0.5)) device.link.takeDown();
      else device.link.silence(random.chance(0.7));
    });
    this.#later(1_000, 120_000, () => {
      device.wakeUp();
      this.#later(0, 3_000, () => device.link.restore());
    });
  }

  /** The platform gives operations up without saying why. */
  abortCommits({ disk }: Device): void {
    const { random, coverage } = this.#parts;
    disk.faults = () => {
      if (!random.chance(0.25)) return undefined;
      coverage.add("operation aborted");
      return "aborted";
    };
    this.#later(500, 10_000, () => {
      disk.faults = () => undefined;
    });
  }

  fillDisk({ disk }: Device): void {
    disk.room = disk.image.rows + this.#parts.random.integer(0, 6);
    this.#later(1_000, 15_000, () => {
      disk.room = Number.POSITIVE_INFINITY;
    });
  }

  #freezeFlush({ process }: FlushRun): void {
    this.#later(1, RACE_WITHIN_MS, () => {
      this.#parts.coverage.add("flush frozen");
      process.freeze();
      this.#later(1_000, 30_000, () => process.thaw());
    });
  }
}
