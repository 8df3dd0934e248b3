/**
 * Writes each golden vector in its canonical forms: the JSON mapping, and beside it the binary encoding; and adds its hash to the list of those that
 * there are. Run it after adding a vector:
 *
 *     node_modules/.bin/bun packages/protocol/golden/write-binaries.ts
 *
 * A vector that exists never changes and never goes: it stands for what devices have sent and stored. So nothing here takes a hash from the list.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fromJsonString, toBinary, toJsonString } from "@bufbuild/protobuf";
import { ClientFrameSchema, ServerFrameSchema } from "../src/gen/parley/v1/frame_pb.ts";
import { goldenHash, HASHES, readHashes } from "./hashes.ts";

for (const file of readdirSync(import.meta.dirname).filter((name) => name.endsWith(".json"))) {
  const json = `${import.meta.dirname}/${file}`;
  const binary = json.replace(/json$/, "bin");
  if (existsSync(binary)) continue;
  const schema = file.startsWith("client-") ? ClientFrameSchema : ServerFrameSchema;
  const frame = fromJsonString(schema, readFileSync(json, "utf8"));
  writeFileSync(json, `${toJsonString(schema, frame, { prettySpaces: 2 })}\n`);
  writeFileSync(binary, toBinary(schema, frame));
}

const listed = readHashes();
const vectors = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.replace(/\.json$/, ""))
  .filter((vector) => !listed.has(vector));
for (const vector of vectors) listed.set(vector, goldenHash(vector));
const lines = [...listed]
  .sort(([one], [other]) => (one < other ? -1 : 1))
  .map(([vector, hash]) => `${hash}  ${vector}\n`);
writeFileSync(HASHES, lines.join(""));
