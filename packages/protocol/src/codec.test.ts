import { describe, expect, test } from "bun:test";
import { create, equals } from "@bufbuild/protobuf";
import fc from "fast-check";
import {
  decodeClientFrame,
  decodeServerFrame,
  type Encoding,
  encodeClientFrame,
  encodeServerFrame,
  encodingOfSubprotocol,
} from "./codec.ts";
import { type ClientFrame, ClientFrameSchema, ServerFrameSchema } from "./gen/parley/v1/frame_pb.ts";

const encodings: readonly Encoding[] = ["proto", "json"];
const seq = fc.integer({ min: 0, max: 2 ** 32 - 1 });

const clientFrame: fc.Arbitrary<ClientFrame> = fc.oneof(
  fc
    .record({ conversation: fc.uuid(), seq, tag: seq })
    .map((head) =>
      create(ClientFrameSchema, { frame: { case: "hello", value: { device: head.conversation, heads: [head] } } }),
    ),
  fc.uint8Array({ maxLength: 300 }).map((command) =>
    create(ClientFrameSchema, {
      frame: { case: "submit", value: { submissions: [{ order: { link: { case: "first", value: {} } }, command }] } },
    }),
  ),
  fc
    .record({ conversation: fc.string({ unit: "grapheme" }), delivered: seq, read: seq })
    .map((mark) => create(ClientFrameSchema, { frame: { case: "marks", value: { updates: [mark] } } })),
);

describe.each(encodings)("frames as %s", (encoding) => {
  test("come back as they were", () => {
    fc.assert(
      fc.property(clientFrame, (frame) => {
        const decoded = decodeClientFrame(encoding, encodeClientFrame(encoding, frame));
        return decoded !== undefined && equals(ClientFrameSchema, decoded, frame);
      }),
    );
  });

  test("that are cut short or have a byte changed are decoded or refused, never thrown at", () => {
    fc.assert(
      fc.property(clientFrame, fc.nat(), fc.nat(255), fc.boolean(), (frame, position, byte, cut) => {
        const encoded = encodeClientFrame(encoding, frame);
        const index = position % Math.max(encoded.length, 1);
        const changed = cut ? encoded.slice(0, index) : withByte(encoded, index, byte);
        expect(() => [decodeClientFrame(encoding, changed), decodeServerFrame(encoding, changed)]).not.toThrow();
      }),
    );
  });

  test("of any bytes or text are decoded or refused, never thrown at", () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 500 }), fc.string({ unit: "binary" }), fc.json()), (received) => {
        expect(() => [decodeClientFrame(encoding, received), decodeServerFrame(encoding, received)]).not.toThrow();
      }),
    );
  });
});

describe("what fits neither schema nor encoding is refused", () => {
  test.each<[string, Encoding, Uint8Array | string]>([
    ["text where bytes belong", "proto", "{}"],
    ["bytes where text belongs", "json", new Uint8Array()],
    ["no JSON", "json", "hello"],
    ["JSON that is no object", "json", "[]"],
    ["null", "json", "null"],
    ["two frames in one", "json", '{"ping":{},"hello":{}}'],
    ["a number beyond uint32", "json", '{"ping":{"nonce":4294967296}}'],
    ["a negative number", "json", '{"ping":{"nonce":-1}}'],
    ["a fraction", "json", '{"ping":{"nonce":1.5}}'],
    ["text where a number belongs", "json", '{"ping":{"nonce":"one"}}'],
    ["bytes that are not base64", "json", '{"submit":{"submissions":[{"command":"%%"}]}}'],
    ["a length beyond the end", "proto", Uint8Array.of(0x0a, 0x7f)],
    ["a text that is not UTF-8", "proto", Uint8Array.of(0x0a, 0x03, 0x0a, 0x01, 0xff)],
    ["an unfinished number", "proto", Uint8Array.of(0x80)],
    ["nested deeper than anything of the schema", "json", `${'{"a":['.repeat(50_000)}`],
  ])("%s", (_what, encoding, frame) => {
    expect(decodeClientFrame(encoding, frame)).toBeUndefined();
  });
});

describe("fields of a later version", () => {
  test("are skipped in JSON", () => {
    const decoded = decodeClientFrame("json", '{"ping":{"nonce":7,"later":[1,{"more":true}]},"alsoLater":1}');
    expect(decoded?.frame).toMatchObject({ case: "ping", value: { nonce: 7 } });
  });

  test("are kept in binary frames of a server, and skipped in those of a device", () => {
    // Field 1000 of type varint, after an empty frame of case pong or ping.
    const [pong, ping] = [0x52, 0x32].map((tag) => Uint8Array.of(tag, 0x00, 0xc0, 0x3e, 0x01));
    const fromServer = decodeServerFrame("proto", pong ?? "");
    expect(fromServer?.frame.case).toBe("pong");
    expect(fromServer && encodeServerFrame("proto", fromServer)).toEqual(pong ?? "");
    const fromDevice = decodeClientFrame("proto", ping ?? "");
    expect(fromDevice?.frame.case).toBe("ping");
    expect(fromDevice && encodeClientFrame("proto", fromDevice)).toEqual(Uint8Array.of(0x32, 0x00));
  });

  test("a frame of an unknown kind is a frame without a case", () => {
    expect(decodeServerFrame("json", '{"later":{}}')).toEqual(create(ServerFrameSchema));
    expect(decodeServerFrame("proto", Uint8Array.of(0xc2, 0x3e, 0x00))?.frame.case).toBeUndefined();
  });
});

describe("subprotocols", () => {
  test("each names an encoding, and nothing else does", () => {
    expect(["parley.v1.proto", "parley.v1.json"].map(encodingOfSubprotocol)).toEqual(["proto", "json"]);
    expect(["", "parley.v2.proto", "PARLEY.V1.JSON"].map(encodingOfSubprotocol)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("server frames travel in both", () => {
    const pong = create(ServerFrameSchema, { frame: { case: "pong", value: { nonce: 4_294_967_295 } } });
    expect(encodeServerFrame("json", pong)).toBe('{"pong":{"nonce":4294967295}}');
    expect(encodeServerFrame("proto", pong)).toEqual(Uint8Array.of(0x52, 0x06, 0x08, 0xff, 0xff, 0xff, 0xff, 0x0f));
  });
});

function withByte(encoded: Uint8Array | string, index: number, byte: number): Uint8Array | string {
  if (typeof encoded === "string")
    return encoded.slice(0, index) + String.fromCharCode(byte) + encoded.slice(index + 1);
  return encoded.with(index, byte);
}
