import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { type FlushEnd, flushOutbox, type Http, type HttpAnswer, StoreError } from "@parley/client";
import { MemoryStore } from "@parley/client-store";
import { AnswersSchema, SubmitSchema } from "@parley/protocol";
import type { ServerHost } from "../node/server-host.ts";
import { DeviceClock } from "../time/device-clock.ts";
import { Process } from "../time/process.ts";
import type { Device } from "./device.ts";
import { storeLatency } from "./run-engine.ts";

const FROM_MS = 1;
const TO_MS = 30;

/** A service worker that flushes the outbox of a device: another process on the same disk, that talks to the server over HTTP. */
export class FlushRun {
  readonly process: Process;
  readonly #device: Device;
  readonly #server: ServerHost;
  #end: FlushEnd | undefined;
  /** Requests that the server was given. */
  requests = 0;

  /** @param name of the process, unlike any before */
  constructor(device: Device, server: ServerHost, name: string) {
    this.#device = device;
    this.#server = server;
    this.process = new Process(name, device.time);
    const random = device.random.fork(name);
    const wait = storeLatency(this.process, random.fork("store"));
    const delay = random.fork("network");
    const later = () => this.process.sleep(FROM_MS + delay.fraction() * (TO_MS - FROM_MS));
    const ports = {
      store: device.mutation.flushStore(new MemoryStore(device.disk, { wait })),
      http: this.#http(later),
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

  #http(later: () => Promise<void>): Http {
    return {
      post: (_path, _encoding, body) => {
        const { promise: answer, resolve, reject } = Promise.withResolvers<HttpAnswer>();
        const lose = () => reject(new Error("lost"));
        const submit = fromBinary(SubmitSchema, typeof body === "string" ? new Uint8Array() : body);
        void (async () => {
          await later();
          if (this.#device.link.state !== "up") return;
          this.requests += 1;
          const answers = await this.#server.running?.submit(submit, this.#device.name);
          await later();
          if (answers === undefined) return lose();
          const bytes = toBinary(AnswersSchema, create(AnswersSchema, { answers: [...answers] }));
          resolve(new Response(new Uint8Array(bytes), { headers: { "content-type": "application/proto" } }));
        })();
        return { answer, cancel: lose };
      },
    };
  }
}
