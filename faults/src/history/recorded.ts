import type { SocketHandlers, Transport } from "@parley/client";
import { decodeClientFrame, decodeServerFrame } from "@parley/protocol";
import type { DeviceRecorder } from "./recorder.ts";

/** A transport of which every frame is written down: what is sent before it leaves, what arrives before the engine has it. */
export function recorded(transport: Transport, recorder: DeviceRecorder): Transport {
  return { connect: (handlers) => connect(transport, handlers, recorder) };
}

function connect(transport: Transport, handlers: SocketHandlers, recorder: DeviceRecorder) {
  const connection = recorder.connect();
  const socket = transport.connect({
    opened: () => handlers.opened(),
    received(frame) {
      const decoded = decodeServerFrame(socket.encoding, frame);
      if (decoded === undefined) throw new Error(`${recorder.name} got something that is no frame.`);
      recorder.received(connection, decoded);
      handlers.received(frame);
    },
    closed(closed) {
      connection.closeCode = closed.code;
      handlers.closed(closed);
    },
  });
  return {
    encoding: socket.encoding,
    send(frame: Parameters<typeof socket.send>[0]) {
      const decoded = decodeClientFrame(socket.encoding, frame);
      if (decoded === undefined) throw new Error(`${recorder.name} sends something that is no frame.`);
      recorder.sent(decoded);
      socket.send(frame);
    },
    close: () => socket.close(),
  };
}
