import type { EncodedFrame, Encoding } from "@parley/protocol";
import type { Socket } from "../connection/socket.ts";

/** Fan-out, in the order of everything else that is sent to a socket. */
export interface Topics {
  subscribe(socket: Socket, topic: string): void;
  unsubscribe(socket: Socket, topic: string): void;
  /** Reaches every subscribed socket. */
  publish(topic: string, frame: EncodedFrame): void;
  /** Reaches one socket: for conversations too small to be worth a topic. */
  send(socket: Socket, frame: EncodedFrame): void;
}

/** The topic of a conversation for sockets of one encoding. */
export function topicOf(conversation: string, encoding: Encoding): string {
  return `${conversation}/${encoding}`;
}
