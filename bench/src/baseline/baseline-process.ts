import { fileURLToPath } from "node:url";

/** A program of the baselines, in a process of its own like the server that it is compared with. */
export class BaselineProcess {
  readonly #process: Bun.Subprocess<"ignore", "pipe", "inherit">;
  readonly #lines: AsyncIterator<string>;
  readonly #killAtExit = () => this.#process.kill("SIGKILL");

  constructor(program: string, args: readonly string[] = [], wrapper: readonly string[] = []) {
    const path = fileURLToPath(new URL(program, import.meta.url));
    this.#process = Bun.spawn([...wrapper, process.execPath, path, ...args], {
      env: { ...process.env, NODE_ENV: "production" },
      stdin: "ignore",
      stdout: "pipe",
      stderr: "inherit",
    });
    this.#lines = linesOf(this.#process.stdout);
    process.on("exit", this.#killAtExit);
  }

  get pid(): number {
    return this.#process.pid;
  }

  /** The next line that it prints. */
  async line(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`The baseline ended with ${await this.#process.exited} before it was done.`);
    return value;
  }

  async end(): Promise<void> {
    this.#process.kill();
    await this.#process.exited;
    process.off("exit", this.#killAtExit);
  }
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
  return undefined;
}
