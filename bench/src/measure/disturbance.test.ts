import { expect, test } from "bun:test";
import { Disturbance } from "./disturbance.ts";
import { ProcessorClock } from "./processor-clock.ts";

const WORK_US = 200_000;

test("work of a process that does not belong to the measurement counts, work of one that does is left out", () => {
  const processors = new ProcessorClock();
  const began = performance.now();
  const counted = new Disturbance(processors, []);
  const leftOut = new Disturbance(processors, [process.pid]);
  const until = processors.read(process.pid) + WORK_US;
  while (processors.read(process.pid) < until);
  const seconds = (performance.now() - began) / 1_000;
  const ownS = (counted.cores() - leftOut.cores()) * seconds;
  // The machine counts in steps of 10 ms for each core.
  expect(Math.abs(ownS - WORK_US / 1_000_000)).toBeLessThan(0.1);
  processors.close();
});
