import type { Subprocess } from "bun";
import type { Ask, Methods, Reply } from "./serve.ts";

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A part of the bench that runs in a process of its own, so that its work does not delay what another part measures. */
export class Program<M extends Methods<M>> {
  readonly pid: number;
  readonly #process: Subprocess;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  private constructor(start: (receive: (reply: Reply) => void) => Subprocess) {
    this.#process = start((reply) => this.#receive(reply));
    this.pid = this.#process.pid;
    void this.#process.exited.then((code) => this.#failAll(`The program ended with ${code}.`));
  }

  /** @param path the program's main file, which calls `serve` with the methods M */
  static start<M extends Methods<M>>(path: string): Program<M> {
    return new Program<M>((receive) =>
      Bun.spawn([process.execPath, path], { stdin: "ignore", stdout: "inherit", stderr: "inherit", ipc: receive }),
    );
  }

  ask<Name extends keyof M & string>(
    method: Name,
    argument: Parameters<M[Name]>[0],
  ): Promise<Awaited<ReturnType<M[Name]>>> {
    const ask: Ask = { id: this.#asked++, method, argument };
    return new Promise((resolve, reject) => {
      // The program answers with what its method of that name returned.
      this.#waiting.set(ask.id, { resolve: (value) => resolve(value as Awaited<ReturnType<M[Name]>>), reject });
      this.#process.send(ask);
    });
  }

  async end(): Promise<void> {
    this.#process.kill();
    await this.#process.exited;
  }

  #receive(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ("failure" in reply) waiting?.reject(new Error(reply.failure));
    else waiting?.resolve(reply.value);
  }

  #failAll(reason: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(reason));
    this.#waiting.clear();
  }
}
