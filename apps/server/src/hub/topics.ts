import type { EncodedFrame, Encoding } from "@parley/protocol";
import type { Socket } from "../connection/socket.ts";

/** Fan-out by name: one publish reaches every subscribed socket, in the order of everything else that is sent to it. */
export interface Topics {
  subscribe(socket: Socket, topic: string): void;
  unsubscribe(socket: Socket, topic: string): void;
  publish(topic: string, frame: EncodedFrame): void;
}

/** The topic of a conversation for sockets of one encoding. */
export function topicOf(conversation: string, encoding: Encoding): string {
  return `${conversation}/${encoding}`;
}
