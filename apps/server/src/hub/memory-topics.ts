import type { EncodedFrame } from "@parley/protocol";
import type { Socket } from "../connection/socket.ts";
import type { Topics } from "./topics.ts";

/** Topics for sockets of any kind: sends to each subscriber in turn. */
export class MemoryTopics implements Topics {
  readonly #subscribers = new Map<string, Set<Socket>>();

  subscribe(socket: Socket, topic: string): void {
    const subscribers = this.#subscribers.get(topic) ?? new Set();
    subscribers.add(socket);
    this.#subscribers.set(topic, subscribers);
  }

  unsubscribe(socket: Socket, topic: string): void {
    const subscribers = this.#subscribers.get(topic);
    if (subscribers?.delete(socket) && subscribers.size === 0) this.#subscribers.delete(topic);
  }

  publish(topic: string, frame: EncodedFrame): void {
    for (const socket of this.#subscribers.get(topic) ?? []) socket.send(frame);
  }

  send(socket: Socket, frame: EncodedFrame): void {
    socket.send(frame);
  }
}
