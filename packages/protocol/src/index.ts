/** The wire: generated messages, ids, limits and the frame codec. */
export { encodeBatch, framesIn, splitBatch } from "./batch.ts";
export { binaryDecoder } from "./binary-decoder.ts";
export { binaryEncoder } from "./binary-encoder.ts";
export * from "./close-codes.ts";
export * from "./codec.ts";
export * from "./derived-ids.ts";
export * from "./gen/parley/v1/command_pb.ts";
export * from "./gen/parley/v1/conversation_pb.ts";
export * from "./gen/parley/v1/event_pb.ts";
export * from "./gen/parley/v1/frame_pb.ts";
export * from "./gen/parley/v1/service_pb.ts";
export * from "./ids.ts";
export * from "./invite-code.ts";
export * from "./limits.ts";
export * from "./picture-id.ts";
