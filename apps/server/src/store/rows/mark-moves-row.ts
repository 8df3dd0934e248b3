import type { Marks } from "@parley/log";
import type { MarkMove } from "../../log/records.ts";

/** Moves that are kept of each member, besides where the first of them began. */
const MOVES_KEPT = 64;

/** Digits to the base of 36: enough for an ordinal, and for a time in milliseconds. */
const ORDINAL_DIGITS = 7;
const TIME_DIGITS = 9;
const READ_AT = ORDINAL_DIGITS;
const TIME_AT = 2 * ORDINAL_DIGITS;

/** All moves are of the same length, so that a statement can drop the oldest one without reading it. */
export const MOVE_LENGTH = TIME_AT + TIME_DIGITS;
export const MOVES_LENGTH = (MOVES_KEPT + 1) * MOVE_LENGTH;

export function writeMove({ delivered, read, at }: MarkMove): string {
  return digits(delivered, ORDINAL_DIGITS) + digits(read, ORDINAL_DIGITS) + digits(at, TIME_DIGITS);
}

/** What the history of a member begins with. */
export function writeFirstMove(from: Marks, move: MarkMove): string {
  return writeMove({ ...from, at: 0 }) + writeMove(move);
}

export function readMoves(text: string): MarkMove[] {
  const moves: MarkMove[] = [];
  for (let at = 0; at < text.length; at += MOVE_LENGTH) {
    const move = text.slice(at, at + MOVE_LENGTH);
    moves.push({
      delivered: Number.parseInt(move.slice(0, READ_AT), 36),
      read: Number.parseInt(move.slice(READ_AT, TIME_AT), 36),
      at: Number.parseInt(move.slice(TIME_AT), 36),
    });
  }
  return moves;
}

function digits(value: number, length: number): string {
  return Math.floor(value).toString(36).padStart(length, "0");
}
