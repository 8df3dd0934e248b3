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

/** Frames that wait for their room's next hand-out. */
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
  /** Of rooms that have topics. */
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
    if (room.topical) this.#topics.subscribe(device.socket, topicOf(room.id, device.socket.encoding));
    else if (room.live.length > this.#rules.directUpTo) {
      room.topical = true;
      for (const { socket } of room.live) this.#topics.subscribe(socket, topicOf(room.id, socket.encoding));
    }
  }

  /** The device gets what was given to the room before, and nothing more. */
  leave(device: Device, room: Room): void {
    this.flush(room);
    if (room.leaveLive(device) && room.topical) {
      this.#topics.unsubscribe(device.socket, topicOf(room.id, device.socket.encoding));
    }
  }

  /** A frame for all that are live. It may wait until `settle`, or a little longer. */
  give(room: Room, frame: EncodedOnce): void {
    if (room.topical) {
      const outbox = this.#outboxes.get(room) ?? {
        frames: [],
        handedOutAt: Number.NEGATIVE_INFINITY,
        cancel: undefined,
      };
      outbox.frames.push(frame);
      this.#outboxes.set(room, outbox);
      this.#given.add(room);
      return;
    }
    for (const { socket } of room.live) this.#topics.send(socket, frame.in(socket.encoding));
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
      if (!room.speaks(encoding)) continue;
      for (const frame of frames) this.#topics.publish(topicOf(room.id, encoding), frame.in(encoding));
    }
  }

  #settle(room: Room): void {
    const outbox = this.#outboxes.get(room);
    if (outbox === undefined || outbox.cancel !== undefined || outbox.frames.length === 0) return;
    const wait = outbox.handedOutAt + room.live.length * this.#rules.spacingMs - this.#clock.elapsed();
    if (wait < 1) this.flush(room);
    else outbox.cancel = this.#clock.after(wait, () => this.flush(room));
  }
}
