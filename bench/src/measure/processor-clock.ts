import { dlopen, FFIType, ptr } from "bun:ffi";

const NS_PER_US = 1_000;
const US_PER_S = 1_000_000;
/** Linux: the clock of all that a process has run (CPUCLOCK_SCHED). */
const SCHEDULED = 2;

/**
 * The operating system's clock of the time that processes spend on processors, exact to the nanosecond. Unlike a sum over /proc/PID/task it counts
 * threads that have ended.
 */
export class ProcessorClock {
  readonly #library = dlopen("libc.so.6", {
    clock_gettime: { args: [FFIType.i32, FFIType.ptr], returns: FFIType.i32 },
  });
  readonly #time = new BigInt64Array(2);

  /** Microseconds that a process has run, in all its threads since it began. */
  read(pid: number): number {
    const clock = (~pid << 3) | SCHEDULED;
    if (this.#library.symbols.clock_gettime(clock, ptr(this.#time)) !== 0) {
      throw new Error(`Process ${pid} has no clock: it has ended, or this is not Linux.`);
    }
    const [seconds = 0n, nanoseconds = 0n] = this.#time;
    return Number(seconds) * US_PER_S + Number(nanoseconds) / NS_PER_US;
  }

  close(): void {
    this.#library.close();
  }
}
