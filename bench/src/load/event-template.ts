import { create } from "@bufbuild/protobuf";
import { encodeServerFrame, ServerFrameSchema } from "@parley/protocol";
import { freshId } from "@parley/rig";
import { clientFrame } from "../wire/web-socket-codec.ts";
import { writeMessageId } from "./message-id.ts";
import { TEXT_CHARACTERS } from "./post-template.ts";

/** Numbers as large as those of the events that it is compared with, because their size depends on them. */
const SEQ = 5_000;

/** A frame with the very bytes that Parley sends for a message of the same text, to be published by a server that does nothing else. */
export class EventTemplate {
  readonly #frame: Uint8Array;
  readonly #idAt: number;

  constructor() {
    const id = freshId();
    const event = {
      log: freshId(),
      seq: SEQ,
      id,
      author: freshId(),
      sentAt: Date.now(),
      receivedAt: Date.now(),
      ordinal: SEQ,
      tag: 1,
      body: {
        case: "posted",
        value: { content: { form: { case: "plain", value: { text: "x".repeat(TEXT_CHARACTERS) } } } },
      },
    } as const;
    const payload = encodeServerFrame(
      "proto",
      create(ServerFrameSchema, { frame: { case: "event", value: { event } } }),
    );
    if (typeof payload === "string") throw new TypeError("The binary encoding is bytes.");
    this.#frame = clientFrame(payload);
    this.#idAt = Buffer.from(this.#frame.buffer).indexOf(id);
  }

  /** The frame with another id, good until the next call. */
  fill(sender: number, number: number): Uint8Array {
    writeMessageId(this.#frame, this.#idAt, Date.now(), sender, number);
    return this.#frame;
  }
}
