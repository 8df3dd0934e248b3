import { decodeServerFrame, type EncodedFrame, type Encoding } from "@parley/protocol";
import { MemoryTopics, type Socket, type Topics } from "@parley/server/parts";
import type { Coverage } from "../coverage.ts";
import type { SeededRandom } from "../random/seeded-random.ts";
import type { Process } from "../time/process.ts";

/** How often one subscriber misses a publication, or gets it late, or twice, while fan-out is unreliable. */
const LOST = 0.03;
const LATE = 0.05;
const TWICE = 0.03;

/** Fan-out that can fail single subscribers, as a bus between nodes can. Whoever misses an event finds the gap at the next one. */
export class FaultyTopics implements Topics {
  readonly #inner = new MemoryTopics();
  readonly #wrapped = new Map<Socket, Socket>();
  readonly #unreliable: () => boolean;
  readonly #process: Process;
  readonly #random: SeededRandom;
  readonly #coverage: Coverage;

  constructor(process: Process, random: SeededRandom, coverage: Coverage, unreliable: () => boolean) {
    this.#process = process;
    this.#random = random;
    this.#coverage = coverage;
    this.#unreliable = unreliable;
  }

  subscribe(socket: Socket, topic: string): void {
    this.#inner.subscribe(this.#wrap(socket), topic);
  }

  unsubscribe(socket: Socket, topic: string): void {
    this.#inner.unsubscribe(this.#wrap(socket), topic);
  }

  publish(topic: string, frame: EncodedFrame): void {
    this.#inner.publish(topic, frame);
  }

  send(socket: Socket, frame: EncodedFrame): void {
    this.#send(socket, frame);
  }

  #wrap(socket: Socket): Socket {
    const known = this.#wrapped.get(socket);
    if (known !== undefined) return known;
    const wrapped: Socket = {
      encoding: socket.encoding,
      send: (frame) => this.#send(socket, frame),
      waiting: () => socket.waiting(),
      close: (code, reason) => socket.close(code, reason),
    };
    this.#wrapped.set(socket, wrapped);
    return wrapped;
  }

  #send(socket: Socket, frame: EncodedFrame): boolean {
    if (!this.#unreliable() || changesMembership(socket.encoding, frame)) return socket.send(frame);
    if (this.#random.chance(LOST)) {
      this.#coverage.add("fan-out lost");
      return true;
    }
    if (this.#random.chance(LATE)) {
      this.#coverage.add("fan-out late");
      this.#process.after(this.#random.integer(1, 40), () => socket.send(frame));
      return true;
    }
    if (this.#random.chance(TWICE)) {
      this.#coverage.add("fan-out twice");
      socket.send(frame);
    }
    return socket.send(frame);
  }
}

/** Who missed the event that ended their membership would hear nothing more, and so could not find the gap. */
function changesMembership(encoding: Encoding, frame: EncodedFrame): boolean {
  const decoded = decodeServerFrame(encoding, frame)?.frame;
  if (decoded?.case !== "event") return true;
  const body = decoded.value.event?.body.case;
  return body === "created" || body === "membersAdded" || body === "membersRemoved" || body === "memberLeft";
}
