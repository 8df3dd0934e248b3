import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Subprocess } from "bun";

const MAIN = fileURLToPath(new URL("../../apps/server/src/main.ts", import.meta.url));
const READY_WITHIN_MS = 60_000;

/** An empty folder that the system's cleaning takes care of. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "parley-server-"));
}

export interface ServerProcessOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** 0 for any that is free. To restart a server, give the port of the one before. */
  readonly port?: number;
  /** A program and its arguments that become the server, keeping the process: `unshare …`, `faketime …`, `strace -D …`. */
  readonly wrapper?: readonly string[];
  /** Another program that starts a server, and its arguments. It says the same when it serves. */
  readonly program?: readonly string[];
  /** Arguments of Bun, before the server's main file. */
  readonly bunArguments?: readonly string[];
  /** Kills it (SIGKILL) if it has not finished starting. */
  readonly abandon?: AbortSignal;
}

/** A real server in a process of its own. */
export class ServerProcess {
  readonly folder: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves with the exit code when the process has ended. */
  readonly exited: Promise<number>;
  readonly #process: Subprocess<"ignore", "pipe", "pipe">;
  readonly #printed: Printed;

  private constructor(folder: string, process: Subprocess<"ignore", "pipe", "pipe">, port: number, printed: Printed) {
    this.folder = folder;
    this.port = port;
    this.pid = process.pid;
    this.exited = process.exited;
    this.#process = process;
    this.#printed = printed;
  }

  /** Resolves when it serves. Throws with what it printed if it ends before. */
  static async start(folder: string, options: ServerProcessOptions = {}): Promise<ServerProcess> {
    const { environment = {}, port = 0, wrapper = [], program = [MAIN], bunArguments = [], abandon } = options;
    const child = Bun.spawn([...wrapper, process.execPath, ...bunArguments, ...program], {
      env: { ...process.env, NODE_ENV: "production", PORT: String(port), PARLEY_DATA: folder, ...environment },
      stdin: "ignore",
      stdout: "pipe",
      stderr: "pipe",
    });
    // Whoever started it may be interrupted: a server that nobody knows of would run on.
    const killAtExit = () => child.kill("SIGKILL");
    process.prependListener("exit", killAtExit);
    void child.exited.then(() => process.off("exit", killAtExit));
    const printed = new Printed();
    const ready = printed.find(/Parley is running at .*https?:\/\/localhost:(\d+)\)?\n/);
    void printed.collect(child.stdout);
    const complained = printed.collect(child.stderr);
    const giveUp = () => child.kill("SIGKILL");
    const tooLong = setTimeout(giveUp, READY_WITHIN_MS);
    abandon?.addEventListener("abort", giveUp);
    const found = await Promise.race([ready, child.exited.then(() => undefined)]);
    clearTimeout(tooLong);
    abandon?.removeEventListener("abort", giveUp);
    if (found !== undefined) return new ServerProcess(folder, child, Number(found), printed);
    await complained;
    throw new Error(`The server ended with ${await child.exited} before it was ready: ${printed.text}`);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  /** What it printed so far. */
  get output(): string {
    return this.#printed.text;
  }

  /** Asks it to stop and waits for the end; its exit code. */
  stop(): Promise<number> {
    this.#process.kill("SIGTERM");
    return this.exited;
  }

  /** Ends it without warning and waits for the end; its exit code. */
  kill(): Promise<number> {
    this.#process.kill("SIGKILL");
    return this.exited;
  }

  /** Stops the process where it is (SIGSTOP) until `thaw`. */
  freeze(): void {
    this.#process.kill("SIGSTOP");
  }

  thaw(): void {
    this.#process.kill("SIGCONT");
  }
}

class Printed {
  text = "";

  #look: () => void = () => undefined;

  /** Keeps what comes out of a stream, until its end. */
  async collect(stream: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      this.text += decoder.decode(chunk, { stream: true });
      this.#look();
    }
  }

  /** Resolves with the first group of the pattern once it was printed. */
  find(pattern: RegExp): Promise<string> {
    return new Promise((resolve) => {
      this.#look = () => {
        const found = pattern.exec(this.text)?.[1];
        if (found !== undefined) resolve(found);
      };
      this.#look();
    });
  }
}
