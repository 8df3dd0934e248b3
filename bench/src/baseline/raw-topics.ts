/** Program: what fan-out costs without Parley. Every socket listens to one topic, and every message of a socket is published to it as it is. Prints its port. */
import { serve } from "bun";

const TOPIC = "all";

const bare = serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch: (request, self) => {
    const headers = { "sec-websocket-protocol": "parley.v1.proto" };
    return self.upgrade(request, { headers })
      ? undefined
      : new Response("A WebSocket is spoken here.\n", { status: 426 });
  },
  websocket: {
    perMessageDeflate: false,
    sendPings: false,
    idleTimeout: 600,
    open(socket) {
      socket.binaryType = "uint8array";
      socket.subscribe(TOPIC);
    },
    message(_, message) {
      bare.publish(TOPIC, message);
    },
  },
});
console.log(bare.port);
