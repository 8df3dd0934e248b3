import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { goldenHash, readHashes } from "../golden/hashes.ts";
import { decodeClientFrame, decodeServerFrame, encodeClientFrame, encodeServerFrame } from "./codec.ts";
import { ClientFrameSchema, ServerFrameSchema } from "./gen/parley/v1/frame_pb.ts";

const FOLDER = `${import.meta.dir}/../golden`;
const vectors = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.replace(/\.json$/, ""));

/** A frame written in both encodings, whichever it was read from; undefined if it was not a frame. */
function recode(vector: string, encoding: "proto" | "json", frame: Uint8Array | string): unknown {
  if (vector.startsWith("client-")) {
    const decoded = decodeClientFrame(encoding, frame);
    return decoded && [encodeClientFrame("proto", decoded), encodeClientFrame("json", decoded)];
  }
  const decoded = decodeServerFrame(encoding, frame);
  return decoded && [encodeServerFrame("proto", decoded), encodeServerFrame("json", decoded)];
}

describe.each(vectors)("golden vector %s", (vector) => {
  const binary = new Uint8Array(readFileSync(`${FOLDER}/${vector}.bin`));
  const text = readFileSync(`${FOLDER}/${vector}.json`, "utf8");
  const compact = JSON.stringify(JSON.parse(text));

  test("read from binary is written byte for byte, in both encodings", () => {
    expect(recode(vector, "proto", binary)).toEqual([binary, compact]);
  });

  test("read from JSON is written byte for byte, in both encodings", () => {
    expect(recode(vector, "json", text)).toEqual([binary, compact]);
  });
});

describe("golden vectors", () => {
  test("what was listed once is there for ever, and as it was: older devices have sent and stored it", () => {
    const gone = [...readHashes().keys()].filter((vector) => !existsSync(`${FOLDER}/${vector}.json`));
    expect(gone).toEqual([]);
    const changed = [...readHashes()].filter(([vector, hash]) => goldenHash(vector) !== hash).map(([vector]) => vector);
    expect(changed).toEqual([]);
  });

  test("each is listed: packages/protocol/golden/write-binaries.ts adds it", () => {
    expect(vectors.filter((vector) => !readHashes().has(vector))).toEqual([]);
  });

  test.each([
    ["client-", ClientFrameSchema],
    ["server-", ServerFrameSchema],
  ])("there is one for every frame that begins with %s", (prefix, schema) => {
    const texts = vectors
      .filter((name) => name.startsWith(prefix))
      .map((name) => readFileSync(`${FOLDER}/${name}.json`, "utf8"));
    const covered = new Set(texts.flatMap((text) => Object.keys(JSON.parse(text))));
    expect(schema.fields.map((field) => field.jsonName).filter((name) => !covered.has(name))).toEqual([]);
  });
});
