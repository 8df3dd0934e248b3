import type { EncodedFrame } from "@parley/protocol";
import type { Channel, ChannelEvents, Opening, Transport } from "./transport.ts";

/** `GET /socket` with the subprotocol of the encoding. */
export const webSocketTransport: Transport = { name: "websocket", open };

function open({ url, encoding, headers }: Opening, events: ChannelEvents): Promise<Channel> {
  const address = `${url.replace(/^http/, "ws")}/socket`;
  const socket = new WebSocket(address, { protocols: [`parley.v1.${encoding}`], headers: { ...headers } });
  socket.binaryType = "arraybuffer";
  const { promise, resolve, reject } = Promise.withResolvers<Channel>();
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) =>
    events.message(typeof data === "string" ? data : new Uint8Array(data));
  socket.onclose = ({ code, reason }) => {
    reject(new Error(`The socket did not open: ${code} ${reason}`));
    events.ended({ code, reason });
  };
  socket.onopen = () => resolve({ send: (data) => send(socket, data), close: () => socket.close() });
  return promise;
}

function send(socket: WebSocket, data: EncodedFrame): void {
  // A copy: what is sent lies in ordinary memory, whatever it was a view of.
  socket.send(typeof data === "string" ? data : new Uint8Array(data));
}
