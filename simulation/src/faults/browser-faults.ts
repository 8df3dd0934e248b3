import type { Browser } from "../device/browser/browser.ts";
import type { Device } from "../device/device.ts";
import type { FaultParts, Later } from "./fault-parts.ts";

/** As long as it takes to bring what was typed in a tab into the outbox, and to say so. */
const QUEUED_WITHIN_MS = 15;

/** What goes wrong in browsers: with tabs, with what runs their engine, and with what they keep. */
export class BrowserFaults {
  readonly #parts: FaultParts;
  readonly #later: Later;

  constructor(parts: FaultParts, later: Later) {
    this.#parts = parts;
    this.#later = later;
  }

  /** The tab that somebody writes in, or another. */
  killTab(device: Device, browser: Browser): void {
    this.#amidWriting(device, () => {
      const tab = this.#parts.random.pick(browser.tabs);
      if (tab !== undefined) browser.killTab(tab);
    });
  }

  killEngineSide(device: Device, browser: Browser): void {
    this.#amidWriting(device, () => browser.killEngineSide());
  }

  loseStore(device: Device): void {
    this.#amidWriting(device, () => device.loseStore(this.#parts.lostTruth));
  }

  loseStoreWhileClosed(device: Device): void {
    device.kill();
    device.loseStore(this.#parts.lostTruth);
    this.#later(10, 8_000, () => device.start());
  }

  /** Reads fail from now on, until the store is made anew. */
  damageStore({ disk }: Device): void {
    disk.faults = (operation) => (operation === "read" ? "damaged" : undefined);
  }

  /** Mostly at any step between a key press and what its acknowledgement brings about. */
  #amidWriting(device: Device, strike: () => void): void {
    const { random, time, write } = this.#parts;
    if (random.chance(0.7)) write(device);
    time.after(random.fraction() * QUEUED_WITHIN_MS, strike);
  }
}
