import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { join } from "node:path";
import { requireProgram } from "../program.ts";

const BLOCK = Buffer.alloc(4096, 0x42);

/** A file system of a few megabytes in memory, that can be filled to the last block and freed again. */
export class SmallDisk {
  readonly #place: string;

  /** @param place an empty folder, or none yet; its name has no spaces */
  constructor(place: string, megabytes: number) {
    this.#place = place;
    mkdirSync(place, { recursive: true });
    mount("-t", "tmpfs", "-o", `size=${megabytes}m,mode=700`, "tmpfs", place);
  }

  /** A folder on it. */
  get folder(): string {
    return join(this.#place, "data");
  }

  /** Takes all the space that is left. Others may write meanwhile. */
  fill(): void {
    const file = openSync(this.#ballast, "a");
    try {
      while (this.#freeBytes >= BLOCK.length) writeSync(file, BLOCK);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
    } finally {
      closeSync(file);
    }
  }

  /** Gives back what `fill` took. */
  free(): void {
    rmSync(this.#ballast, { force: true });
  }

  resize(megabytes: number): void {
    // With the source named, nothing of the present options is repeated: in a user namespace some could not be.
    mount("-o", `remount,size=${megabytes}m`, "tmpfs", this.#place);
  }

  /** It is gone from its place at once, and altogether when nobody holds a file of it open any more. */
  unmount(): void {
    run("umount", "--lazy", this.#place);
  }

  get #freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.#place);
    return bavail * bsize;
  }

  get #ballast(): string {
    return join(this.#place, "ballast");
  }
}

function mount(...args: readonly string[]): void {
  try {
    run("mount", ...args);
  } catch (error) {
    throw new Error('A small file system cannot be mounted: run this as root, or as a user below "unshare -Urm".', {
      cause: error,
    });
  }
}

function run(program: "mount" | "umount", ...args: readonly string[]): void {
  const { exitCode, stderr } = Bun.spawnSync([requireProgram(program), ...args]);
  if (exitCode !== 0) throw new Error(`${program} ended with ${exitCode}: ${stderr.toString().trim()}`);
}
