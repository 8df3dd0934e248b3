import { describe, expect, test } from "bun:test";
import { create, toBinary, toJsonString } from "@bufbuild/protobuf";
import { type ServerFrame, ServerFrameSchema } from "@parley/protocol";
import { freshId } from "../kit/ids.ts";
import { bytes, delimited } from "./wire/protobuf-bytes.ts";
import { type IncomingFrame, opcodes } from "./wire/web-socket-frame.ts";
import { Witness } from "./witness.ts";

const log = freshId();
const secrets = { canary: "canary.of.others", conversations: new Set([log]) };

function binary(payload: Uint8Array): IncomingFrame {
  return { opcode: opcodes.binary, final: true, reserved: 0, masked: false, payload };
}

function frame(init: ServerFrame["frame"]): Uint8Array {
  return toBinary(ServerFrameSchema, create(ServerFrameSchema, { frame: init }));
}

function faultsOf(see: (witness: Witness) => void): string[] {
  const witness = new Witness(secrets);
  see(witness);
  return witness.faults;
}

describe("the witness notices", () => {
  test("the canary, also where it lies across two pieces", () => {
    expect(faultsOf((witness) => witness.sawBytes(bytes("x canary.of.others x")))).toHaveLength(1);
    const halves = faultsOf((witness) => {
      witness.sawBytes(bytes("x canary.o"));
      witness.sawBytes(bytes("f.others"));
    });
    expect(halves).toHaveLength(1);
    expect(faultsOf((witness) => witness.sawBytes(bytes("canary of others")))).toEqual([]);
  });

  test("what is no frame of the schema, or has more than the schema", () => {
    const pong = frame({ case: "pong", value: { $typeName: "parley.v1.Pong", nonce: 7 } });
    expect(faultsOf((witness) => witness.sawMessage("proto", binary(pong)))).toEqual([]);
    const wrong = [
      Uint8Array.of(255),
      new Uint8Array(),
      Buffer.concat([pong, delimited(900, bytes("x"))]),
      delimited(10, Buffer.concat([Uint8Array.of(8, 7), delimited(900, bytes("x"))])),
    ];
    for (const payload of wrong)
      expect(faultsOf((witness) => witness.sawMessage("proto", binary(payload)))).toHaveLength(1);
    const text = { ...binary(bytes('{"pong":{"later":1}}')), opcode: opcodes.text };
    expect(faultsOf((witness) => witness.sawMessage("json", text))).toHaveLength(1);
    expect(faultsOf((witness) => witness.sawMessage("json", binary(bytes("{}"))))).toHaveLength(1);
  });

  test("another's conversation, but not an answer that repeats what was asked", () => {
    const typing = { conversation: log, account: freshId(), active: true };
    const leak = create(ServerFrameSchema, { frame: { case: "signals", value: { typing: [typing] } } });
    expect(faultsOf((witness) => witness.sawMessage("proto", binary(toBinary(ServerFrameSchema, leak))))).toHaveLength(
      1,
    );
    const inJson = { ...binary(bytes(toJsonString(ServerFrameSchema, leak))), opcode: opcodes.text };
    expect(faultsOf((witness) => witness.sawMessage("json", inJson))).toHaveLength(1);
    const verdict = { log, outcome: { case: "rejected", value: { code: 4, reason: "no" } } } as const;
    const answers = [{ id: freshId(), outcome: { case: "verdict", value: verdict } }] as const;
    const fine = create(ServerFrameSchema, { frame: { case: "answers", value: { answers: [...answers] } } });
    expect(faultsOf((witness) => witness.sawMessage("proto", binary(toBinary(ServerFrameSchema, fine))))).toEqual([]);
  });

  test("a close code that nothing documents", () => {
    for (const code of [1000, 1006, 4001, 4016]) expect(faultsOf((witness) => witness.closed(code))).toEqual([]);
    for (const code of [1011, 4000, 4017, 3000]) expect(faultsOf((witness) => witness.closed(code))).toHaveLength(1);
  });
});
