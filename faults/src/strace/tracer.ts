import { readFileSync } from "node:fs";
import { requireProgram } from "../program.ts";

export interface TracerOptions {
  /** The file that the trace is written to. */
  readonly output: string;
  /** The system calls to look at. */
  readonly calls: readonly string[];
  /** Only calls that have to do with one of these files; all if there is none. */
  readonly paths?: readonly string[];
  /** What to change about them, in strace's words, such as `fdatasync:error=EIO:when=3`. */
  readonly injections?: readonly string[];
}

const LONGEST_DATA = 65_536;
const ENDED_WITHIN_MS = 10_000;

/**
 * A wrapper that lets a process run under strace and stay itself: `-D` makes strace a process of its own beside it. Only the calls asked for stop
 * the process; all others run at full speed.
 */
export function tracer({ output, calls, paths = [], injections = [] }: TracerOptions): string[] {
  const filter = ["-e", `trace=${calls.join(",")}`];
  const changes = injections.flatMap((injection) => ["-e", `inject=${injection}`]);
  const shape = ["-yy", "-xx", "-s", String(LONGEST_DATA), "-o", output];
  const files = paths.flatMap((path) => ["-P", path]);
  return [requireProgram("strace"), "-D", "-f", "--seccomp-bpf", ...shape, ...files, ...filter, ...changes];
}

/** The whole trace of a process that has ended: strace may finish writing a moment later. */
export async function finishedTrace(output: string, pid: number): Promise<string> {
  const end = new RegExp(`^${pid} +\\+\\+\\+ (exited|killed) .*\\+\\+\\+$`, "m");
  const deadline = Date.now() + ENDED_WITHIN_MS;
  for (;;) {
    const trace = readFileSync(output, "utf8");
    if (end.test(trace)) return trace;
    if (Date.now() > deadline) throw new Error(`The trace of process ${pid} has no end: ${trace.slice(-500)}`);
    await Bun.sleep(20);
  }
}
