import { readFileSync } from "node:fs";
import type { ProcessorClock } from "./processor-clock.ts";

const US_PER_S = 1_000_000;
/** Unit of /proc/stat on every Linux that people use. */
const TICKS_PER_S = 100;

/** What a while of work cost. */
export interface Work {
  /** Seconds that passed. */
  readonly seconds: number;
  /** Microseconds on processors, all threads of the measured process. */
  readonly processorUs: number;
  /** The part of it that the kernel used on its behalf: sockets, files, syncs, waking threads. */
  readonly kernelShare: number;
  /** How much of one core the generator used, so that one sees whether it was the limit. */
  readonly generatorShare: number;
  /** How much of one core everything else on the machine used: what disturbs. */
  readonly othersShare: number;
}

/** Watches a process for a while. */
export async function work(processors: ProcessorClock, pid: number, durationMs: number): Promise<Work> {
  const look = () => ({
    at: performance.now(),
    server: processors.read(pid),
    own: processors.read(process.pid),
    busy: busySeconds(readFileSync("/proc/stat", "utf8")),
    parts: partsOf(readFileSync(`/proc/${pid}/stat`, "utf8")),
  });
  const before = look();
  await Bun.sleep(durationMs);
  const after = look();
  const seconds = (after.at - before.at) / 1_000;
  const processorUs = after.server - before.server;
  const ownUs = after.own - before.own;
  const user = after.parts.user - before.parts.user;
  const kernel = after.parts.kernel - before.parts.kernel;
  const others = after.busy - before.busy - (processorUs + ownUs) / US_PER_S;
  return {
    seconds,
    processorUs,
    kernelShare: kernel / (user + kernel),
    generatorShare: ownUs / US_PER_S / seconds,
    othersShare: Math.max(0, others) / seconds,
  };
}

/** Time that all cores have worked since the machine started, from the first line of /proc/stat. */
export function busySeconds(stat: string): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0] = (stat.split("\n")[0] ?? "")
    .split(/ +/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softIrq) / TICKS_PER_S;
}

/** Ticks that a process has spent in its own code and in the kernel, from /proc/PID/stat. */
export function partsOf(stat: string): { user: number; kernel: number } {
  // The name of the program is in parentheses and may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { user: Number(fields[11]), kernel: Number(fields[12]) };
}
