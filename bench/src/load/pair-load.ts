import { type Device, reasonToPart } from "./device.ts";
import { FieldReader } from "./field-reader.ts";
import { numberOf, senderOf } from "./message-id.ts";
import { ANSWERS, EVENT, idOfEvent, readAnswers } from "./server-frames.ts";

/** More messages than are ever under way at once; a power of two. */
const TIMES = 1 << 17;

/** What was counted since the last `reset`. */
export interface PairCounts {
  accepted: number;
  /** Received by the other of the pair. */
  delivered: number;
  /** Times of acknowledgement: one for each batch, because a batch has one. */
  readonly batches: Set<number>;
  /** Milliseconds from when a message was due, if asked for. */
  readonly toAck: number[];
  readonly toReceive: number[];
}

export interface PairOptions {
  readonly devices: readonly Device[];
  /** Posts in each frame. */
  readonly perFrame: number;
  readonly marks: boolean;
  readonly latencies: boolean;
}

/** Devices in pairs (an even one and the next), each posting to the other. It counts what comes back, and posts again where it is told to keep going. */
export class PairLoad {
  readonly devices: readonly Device[];
  readonly #options: PairOptions;
  readonly #reader = new FieldReader();
  readonly #due = new Float64Array(TIMES);
  #counts = noCounts();
  #next = 1;
  #keepOpen = 0;
  #posted = 0;
  #answered = 0;
  #received = 0;
  #failure: string | undefined;

  constructor(options: PairOptions) {
    this.#options = options;
    this.devices = options.devices;
    for (const device of this.devices) device.link.receive = (payload) => this.#receive(device, payload);
  }

  /** Posts that have no answer. */
  get open(): number {
    return this.#posted - this.#answered;
  }

  /** Whether every post was acknowledged once and received once. */
  get settled(): boolean {
    return this.open === 0 && this.#received === this.#posted;
  }

  /** One frame of posts by a device. @param due when it was to leave, by `performance.now()` */
  post(device: Device, due: number): void {
    const { perFrame } = this.#options;
    for (let index = 0; index < perFrame; index++) this.#due[(this.#next + index) % TIMES] = due;
    device.post(this.#next);
    this.#next += perFrame;
    this.#posted += perFrame;
    device.open += perFrame;
  }

  /** From now on every device has as many posts without an answer as this, always. 0 lets it end. */
  keepOpen(count: number): void {
    this.#keepOpen = count;
    for (const device of this.devices) this.#refill(device);
  }

  /** @throws Error if the server refused something or closed a connection: then nothing was measured */
  check(): void {
    const closed = this.devices.find(({ link }) => link.closed !== undefined)?.link.closed;
    const failure = this.#failure ?? (closed === undefined ? undefined : `The server closed a socket with ${closed}.`);
    if (failure !== undefined) throw new Error(failure);
  }

  /** Begins to count anew; what was counted until now. */
  reset(): PairCounts {
    const counts = this.#counts;
    this.#counts = noCounts();
    return counts;
  }

  /** To be called often where marks are sent. */
  mark(now: number): void {
    if (this.#options.marks) for (const device of this.devices) device.mark(now);
  }

  #refill(device: Device): void {
    while (device.open + this.#options.perFrame <= this.#keepOpen) this.post(device, performance.now());
  }

  #receive(device: Device, payload: Uint8Array): void {
    if (payload[0] === EVENT) this.#event(device, payload);
    else if (payload[0] === ANSWERS) this.#answers(device, payload);
    else this.#failure ??= reasonToPart(payload);
  }

  #event(device: Device, payload: Uint8Array): void {
    device.heard(payload);
    const idAt = idOfEvent(this.#reader, payload);
    if (senderOf(payload, idAt) === device.index) return;
    this.#received++;
    this.#counts.delivered++;
    if (this.#options.latencies) this.#counts.toReceive.push(this.#since(payload, idAt));
  }

  #answers(device: Device, payload: Uint8Array): void {
    readAnswers(this.#reader, payload, {
      accepted: (idAt, receivedAt) => {
        device.open--;
        this.#answered++;
        this.#counts.accepted++;
        this.#counts.batches.add(receivedAt);
        if (this.#options.latencies) this.#counts.toAck.push(this.#since(payload, idAt));
      },
      refused: () => {
        this.#failure ??= "A message was not accepted: more was asked for than the server's limits allow.";
      },
    });
    this.#refill(device);
  }

  #since(payload: Uint8Array, idAt: number): number {
    return performance.now() - (this.#due[numberOf(payload, idAt) % TIMES] ?? Number.NaN);
  }
}

function noCounts(): PairCounts {
  return { accepted: 0, delivered: 0, batches: new Set(), toAck: [], toReceive: [] };
}
