import { expect, test } from "bun:test";
import { type DescFile, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { file_parley_v1_command } from "./gen/parley/v1/command_pb.ts";
import { file_parley_v1_conversation } from "./gen/parley/v1/conversation_pb.ts";
import { file_parley_v1_event } from "./gen/parley/v1/event_pb.ts";
import { file_parley_v1_frame } from "./gen/parley/v1/frame_pb.ts";
import { file_parley_v1_service } from "./gen/parley/v1/service_pb.ts";

const files: readonly DescFile[] = [
  file_parley_v1_command,
  file_parley_v1_conversation,
  file_parley_v1_event,
  file_parley_v1_frame,
  file_parley_v1_service,
];

/** SHA-256 of the descriptors, comments left out. */
const KNOWN = "b3abd535c66d29670c993b9c506132b97f8d308d4591a39961714ac52e7f6d64";

const WHAT_TO_DO = `
The wire has changed. If that is what you want:
 1. no field number or enum value has a new meaning, and what was removed is "reserved" in the schema;
 2. docs/protocol.md describes the change, with a line under "Versions";
 3. golden vectors exist for new frames (packages/protocol/golden);
 4. set KNOWN in packages/protocol/src/descriptor-hash.test.ts to the new hash.
`;

test("the schema is the one that was agreed on", () => {
  const hash = sha256.create();
  for (const file of files) hash.update(toBinary(FileDescriptorProtoSchema, file.proto));
  expect(bytesToHex(hash.digest()), WHAT_TO_DO).toBe(KNOWN);
});
