import { create } from "@bufbuild/protobuf";
import {
  type EncodedFrame,
  type Encoding,
  encodeServerFrame,
  type ServerFrame,
  ServerFrameSchema,
} from "@parley/protocol";

/** A frame for many devices, encoded when the first device of an encoding needs it and then never again. */
export class EncodedOnce {
  readonly #frame: ServerFrame;
  readonly #encoded: { [encoding in Encoding]?: EncodedFrame } = {};

  constructor(frame: ServerFrame["frame"]) {
    this.#frame = create(ServerFrameSchema, { frame });
  }

  in(encoding: Encoding): EncodedFrame {
    const encoded = this.#encoded[encoding] ?? encodeServerFrame(encoding, this.#frame);
    this.#encoded[encoding] = encoded;
    return encoded;
  }
}
