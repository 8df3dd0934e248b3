import { type DescMessage, fromJsonString, type MessageShape, toJsonString } from "@bufbuild/protobuf";
import { binaryDecoder } from "./binary-decoder.ts";
import { binaryEncoder } from "./binary-encoder.ts";
import { ProfileSchema } from "./gen/parley/v1/conversation_pb.ts";
import { type ClientFrame, ClientFrameSchema, type ServerFrame, ServerFrameSchema } from "./gen/parley/v1/frame_pb.ts";

/** How frames are written: protobuf binary, or its JSON mapping. Chosen by WebSocket subprotocol. */
export type Encoding = "proto" | "json";

/** What a WebSocket message carries: bytes in the binary encoding, text in JSON. */
export type EncodedFrame = Uint8Array | string;

export function encodingOfSubprotocol(name: string): Encoding | undefined {
  if (name === "parley.v1.proto") return "proto";
  if (name === "parley.v1.json") return "json";
  return undefined;
}

const clientFrameBytes = binaryEncoder(ClientFrameSchema);
// A Welcome names everybody whom one knows, and the same people are in thousands of them.
const serverFrameBytes = binaryEncoder(ServerFrameSchema, [ProfileSchema]);
// A server has no use for what it does not know of a frame, and keeping many small fields costs much. Commands travel as bytes of their own.
const clientFrameOf = binaryDecoder(ClientFrameSchema, { readUnknownFields: false });
const serverFrameOf = binaryDecoder(ServerFrameSchema);

export function encodeClientFrame(encoding: Encoding, frame: ClientFrame): EncodedFrame {
  return encoding === "proto" ? clientFrameBytes(frame) : toJsonString(ClientFrameSchema, frame);
}

export function encodeServerFrame(encoding: Encoding, frame: ServerFrame): EncodedFrame {
  return encoding === "proto" ? serverFrameBytes(frame) : toJsonString(ServerFrameSchema, frame);
}

/** Undefined when the bytes are not a frame of this schema, or do not fit the encoding. Unknown fields are skipped, not refused. */
export function decodeClientFrame(encoding: Encoding, frame: EncodedFrame): ClientFrame | undefined {
  return decode(encoding, ClientFrameSchema, clientFrameOf, frame);
}

/** As `decodeClientFrame`, for the other direction; unknown fields are kept. */
export function decodeServerFrame(encoding: Encoding, frame: EncodedFrame): ServerFrame | undefined {
  return decode(encoding, ServerFrameSchema, serverFrameOf, frame);
}

function decode<Desc extends DescMessage>(
  encoding: Encoding,
  schema: Desc,
  decodeBinary: (bytes: Uint8Array) => MessageShape<Desc>,
  frame: EncodedFrame,
): MessageShape<Desc> | undefined {
  try {
    if (encoding === "proto") return typeof frame === "string" ? undefined : decodeBinary(frame);
    return typeof frame === "string" ? fromJsonString(schema, frame, { ignoreUnknownFields: true }) : undefined;
  } catch {
    // The library throws for any malformed input; the caller answers with one typed problem.
    return undefined;
  }
}
