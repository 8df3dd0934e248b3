import { readdirSync, readFileSync } from "node:fs";
import { busySeconds } from "./work.ts";

const TICKS_PER_S = 100;

interface Relative {
  readonly parent: number;
  /** Seconds on processors, with those of children that have ended. */
  readonly seconds: number;
}

/** Watches how much of the machine is used by anything but this process and all that came from it: servers, browsers and their processes. */
export class FamilyDisturbance {
  readonly #began = performance.now();
  readonly #others = othersSeconds();

  /** Cores that others have used since it began; 1 is one of them all the time. */
  cores(): number {
    const seconds = (performance.now() - this.#began) / 1_000;
    return Math.max(0, othersSeconds() - this.#others) / seconds;
  }
}

function othersSeconds(): number {
  return busySeconds(readFileSync("/proc/stat", "utf8")) - familySeconds(processes(), process.pid);
}

/** Seconds of a process and of all its descendants, those included that have ended. */
export function familySeconds(all: ReadonlyMap<number, Relative>, root: number): number {
  const belongs = (pid: number): boolean => {
    if (pid === root) return true;
    const parent = all.get(pid)?.parent;
    return parent !== undefined && belongs(parent);
  };
  return [...all].reduce((sum, [pid, { seconds }]) => (belongs(pid) ? sum + seconds : sum), 0);
}

function processes(): ReadonlyMap<number, Relative> {
  const found = new Map<number, Relative>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readStat(name);
    if (stat !== undefined) found.set(Number(name), relativeOf(stat));
  }
  return found;
}

/** Undefined for a process that has ended meanwhile. */
function readStat(pid: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
}

/** From /proc/PID/stat. */
export function relativeOf(stat: string): Relative {
  // The name of the program is in parentheses and may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { parent: Number(fields[1]), seconds: ticks / TICKS_PER_S };
}
