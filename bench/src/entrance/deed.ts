import { numberOf, SENDERS, senderOf, writeMessageId } from "../load/message-id.ts";

/** What one guest does in one group, told by the id of its command: 0 is joining, then come its messages, and then leaving. */
export interface Deed {
  readonly guest: number;
  /** Which group this is of those that the guest enters one after the other. */
  readonly group: number;
  readonly step: number;
}

/** More than a guest does in a group. */
const STEPS = 1_000;
const ID_CHARACTERS = 36;

/** A number for a deed, so that thousands of them can be kept. */
export function deedNumber({ guest, group, step }: Deed): number {
  return (group * STEPS + step) * SENDERS + guest;
}

export function deedOf(number: number): Deed {
  const step = Math.floor(number / SENDERS);
  return { guest: number % SENDERS, group: Math.floor(step / STEPS), step: step % STEPS };
}

export function idOfDeed({ guest, group, step }: Deed, now: number): string {
  const bytes = new Uint8Array(ID_CHARACTERS);
  writeMessageId(bytes, 0, now, guest, group * STEPS + step);
  return new TextDecoder().decode(bytes);
}

/** The number of the deed whose id lies there. */
export function deedAt(bytes: Uint8Array, at: number): number {
  return numberOf(bytes, at) * SENDERS + senderOf(bytes, at);
}
