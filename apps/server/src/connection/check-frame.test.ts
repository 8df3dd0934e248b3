import { describe, expect, test } from "bun:test";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { ClientFrameSchema, limits, ProblemCode } from "@parley/protocol";
import { faultOf } from "./check-frame.ts";

const ID = "01936d2f-1000-7aaa-8bbb-0c0d0e0f1011";
const none = { link: { case: "none", value: {} } } as const;

type Frame = NonNullable<MessageInitShape<typeof ClientFrameSchema>["frame"]>;

const legal: Record<string, Frame> = {
  "a Hello with heads": {
    case: "hello",
    value: { device: ID, name: "x".repeat(limits.deviceNameCharacters), heads: [{ conversation: ID, seq: 3, tag: 4 }] },
  },
  "a full Submit": {
    case: "submit",
    value: {
      submissions: Array.from({ length: limits.submissionsPerFrame }, () => ({
        order: none,
        command: new Uint8Array(limits.submissionBytesPerFrame / limits.submissionsPerFrame),
      })),
    },
  },
  "a mark": { case: "marks", value: { updates: [{ conversation: ID }] } },
  typing: { case: "typing", value: { conversation: ID, active: true } },
  "a ping": { case: "ping", value: {} },
};

const illegal: Record<string, readonly [ProblemCode, Frame]> = {
  "no frame": [ProblemCode.MALFORMED, { case: undefined }],
  "a device id of another version": [
    ProblemCode.MALFORMED,
    { case: "hello", value: { device: "01936d2f-1000-4aaa-8bbb-0c0d0e0f1011" } },
  ],
  "a device name too long": [
    ProblemCode.TOO_LARGE,
    { case: "hello", value: { device: ID, name: "x".repeat(limits.deviceNameCharacters + 1) } },
  ],
  "too many heads": [
    ProblemCode.TOO_LARGE,
    {
      case: "hello",
      value: { device: ID, heads: Array.from({ length: limits.headsPerHello + 1 }, () => ({ conversation: ID })) },
    },
  ],
  "a head of nothing": [
    ProblemCode.MALFORMED,
    { case: "hello", value: { device: ID, heads: [{ conversation: "x" }] } },
  ],
  "an incarnation that is no id": [ProblemCode.MALFORMED, { case: "hello", value: { device: ID, incarnation: "x" } }],
  "an empty Submit": [ProblemCode.MALFORMED, { case: "submit", value: {} }],
  "a submission without order": [
    ProblemCode.MALFORMED,
    { case: "submit", value: { submissions: [{ command: new Uint8Array(1) }] } },
  ],
  "an order after nothing": [
    ProblemCode.MALFORMED,
    { case: "submit", value: { submissions: [{ order: { link: { case: "after", value: "" } } }] } },
  ],
  "too many submissions": [
    ProblemCode.TOO_LARGE,
    {
      case: "submit",
      value: { submissions: Array.from({ length: limits.submissionsPerFrame + 1 }, () => ({ order: none })) },
    },
  ],
  "a command too large": [
    ProblemCode.TOO_LARGE,
    { case: "submit", value: { submissions: [{ order: none, command: new Uint8Array(limits.commandBytes + 1) }] } },
  ],
  "too many bytes of commands": [
    ProblemCode.TOO_LARGE,
    {
      case: "submit",
      value: {
        submissions: Array.from({ length: 5 }, () => ({ order: none, command: new Uint8Array(limits.commandBytes) })),
      },
    },
  ],
  "a mark of nothing": [ProblemCode.MALFORMED, { case: "marks", value: { updates: [{ conversation: "" }] } }],
  "no marks": [ProblemCode.MALFORMED, { case: "marks", value: {} }],
  "too many marks": [
    ProblemCode.TOO_LARGE,
    {
      case: "marks",
      value: { updates: Array.from({ length: limits.marksPerFrame + 1 }, () => ({ conversation: ID })) },
    },
  ],
  "typing nowhere": [ProblemCode.MALFORMED, { case: "typing", value: { conversation: "" } }],
  "a request without a question": [ProblemCode.MALFORMED, { case: "request", value: { id: 1 } }],
};

describe("checking frames", () => {
  for (const [name, frame] of Object.entries(legal)) {
    test(`${name} is legal`, () => expect(faultOf(create(ClientFrameSchema, { frame }))).toBeUndefined());
  }
  for (const [name, [code, frame]] of Object.entries(illegal)) {
    test(`${name} is ${ProblemCode[code]}`, () =>
      expect(faultOf(create(ClientFrameSchema, { frame }))?.code).toBe(code));
  }
});
