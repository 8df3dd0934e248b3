import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";

/** How long a program may take to say what it is waited for. */
const WITHIN_MS = 60_000;

/** A program of the operating system that runs beside a test. */
export class Program {
  readonly #child: ChildProcess;

  /** @param environment added to this process's own */
  constructor(program: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    const env = { ...process.env, ...environment };
    this.#child = spawn(program, args, { env, stdio: ["ignore", "ignore", "pipe", "pipe"] });
  }

  get errors(): Readable {
    return this.#stream(2);
  }

  /** Its file descriptor 3, by which some programs say where they are. */
  get third(): Readable {
    return this.#stream(3);
  }

  /** Resolves when it is gone. */
  async end(): Promise<void> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode !== null || signalCode !== null) return;
    const gone = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.kill();
    await gone;
  }

  #stream(descriptor: 2 | 3): Readable {
    const stream = this.#child.stdio[descriptor];
    if (stream === null || stream === undefined || !("read" in stream)) throw new Error(`${descriptor} is not open`);
    return stream;
  }
}

/** Runs a program to its end. */
export async function ran(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const child = spawn(program, args, { env: { ...process.env, ...environment }, stdio: "inherit" });
  const code = await new Promise((resolve) => child.once("exit", resolve));
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
}

/** The first group of the first match in what comes. */
export function firstMatch(stream: Readable, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const timer = setTimeout(() => reject(new Error(`Waited in vain for ${pattern}. Got: ${text}`)), WITHIN_MS);
    stream.on("data", (data) => {
      text += String(data);
      const found = pattern.exec(text)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    });
  });
}
