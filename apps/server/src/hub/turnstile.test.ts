import { expect, test } from "bun:test";
import { ManualClock } from "../testing/manual-clock.ts";
import { Turnstile } from "./turnstile.ts";

test("lets in a few at a time, in order, also after a failure", async () => {
  const clock = new ManualClock();
  const turnstile = new Turnstile(clock, 2);
  const log: string[] = [];
  const gates = [0, 1, 2, 3].map(() => Promise.withResolvers<void>());
  const passes = gates.map((gate, index) =>
    turnstile
      .pass(async () => {
        log.push(`in ${index}`);
        await gate.promise;
        if (index === 0) throw new Error("broken");
      })
      .catch((error: Error) => log.push(error.message)),
  );
  await clock.advance(0);
  expect(log).toEqual(["in 0", "in 1"]);
  gates[0]?.resolve();
  await clock.advance(0);
  expect(log).toEqual(["in 0", "in 1", "broken", "in 2"]);
  for (const gate of gates) gate.resolve();
  await clock.advance(0);
  await Promise.all(passes);
  expect(log).toEqual(["in 0", "in 1", "broken", "in 2", "in 3"]);
});

test("lets nobody else in for the rest of a turn of the loop in which those before have taken their time", async () => {
  let elapsed = 0;
  let due: (() => void)[] = [];
  const after = (_: number, task: () => void) => {
    due.push(task);
    return () => undefined;
  };
  const turnstile = new Turnstile({ now: () => elapsed, elapsed: () => elapsed, after }, 4);
  let entered = 0;
  for (let count = 0; count < 8; count++) {
    void turnstile.pass(async () => {
      entered++;
      elapsed += 0.6;
    });
  }
  const enteredByTurn: number[] = [];
  for (let turn = 0; turn < 3; turn++) {
    const tasks = due;
    due = [];
    for (const task of tasks) {
      task();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await new Promise((resolve) => setImmediate(resolve));
    enteredByTurn.push(entered);
  }
  expect(enteredByTurn).toEqual([4, 6, 8]);
});
