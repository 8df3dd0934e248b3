import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { ProcessorClock } from "./processor-clock.ts";

const TICK_US = 10_000;

/** utime + stime of /proc/PID/stat, in ticks of 10 ms. */
function ticks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_US;
}

test("the clock of a process agrees with what /proc says, and sees work", () => {
  const clock = new ProcessorClock();
  const before = clock.read(process.pid);
  const end = performance.now() + 40;
  while (performance.now() < end);
  const after = clock.read(process.pid);
  expect(after - before).toBeGreaterThan(TICK_US);
  expect(Math.abs(clock.read(process.pid) - ticks(process.pid))).toBeLessThan(3 * TICK_US);
  clock.close();
});

test("a process that is not there has no clock", () => {
  const clock = new ProcessorClock();
  expect(() => clock.read(2 ** 22 + 1)).toThrow("has no clock");
  clock.close();
});
