import type { FieldReader } from "./field-reader.ts";

/** The first byte of a frame of the server: the tag of its one field. */
export const RESET = 0x1a;
export const EVENT = 0x22;
export const ANSWERS = 0x32;
export const REGISTERS = 0x42;
export const GOODBYE = 0x5a;
export const PROBLEM = 0x62;

const FRAME_EVENT = 4;
const FRAME_ANSWERS = 6;

/** Where the id of the command that made an event lies in its frame. */
export function idOfEvent(reader: FieldReader, payload: Uint8Array): number {
  reader.begin(payload, 0, payload.length);
  if (!reader.find(FRAME_EVENT)) return missing("event");
  reader.enter();
  if (!reader.find(1)) return missing("event");
  reader.enter();
  return reader.find(3) ? reader.from : missing("id");
}

/** An event as a reader meets it in its frame. */
export interface EventAt {
  readonly seq: number;
  /** Where the id of its command lies. */
  readonly idAt: number;
  /** 0 if it made no entry. */
  readonly ordinal: number;
}

export function readEvent(reader: FieldReader, payload: Uint8Array): EventAt {
  reader.begin(payload, 0, payload.length);
  if (!enterField(reader, FRAME_EVENT) || !enterField(reader, 1) || !reader.find(2)) return missing("event");
  const seq = reader.value;
  const idAt = reader.find(3) ? reader.from : missing("id");
  return { seq, idAt, ordinal: reader.find(7) ? reader.value : 0 };
}

export interface AnswerListener {
  /** @param idAt where the id lies in the frame */
  accepted(idAt: number, receivedAt: number): void;
  /** Any other answer. */
  refused(idAt: number): void;
}

/** Reads each answer of a frame of answers. */
export function readAnswers(reader: FieldReader, payload: Uint8Array, listener: AnswerListener): void {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  reader.begin(payload, 0, payload.length);
  if (!reader.find(FRAME_ANSWERS)) return;
  let { from } = reader;
  const { to } = reader;
  while (from < to) {
    reader.begin(payload, from, to);
    reader.next();
    from = reader.to;
    readAnswer(reader, view, listener);
  }
}

/** Answer { id = 1; verdict = 2 { accepted = 2 { received_at = 2 } } } */
function readAnswer(reader: FieldReader, view: DataView, listener: AnswerListener): void {
  reader.enter();
  const idAt = reader.find(1) ? reader.from : missing("id");
  if (!enterField(reader, 2) || !enterField(reader, 2) || !reader.find(2)) listener.refused(idAt);
  else listener.accepted(idAt, view.getFloat64(reader.from, true));
}

function enterField(reader: FieldReader, field: number): boolean {
  if (!reader.find(field)) return false;
  reader.enter();
  return true;
}

function missing(what: string): never {
  throw new Error(`A frame of the server has no ${what}.`);
}
