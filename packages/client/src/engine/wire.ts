import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { ClientFrameSchema, encodeClientFrame } from "@parley/protocol";
import type { Socket } from "../ports/transport.ts";

export type OutgoingFrame = NonNullable<MessageInitShape<typeof ClientFrameSchema>["frame"]>;

/** The socket of the moment, for whoever has something to send. */
export class Wire {
  /** Whether Welcome came, so that commands and questions may be sent. */
  ready = false;
  socket: Socket | undefined;

  /** Dropped without a socket: whatever matters is sent again after the next Welcome. */
  send(frame: OutgoingFrame): void {
    if (this.socket === undefined) return;
    this.socket.send(encodeClientFrame(this.socket.encoding, create(ClientFrameSchema, { frame })));
  }
}
