import { existsSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import type { ServerProcessOptions } from "@parley/rig";
import { requireProgram } from "../program.ts";

const LIBRARIES = "/usr/lib";

/**
 * The date that a server process sees, to be set while it runs. What passes (timers, waits, the monotonic clock) stays as it is: so it is when
 * somebody sets the clock of a machine.
 */
export class FakeClock {
  readonly #file: string;
  readonly #library: string;
  #farthestMs = 0;

  /** @param file where the offset is kept */
  constructor(file: string) {
    requireProgram("faketime");
    this.#library = libraryPath();
    this.#file = file;
    this.jumpTo(0);
  }

  /** How to start a process that sees this clock. */
  get options(): ServerProcessOptions {
    const environment = {
      LD_PRELOAD: this.#library,
      FAKETIME_TIMESTAMP_FILE: this.#file,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      NO_FAKE_STAT: "1",
    };
    return { environment };
  }

  /** The latest time that the process may have seen. */
  get latest(): number {
    return Date.now() + this.#farthestMs;
  }

  /** From now on the process is so many seconds ahead of this one, or behind it. */
  jumpTo(seconds: number): void {
    this.#farthestMs = Math.max(this.#farthestMs, seconds * 1_000);
    const next = `${this.#file}.next`;
    writeFileSync(next, `${seconds < 0 ? "-" : "+"}${Math.abs(seconds)}\n`);
    renameSync(next, this.#file);
  }
}

/** It lies in a folder that is named after the architecture of the machine. */
function libraryPath(): string {
  const places = readdirSync(LIBRARIES).map((folder) => `${LIBRARIES}/${folder}/faketime/libfaketimeMT.so.1`);
  const path = places.find((place) => existsSync(place));
  if (path === undefined) throw new Error(`libfaketimeMT.so.1 is not below ${LIBRARIES}: install faketime.`);
  return path;
}
