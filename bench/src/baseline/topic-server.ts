/** The runtime's own WebSockets and topics with nothing of Parley: what a connected device costs at the least. Prints its port. */

/** An empty Welcome, so that the crowd takes it for one. */
const WELCOME = Uint8Array.of(0x0a, 0x00);

function main(): void {
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch(request, self) {
      const protocol = request.headers.get("sec-websocket-protocol") ?? "";
      if (self.upgrade(request, { headers: { "sec-websocket-protocol": protocol } })) return undefined;
      return new Response("A WebSocket is spoken here.\n", { status: 426 });
    },
    websocket: {
      idleTimeout: 120,
      sendPings: false,
      message(socket, message) {
        // A short message is a heartbeat.
        if (message.length > 8) for (const topic of message.toString().split("\n")) socket.subscribe(topic);
        socket.sendBinary(WELCOME);
      },
    },
  });
  console.log(server.port);
}

main();
