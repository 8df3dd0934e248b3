/**
 * Writes each golden vector in its canonical forms: the JSON mapping, and beside it the binary encoding. Run it after adding a vector:
 *
 *     node_modules/.bin/bun packages/protocol/golden/write-binaries.ts
 *
 * A vector that exists never changes: it stands for what devices have sent and stored.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fromJsonString, toBinary, toJsonString } from "@bufbuild/protobuf";
import { ClientFrameSchema, ServerFrameSchema } from "../src/gen/parley/v1/frame_pb.ts";

for (const file of readdirSync(import.meta.dirname).filter((name) => name.endsWith(".json"))) {
  const json = `${import.meta.dirname}/${file}`;
  const binary = json.replace(/json$/, "bin");
  if (existsSync(binary)) continue;
  const schema = file.startsWith("client-") ? ClientFrameSchema : ServerFrameSchema;
  const frame = fromJsonString(schema, readFileSync(json, "utf8"));
  writeFileSync(json, `${toJsonString(schema, frame, { prettySpaces: 2 })}\n`);
  writeFileSync(binary, toBinary(schema, frame));
}
