import { create, fromBinary, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type ClientFrame,
  type Command,
  CommandSchema,
  decodeClientFrame,
  encodeServerFrame,
  type Order,
  ServerFrameSchema,
} from "@parley/protocol";
import type { Socket, SocketClosed, SocketHandlers, Transport } from "../ports/transport.ts";

type Sent = Exclude<ClientFrame["frame"], { readonly case: undefined }>;
type SentValues = { [Case in Sent["case"]]: Extract<Sent, { readonly case: Case }>["value"] };
type Told = NonNullable<MessageInitShape<typeof ServerFrameSchema>["frame"]>;

export interface SentCommand {
  readonly command: Command;
  readonly order: Order["link"] | undefined;
}

/** A server that says exactly what the test makes it say, and remembers what it was told. */
export class ScriptedServer implements Transport {
  readonly frames: Sent[] = [];
  /** What happens when a device connects: accepted at once unless the test refuses. */
  accepts = true;
  /** How it refuses. */
  refusal: SocketClosed = { code: 1006 };
  connects = 0;
  #handlers: SocketHandlers | undefined;

  connect(handlers: SocketHandlers): Socket {
    this.connects++;
    if (this.accepts) {
      this.#handlers = handlers;
      handlers.opened();
    } else handlers.closed(this.refusal);
    return {
      encoding: "proto",
      send: (bytes) => {
        if (this.#handlers !== handlers) return;
        const frame = decodeClientFrame("proto", bytes);
        if (frame?.frame.case !== undefined) this.frames.push(frame.frame);
      },
      close: () => {
        if (this.#handlers === handlers) this.#handlers = undefined;
      },
    };
  }

  get connected(): boolean {
    return this.#handlers !== undefined;
  }

  tell(frame: Told): void {
    this.#handlers?.received(encodeServerFrame("proto", create(ServerFrameSchema, { frame })));
  }

  tellBytes(bytes: Uint8Array): void {
    this.#handlers?.received(bytes);
  }

  drop(code = 1006): void {
    const handlers = this.#handlers;
    this.#handlers = undefined;
    handlers?.closed({ code });
  }

  /** Frames of one kind since the test last took them, in order. */
  take<Case extends Sent["case"]>(kind: Case): SentValues[Case][] {
    const taken: SentValues[Case][] = [];
    const kept: Sent[] = [];
    for (const frame of this.frames) {
      if (isOf(frame, kind)) taken.push(frame.value);
      else kept.push(frame);
    }
    this.frames.splice(0, this.frames.length, ...kept);
    return taken;
  }

  /** Commands submitted since the test last took them. */
  takeCommands(): SentCommand[] {
    return this.take("submit").flatMap((submit) =>
      submit.submissions.map((submission) => ({
        command: fromBinary(CommandSchema, submission.command),
        order: submission.order?.link,
      })),
    );
  }
}

function isOf<Case extends Sent["case"]>(frame: Sent, kind: Case): frame is Sent & { value: SentValues[Case] } {
  return frame.case === kind;
}
