import { portLine } from "../lines/line.ts";
import type { Approach, EnginePlace } from "./engine-place.ts";

/** One SharedWorker for all tabs: the browser itself finds the one of a name, or starts it. */
export class SharedWorkerPlace implements EnginePlace {
  readonly kind = "shared-worker";
  readonly version: string;
  readonly #workerUrl: string;

  constructor(workerUrl: string) {
    this.#workerUrl = workerUrl;
    this.version = `${this.kind} ${workerUrl}`;
  }

  start(name: string): Approach {
    // Lets the worker send what is in the outbox after a reload or the last tab's end; ignored where it is unknown.
    const options = { type: "module", name, extendedLifetime: true } as const;
    const worker = new SharedWorker(this.#workerUrl, options);
    const failed = new Promise((resolve) => {
      worker.onerror = resolve;
    });
    return { line: portLine(worker.port), failed };
  }

  join(name: string): Approach {
    return this.start(name);
  }

  stop(): void {}
}
