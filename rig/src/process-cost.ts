import { readdirSync, readFileSync } from "node:fs";

/** What a process holds of the machine, from the operating system (Linux). */
export interface ProcessSize {
  /** Resident memory, bytes. */
  readonly memory: number;
  readonly threads: number;
  /** Open file handles. */
  readonly handles: number;
}

/** Time that a process has spent on processors, all threads that are alive together, microseconds. It grows in steps of less than a microsecond. */
export function processorTime(pid: number): number {
  let total = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const [running = "0"] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ");
    total += Number(running) / 1_000;
  }
  return total;
}

export function processSize(pid: number): ProcessSize {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
  return {
    memory: field("VmRSS") * 1024,
    threads: field("Threads"),
    handles: readdirSync(`/proc/${pid}/fd`).length,
  };
}
