import { expect, test } from "bun:test";
import { ManualClock } from "../testing/manual-clock.ts";
import { Doorkeeper } from "./doorkeeper.ts";
import { Turnstile } from "./turnstile.ts";

test("lets a few in at a time, in order, also after a failure", async () => {
  const clock = new ManualClock();
  const turnstile = new Turnstile(new Doorkeeper(clock, () => false), 2);
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
