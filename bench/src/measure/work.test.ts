import { expect, test } from "bun:test";
import { ProcessorClock } from "./processor-clock.ts";
import { busySeconds, partsOf, work } from "./work.ts";

test("waiting is not work", () => {
  expect(busySeconds("cpu  100 20 30 4000 500 6 7 800 9 9\ncpu0 1 2 3 4 5 6 7 8 9 9\n")).toBeCloseTo(1.63);
});

test("a program's name does not shift its fields", () => {
  const numbers = "S 1 2 3 0 -1 4194304 10 0 0 0 123 45 6 7 20 0";
  expect(partsOf(`42 (bun) ${numbers}`)).toEqual({ user: 123, kernel: 45 });
  expect(partsOf(`42 (a b) c) ${numbers}`)).toEqual({ user: 123, kernel: 45 });
});

test("what a process works while it is watched is counted, and nothing before", async () => {
  const processors = new ProcessorClock();
  const busy = Bun.spawn([process.execPath, "-e", "for (;;);"], { stdout: "ignore", stderr: "inherit" });
  try {
    await Bun.sleep(50);
    const { processorUs, seconds } = await work(processors, busy.pid, 100);
    expect(processorUs).toBeGreaterThan(0);
    expect(processorUs).toBeLessThan(seconds * 4_000_000);
  } finally {
    busy.kill();
    await busy.exited;
    processors.close();
  }
});
