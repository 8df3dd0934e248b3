import { ServerProcess, type ServerProcessOptions } from "@parley/rig";

/** The machine of a server: a data folder and a port that outlive its processes. */
export class ServerHost {
  readonly folder: string;
  #options: ServerProcessOptions;
  #port = 0;
  #process: ServerProcess | undefined;
  /** A server that stands still would not even hear that we were interrupted. */
  readonly #killAtExit = () => void this.#process?.kill();

  constructor(folder: string, options: ServerProcessOptions = {}) {
    this.folder = folder;
    this.#options = options;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  /** The process that runs. */
  get process(): ServerProcess {
    if (this.#process === undefined) throw new Error("The server does not run.");
    return this.#process;
  }

  get runs(): boolean {
    return this.#process !== undefined;
  }

  /** Starts a process, on the port of the one before. The options are kept for the next start. */
  async start(options: ServerProcessOptions = this.#options): Promise<void> {
    if (this.#process !== undefined) return;
    this.#options = options;
    await this.#launch(options);
  }

  /** Starts a process that is killed so long after, unless it serves by then. Whether it was killed. */
  async startAndKill(afterMs: number): Promise<boolean> {
    const abandon = AbortSignal.timeout(afterMs);
    try {
      await this.#launch({ ...this.#options, abandon });
      return false;
    } catch (error) {
      if (abandon.aborted) return true;
      throw error;
    }
  }

  /** Ends the process without warning. */
  async kill(): Promise<void> {
    await this.#forget()?.kill();
  }

  /** Asks the process to end; its exit code. */
  async stop(): Promise<number | undefined> {
    return this.#forget()?.stop();
  }

  freeze(): void {
    this.process.freeze();
  }

  thaw(): void {
    this.#process?.thaw();
  }

  async #launch(options: ServerProcessOptions): Promise<void> {
    this.#process = await ServerProcess.start(this.folder, { ...options, port: this.#port });
    this.#port = this.#process.port;
    process.on("exit", this.#killAtExit);
  }

  #forget(): ServerProcess | undefined {
    const former = this.#process;
    this.#process = undefined;
    process.off("exit", this.#killAtExit);
    return former;
  }
}
