import { knock } from "../lines/door.ts";
import { channelLine, portLine } from "../lines/line.ts";
import type { Approach, EnginePlace } from "./engine-place.ts";

/** A dedicated worker of one tab, the leader's, serves the other tabs too: they come to it through broadcast channels. */
export class LeaderPlace implements EnginePlace {
  readonly kind = "leader";
  readonly version: string;
  readonly #workerUrl: string;
  #worker: Worker | undefined;

  constructor(workerUrl: string) {
    this.#workerUrl = workerUrl;
    this.version = `${this.kind} ${workerUrl}`;
  }

  start(name: string): Approach {
    this.stop();
    const worker = new Worker(this.#workerUrl, { type: "module", name });
    this.#worker = worker;
    const failed = new Promise((resolve) => {
      worker.onerror = resolve;
    });
    const { port1, port2 } = new MessageChannel();
    worker.postMessage(undefined, [port2]);
    return { line: portLine(port1), failed };
  }

  join(name: string, tabLock: string): Approach {
    // What this tab started before is dead, or frozen.
    this.stop();
    return { line: channelLine(knock(name, tabLock)), failed: new Promise(() => undefined) };
  }

  stop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}
