import { describe, expect, test } from "bun:test";
import { NetworkWatch } from "./network-watch.ts";

/** A device whose clocks and timers may part while it sleeps. */
class Device {
  readonly events = new EventTarget();
  readonly heard: string[] = [];
  readonly watch: NetworkWatch;
  #time = Date.UTC(2026, 0, 1);
  #elapsed = 0;
  #timers: { readonly at: number; readonly task: () => void }[] = [];

  constructor() {
    this.watch = new NetworkWatch(
      { onLine: () => false, events: this.events },
      {
        now: () => this.#time,
        elapsed: () => this.#elapsed,
        after: (delayMs, task) => {
          this.#timers.push({ at: this.#elapsed + delayMs, task });
          return () => undefined;
        },
      },
    );
    this.watch.onReturn(() => this.heard.push("return"));
    this.watch.onLoss(() => this.heard.push("loss"));
  }

  awake(ms: number): void {
    for (const end = this.#elapsed + ms; this.#elapsed < end; ) {
      this.#elapsed += 100;
      this.#time += 100;
      const due = this.#timers.filter(({ at }) => at <= this.#elapsed);
      this.#timers = this.#timers.filter(({ at }) => at > this.#elapsed);
      for (const { task } of due) task();
    }
  }

  /** Timers stand still; the clock that never jumps goes on in some devices. */
  asleep(ms: number, elapsedGoesOn: boolean): void {
    this.#time += ms;
    if (elapsedGoesOn) this.#elapsed += ms;
  }

  setClock(byMs: number): void {
    this.#time += byMs;
  }
}

describe("[CON9] what the browser tells of its network", () => {
  test("its return and its loss are passed on, whatever it says of being online", () => {
    const device = new Device();
    for (const name of ["online", "offline", "offline", "online"]) device.events.dispatchEvent(new Event(name));
    expect(device.heard).toEqual(["return", "loss", "loss", "return"]);
    expect(device.watch.online()).toBe(false);
  });

  test.each([true, false])("a sleep of hours is noticed soon after it (elapsed goes on: %p)", (elapsedGoesOn) => {
    const device = new Device();
    device.awake(3_000);
    device.asleep(7 * 3_600_000, elapsedGoesOn);
    device.awake(5_000);
    expect(device.heard).toEqual(["return"]);
    device.awake(60_000);
    expect(device.heard).toEqual(["return"]);
  });

  test("time that passes, and a clock that is set back, are no sleep", () => {
    const device = new Device();
    device.awake(60_000);
    device.setClock(-7 * 3_600_000);
    device.awake(60_000);
    expect(device.heard).toEqual([]);
  });
});
