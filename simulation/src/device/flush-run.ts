import { type FlushEnd, flushOutbox, StoreError } from "@parley/client";
import { MemoryStore } from "@parley/client-store";
import { DeviceClock } from "../time/device-clock.ts";
import { Process } from "../time/process.ts";
import type { Device } from "./device.ts";
import { storeLatency } from "./run-engine.ts";
import { watchedFlushStore } from "./watched-store.ts";

/** A service worker that flushes the outbox of a device: another process on the same disk, that talks to the server over HTTP. */
export class FlushRun {
  readonly process: Process;
  #end: FlushEnd | undefined;

  /** @param name of the process, unlike any before */
  constructor(device: Device, name: string) {
    this.process = new Process(name, device.time);
    const wait = storeLatency(this.process, device.random.fork(name).fork("store"));
    const ports = {
      store: watchedFlushStore(device.mutation.flushStore(new MemoryStore(device.disk, { wait }), device.disk), device),
      http: device.link.http(this.process),
      clock: new DeviceClock(device.time, this.process, device.skewMs),
      vacancy: {
        fill: async <T>(work: () => Promise<T>) => (device.owner === undefined ? work() : undefined),
      },
    };
    // Never settles in a process that dies meanwhile.
    void this.#run(flushOutbox(ports));
  }

  /** How it ended; undefined if it did not. */
  get end(): FlushEnd | undefined {
    return this.#end;
  }

  /** A local store that cannot be used fails the event; the browser comes again later. */
  async #run(flush: Promise<FlushEnd>): Promise<void> {
    try {
      this.#end = await flush;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
    }
  }
}
