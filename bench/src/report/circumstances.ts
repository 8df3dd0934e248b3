import { Database } from "bun:sqlite";
import { readFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";
import { type SyncTime, syncTime } from "../measure/sync-time.ts";

const GB = 1_000_000_000;
const SYNCS = 300;

/** What a reader must know to compare figures with those of another machine or day. */
export interface Circumstances {
  /** ISO 8601, UTC. */
  readonly date: string;
  readonly machine: Readonly<Record<"processor" | "cores" | "memory" | "system" | "fileSystem", string>>;
  readonly versions: Readonly<Record<"parley" | "bun" | "sqlite", string>>;
  /** Load average of the last minute, before anything was started. */
  readonly loadAtStart: number;
  /** One sync of an append of 4 kB on the disk that is written to. */
  readonly sync: SyncTime;
  readonly runs: number;
  readonly quick: boolean;
}

export interface Settings {
  readonly runs: number;
  readonly quick: boolean;
  /** Where the data folders are made. */
  readonly folder: string;
}

export async function circumstances({ runs, quick, folder }: Settings): Promise<Circumstances> {
  const [load = Number.NaN] = loadavg();
  const processors = cpus();
  return {
    date: new Date().toISOString(),
    machine: {
      processor: processors[0]?.model ?? "unknown",
      cores: String(processors.length),
      memory: `${(totalmem() / GB).toFixed(0)} GB`,
      system: `Linux ${release()}`,
      fileSystem: fileSystemOf(folder, readFileSync("/proc/mounts", "utf8")),
    },
    versions: { parley: await commit(), bun: Bun.version, sqlite: sqliteVersion() },
    loadAtStart: load,
    sync: await syncTime(folder, SYNCS),
    runs,
    quick,
  };
}

/** The kind of file system that a folder lies in: that of the longest mount point above it. */
export function fileSystemOf(folder: string, mounts: string): string {
  let kind = "unknown";
  let longest = 0;
  for (const line of mounts.split("\n")) {
    const [, point = "", type = ""] = line.split(" ");
    const above = point === "/" || (point !== "" && `${folder}/`.startsWith(`${point}/`));
    if (!above || point.length < longest) continue;
    kind = type;
    longest = point.length;
  }
  return kind;
}

/** The commit of the working tree, with "+" if files were changed; "unknown" outside a clone. */
async function commit(): Promise<string> {
  const git = (...args: string[]) => Bun.spawn(["git", ...args], { stdout: "pipe", stderr: "ignore" });
  try {
    const name = (await new Response(git("rev-parse", "--short", "HEAD").stdout).text()).trim();
    const changed = (await new Response(git("status", "--porcelain", "-uno").stdout).text()).trim() !== "";
    return name === "" ? "unknown" : `${name}${changed ? "+" : ""}`;
  } catch {
    return "unknown";
  }
}

function sqliteVersion(): string {
  const database = new Database(":memory:");
  const row = database.query<{ version: string }, []>("SELECT sqlite_version() AS version").get();
  database.close();
  return row?.version ?? "unknown";
}
