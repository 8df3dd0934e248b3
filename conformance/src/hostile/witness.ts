import { fromBinary, fromJsonString } from "@bufbuild/protobuf";
import { type Encoding, ProblemCode, type ServerFrame, ServerFrameSchema } from "@parley/protocol";
import { frameNames } from "./frame-names.ts";
import { unknownFieldIn } from "./unknown-field.ts";
import { type IncomingFrame, opcodes } from "./wire/web-socket-frame.ts";

/** What only the neighbours may learn. */
export interface Secrets {
  /** A text that stands in all that they write, in ASCII, so that it looks the same in both encodings. */
  readonly canary: string;
  /** Conversations of theirs alone. */
  readonly conversations: ReadonlySet<string>;
}

const CLOSE_BASE = 4_000;
/** Closes of the WebSocket protocol itself, for what is no WebSocket any more; 1006 is a connection that just ends. */
const PROTOCOL_CLOSES = new Set([1000, 1001, 1002, 1003, 1005, 1006, 1007, 1009]);

/** Sees all that a server sends to an attacker and writes down what it must never do. */
export class Witness {
  readonly faults: string[] = [];
  readonly #secrets: Secrets;
  readonly #canary: Buffer;
  #tail: Buffer = Buffer.alloc(0);

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
    this.#canary = Buffer.from(secrets.canary);
  }

  /** Bytes as they came. The canary may lie across two pieces. */
  sawBytes(bytes: Uint8Array): void {
    const seen = Buffer.concat([this.#tail, bytes]);
    if (seen.includes(this.#canary)) this.fault("A byte of another's conversation reached an attacker.");
    this.#tail = seen.subarray(Math.max(0, seen.length - this.#canary.length + 1));
  }

  /** A data message. Undefined if it is no frame of the schema. */
  sawMessage(encoding: Encoding, { opcode, final, reserved, masked, payload }: IncomingFrame) {
    const expected = encoding === "json" ? opcodes.text : opcodes.binary;
    if (opcode !== expected || !final || reserved !== 0 || masked) {
      this.fault(`The server sent a WebSocket frame that it should not: opcode ${opcode}, final ${final}.`);
      return undefined;
    }
    const frame = this.#decode(encoding, payload);
    if (frame === undefined) return undefined;
    const leak = this.#leakIn(frame);
    if (leak !== undefined) this.fault(leak);
    return frame.frame;
  }

  closed(code: number): void {
    const documented = PROTOCOL_CLOSES.has(code) || ProblemCode[code - CLOSE_BASE] !== undefined;
    if (!documented || code === CLOSE_BASE) this.fault(`The server closed with ${code}, which nothing documents.`);
  }

  fault(what: string): void {
    this.faults.push(what);
  }

  #decode(encoding: Encoding, payload: Uint8Array): ServerFrame | undefined {
    try {
      const frame =
        encoding === "proto"
          ? fromBinary(ServerFrameSchema, payload)
          : fromJsonString(ServerFrameSchema, new TextDecoder("utf-8", { fatal: true }).decode(payload));
      const unknown = unknownFieldIn(ServerFrameSchema, frame);
      if (unknown !== undefined) this.fault(`The server sent a field that the schema lacks, in ${unknown}.`);
      if (frame.frame.case === undefined) this.fault("The server sent a frame without a case.");
      return frame;
    } catch (error) {
      this.fault(`The server sent what is no frame of the schema: ${String(error)}`);
      return undefined;
    }
  }

  /** An answer may repeat the id that was asked about; nothing else may name a conversation of others. */
  #leakIn(frame: ServerFrame): string | undefined {
    const { frame: one } = frame;
    if (one.case === "answers" || one.case === "problem" || one.case === "goodbye") return undefined;
    if (one.case === "response" && (one.value.answer.case === "verdicts" || one.value.answer.case === "problem")) {
      return undefined;
    }
    const named = frameNames(ServerFrameSchema, frame).find((id) => this.#secrets.conversations.has(id));
    return named === undefined ? undefined : `A frame of kind ${one.case} tells an attacker of another's conversation.`;
  }
}
