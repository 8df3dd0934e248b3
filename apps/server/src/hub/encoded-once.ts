import { create } from "@bufbuild/protobuf";
import {
  decodeServerFrame,
  type EncodedFrame,
  type Encoding,
  encodeServerFrame,
  type ServerFrame,
  ServerFrameSchema,
} from "@parley/protocol";

/** A frame for many devices, encoded when the first device of an encoding needs it and then never again. */
export class EncodedOnce {
  readonly #encoded: { [encoding in Encoding]?: EncodedFrame } = {};
  #frame: ServerFrame | undefined;

  constructor(frame: ServerFrame["frame"] | { readonly case: "encoded"; readonly value: EncodedFrame }) {
    if (frame.case === "encoded") this.#encoded.proto = frame.value;
    else this.#frame = create(ServerFrameSchema, { frame });
  }

  in(encoding: Encoding): EncodedFrame {
    const encoded = this.#encoded[encoding] ?? encodeServerFrame(encoding, this.#decoded());
    this.#encoded[encoding] = encoded;
    return encoded;
  }

  #decoded(): ServerFrame {
    this.#frame ??= decodeServerFrame("proto", this.#encoded.proto ?? "");
    if (this.#frame === undefined) throw new TypeError("These bytes are no frame.");
    return this.#frame;
  }
}
