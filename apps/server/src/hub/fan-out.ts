import type { Encoding } from "@parley/protocol";
import type { Clock } from "../connection/clock.ts";
import type { Device } from "./device.ts";
import type { EncodedOnce } from "./encoded-once.ts";
import type { Room } from "./room.ts";
import { type Topics, topicOf } from "./topics.ts";

const ENCODINGS: readonly Encoding[] = ["proto", "json"];

export interface FanOutRules {
  /** A subscription costs each socket half a kilobyte, which a room of few devices does not earn back. */
  readonly directUpTo: number;
  /**
   * Least time between two hand-outs to a topic, for each of its devices. What a hand-out costs is one write for each device, however many frames: in a
   * large conversation frames that follow each other closely leave together, so that its writes take a small part of the time and not all of it.
   */
  readonly spacingMs: number;
}

export const fanOutRules: FanOutRules = { directUpTo: 32, spacingMs: 0.03 };

/** Of a room whose devices listen to topics: frames that wait for its next hand-out. */
interface Outbox {
  frames: EncodedOnce[];
  handedOutAt: number;
  cancel: (() => void) | undefined;
}

/** Hands frames to the devices that are live in rooms: one by one, or by topics and several together where they are many. */
export class FanOut {
  readonly #topics: Topics;
  readonly #clock: Clock;
  readonly #rules: FanOutRules;
  /** Of rooms that have topics; in the others each device is sent everything by itself. */
  readonly #outboxes = new WeakMap<Room, Outbox>();
  /** Rooms that were given frames since the last `settle`. */
  readonly #given = new Set<Room>();

  constructor(topics: Topics, clock: Clock, rules: FanOutRules) {
    this.#topics = topics;
    this.#clock = clock;
    this.#rules = rules;
  }

  /** From now on the device gets what is given to the room, and nothing from before. */
  enter(device: Device, room: Room): void {
    this.flush(room);
    room.goLive(device);
    if (this.#outboxes.has(room)) this.#subscribe(device, room);
    else if (room.live.length > this.#rules.directUpTo) {
      this.#outboxes.set(room, { frames: [], handedOutAt: Number.NEGATIVE_INFINITY, cancel: undefined });
      for (const each of room.live) this.#subscribe(each, room);
    }
  }

  /** The device gets what was given to the room before, and nothing more. */
  leave(device: Device, room: Room): void {
    this.flush(room);
    if (room.leaveLive(device) && this.#outboxes.has(room)) {
      this.#topics.unsubscribe(device.socket, topicOf(room.id, device.socket.encoding));
    }
  }

  /** A frame for all that are live. It may wait until `settle`, or a little longer. */
  give(room: Room, frame: EncodedOnce): void {
    const outbox = this.#outboxes.get(room);
    if (outbox === undefined) {
      for (const { socket } of room.live) this.#topics.send(socket, frame.in(socket.encoding));
      return;
    }
    outbox.frames.push(frame);
    this.#given.add(room);
  }

  /** All frames of a commit were given. */
  settle(): void {
    for (const room of this.#given) this.#settle(room);
    this.#given.clear();
  }

  /** Hands out at once what waits for a room. */
  flush(room: Room): void {
    const outbox = this.#outboxes.get(room);
    outbox?.cancel?.();
    if (outbox !== undefined) outbox.cancel = undefined;
    if (outbox === undefined || outbox.frames.length === 0) return;
    outbox.handedOutAt = this.#clock.elapsed();
    const { frames } = outbox;
    outbox.frames = [];
    for (const encoding of ENCODINGS) {
      if (!room.live.some(({ socket }) => socket.encoding === encoding)) continue;
      for (const frame of frames) this.#topics.publish(topicOf(room.id, encoding), frame.in(encoding));
    }
  }

  #subscribe({ socket }: Device, room: Room): void {
    this.#topics.subscribe(socket, topicOf(room.id, socket.encoding));
  }

  #settle(room: Room): void {
    const outbox = this.#outboxes.get(room);
    if (outbox === undefined || outbox.cancel !== undefined || outbox.frames.length === 0) return;
    const wait = outbox.handedOutAt + room.live.length * this.#rules.spacingMs - this.#clock.elapsed();
    if (wait < 1) this.flush(room);
    else outbox.cancel = this.#clock.after(wait, () => this.flush(room));
  }
}
