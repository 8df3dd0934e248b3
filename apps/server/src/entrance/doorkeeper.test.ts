import { describe, expect, test } from "bun:test";
import type { Clock } from "../connection/clock.ts";
import { Doorkeeper, doorRules } from "./doorkeeper.ts";
import { Turnstile } from "./turnstile.ts";

describe("the doorkeeper", () => {
  test("lets in at once who comes alone", async () => {
    const loop = new Loop();
    const door = new Door(loop);
    door.come(1, 0.3);
    await settled();
    expect(door.enteredAt).toEqual([0]);
  });

  test("lets a crowd in for half a millisecond of each turn of the event loop", async () => {
    const loop = new Loop();
    const door = new Door(loop);
    door.come(8, 0.2);
    await settled();
    const entered = [door.enteredAt.length];
    for (let turn = 0; turn < 2; turn++) {
      await loop.turn();
      entered.push(door.enteredAt.length);
    }
    expect(entered).toEqual([3, 6, 8]);
  });

  test("gives a crowd its share of the time, and rests in between", async () => {
    const loop = new Loop();
    const door = new Door(loop);
    door.come(10_000, 0.2);
    await loop.until(1_000);
    expect(door.enteredAt.length * 0.2).toBeCloseTo(1_000 * doorRules.share, -1);
  });

  test("takes all the time there is when somebody has waited for long", async () => {
    const loop = new Loop();
    const door = new Door(loop);
    door.come(50_000, 0.2);
    await loop.until(doorRules.pressingMs + 100);
    const before = door.enteredAt.length;
    await loop.until(doorRules.pressingMs + 1_100);
    expect((door.enteredAt.length - before) * 0.2).toBeGreaterThan(990);
  });

  test("waits for commands that are under way", async () => {
    const loop = new Loop();
    const door = new Door(loop);
    door.come(3, 2);
    door.commandsUnderWay = true;
    await loop.until(4);
    expect(door.enteredAt).toEqual([0]);
    door.commandsUnderWay = false;
    await loop.until(6);
    expect(door.enteredAt).toHaveLength(2);
  });

  test("does not wait for commands that never end", async () => {
    const loop = new Loop();
    const door = new Door(loop);
    door.commandsUnderWay = true;
    door.come(1_000, 0.2);
    await loop.until(100);
    const { deferenceMs, insistenceMs } = doorRules;
    const part = insistenceMs[0] / (insistenceMs[0] + deferenceMs);
    expect(door.enteredAt.length * 0.2).toBeGreaterThan(100 * part * 0.9);
    expect(door.enteredAt.length * 0.2).toBeLessThan(100 * part * 1.4);
  });

  test("says whether somebody waits", async () => {
    const loop = new Loop();
    const door = new Door(loop);
    door.come(1, 0.2);
    expect(door.keeper.crowded).toBe(false);
    door.come(1, 0.2);
    expect(door.keeper.crowded).toBe(true);
    await loop.until(10);
    expect(door.keeper.crowded).toBe(false);
  });
});

/** A door, and when those who came through it did. */
class Door {
  readonly enteredAt: number[] = [];
  readonly keeper: Doorkeeper;
  commandsUnderWay = false;
  readonly #loop: Loop;
  readonly #turnstile: Turnstile;

  constructor(loop: Loop) {
    this.#loop = loop;
    this.keeper = new Doorkeeper(loop.clock, () => this.commandsUnderWay);
    this.#turnstile = new Turnstile(this.keeper, 8);
  }

  /** So many come at once, and each takes so long. */
  come(count: number, eachMs: number): void {
    for (let index = 0; index < count; index++) {
      void this.#turnstile.pass(async () => {
        this.enteredAt.push(this.#loop.elapsed);
        this.#loop.elapsed += eachMs;
      });
    }
  }
}

/** An event loop whose time passes by what is done in it, or by waiting for the next timer. */
class Loop {
  elapsed = 0;
  #tasks: { readonly at: number; readonly task: () => void }[] = [];
  readonly clock: Clock = {
    now: () => this.elapsed,
    elapsed: () => this.elapsed,
    after: (ms, task) => {
      this.#tasks.push({ at: this.elapsed + ms, task });
      return () => undefined;
    },
  };

  /** Does what is due. */
  async turn(): Promise<void> {
    const due = this.#tasks.filter(({ at }) => at <= this.elapsed);
    this.#tasks = this.#tasks.filter(({ at }) => at > this.elapsed);
    for (const { task } of due) {
      task();
      await settled();
    }
  }

  async until(moment: number): Promise<void> {
    await settled();
    while (this.elapsed < moment) {
      await this.turn();
      if (this.#tasks.every(({ at }) => at > this.elapsed)) {
        this.elapsed = Math.min(moment, ...this.#tasks.map(({ at }) => at));
      }
    }
  }
}

/** Lets everything go on that waits for nothing. */
async function settled(): Promise<void> {
  for (let count = 0; count < 20; count++) await undefined;
}
