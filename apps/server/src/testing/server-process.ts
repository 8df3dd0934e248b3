import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Subprocess } from "bun";

const MAIN = join(import.meta.dir, "../main.ts");

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "parley-server-"));
}

/** A real server in a process of its own, on a port that is free. */
export class ServerProcess {
  readonly url: string;
  readonly #process: Subprocess<"ignore", "pipe", "inherit">;

  private constructor(process: Subprocess<"ignore", "pipe", "inherit">, url: string) {
    this.#process = process;
    this.url = url;
  }

  static async start(folder: string, environment: Record<string, string> = {}): Promise<ServerProcess> {
    const child = Bun.spawn([process.execPath, MAIN], {
      env: { ...process.env, NODE_ENV: "production", PORT: "0", PARLEY_DATA: folder, ...environment },
      stdin: "ignore",
      stdout: "pipe",
      stderr: "inherit",
    });
    let printed = "";
    const decoder = new TextDecoder();
    for await (const chunk of child.stdout) {
      printed += decoder.decode(chunk, { stream: true });
      const port = /Parley is running at .*http:\/\/localhost:(\d+)\)?\n/.exec(printed)?.[1];
      if (port !== undefined) return new ServerProcess(child, `http://127.0.0.1:${port}`);
    }
    throw new Error(`The server ended with ${await child.exited} before it was ready: ${printed}`);
  }

  /** Asks it to stop and waits for the end; its exit code. */
  async stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<number> {
    this.#process.kill(signal);
    return this.#process.exited;
  }
}
