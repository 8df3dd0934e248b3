import type { ProcessorClock } from "./processor-clock.ts";

/** What a while of work cost. */
export interface Work {
  /** Seconds that passed. */
  readonly seconds: number;
  /** Microseconds on processors, all threads of the measured process. */
  readonly processorUs: number;
  /** How much of one core the generator used, so that one sees whether it was the limit. */
  readonly generatorShare: number;
}

/** Watches a process for a while. */
export async function work(processors: ProcessorClock, pid: number, durationMs: number): Promise<Work> {
  const began = performance.now();
  const [server, own] = [processors.read(pid), processors.read(process.pid)];
  await Bun.sleep(durationMs);
  const seconds = (performance.now() - began) / 1_000;
  return {
    seconds,
    processorUs: processors.read(pid) - server,
    generatorShare: (processors.read(process.pid) - own) / 1_000_000 / seconds,
  };
}
