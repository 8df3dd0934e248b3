import { decodeServerFrame } from "@parley/protocol";
import { deedAt, deedNumber, deedOf } from "./deed.ts";

/** An event as a device was told it. */
export interface ToldEvent {
  readonly seq: number;
  /** By which its command goes (`deed.ts`). */
  readonly deed: number;
  /** 0 if it made no entry. */
  readonly ordinal: number;
}

/** What a device was told of a group, in the order in which it came. */
export interface Told {
  /** The Reset with which a guest begins, as it came; undefined for who was there before all others. */
  begun: Uint8Array | undefined;
  readonly events: ToldEvent[];
}

/** What was to happen. */
export interface EntrancePlan {
  readonly group: number;
  readonly guests: number;
  /** Of each guest. */
  readonly messages: number;
  /** The head of the group before the first guest came. */
  readonly head: number;
}

/** What a Reset brings of a group. */
interface Begun {
  readonly head: number;
  readonly deeds: readonly number[];
}

/** A Reset brings at least so many of the newest entries, if there are so many. */
const RESET_ENTRIES_LEAST = 20;

/**
 * What is wrong with what the devices of a group were told; undefined if each guest did everything once and in order, and every device was told once and in order what it may see.
 *
 * @param host of the member who was there before all others, and stays
 * @param guests by their number, which begins with 1
 */
export function faultOfEntrance(plan: EntrancePlan, host: Told, guests: readonly Told[]): string | undefined {
  const fault = faultOfLog(plan, host.events);
  if (fault !== undefined) return fault;
  if (guests.length !== plan.guests) return `${guests.length} guests came, not ${plan.guests}.`;
  for (const [index, told] of guests.entries()) {
    const faultOfOne = faultOfGuest(plan, index + 1, told, host.events);
    if (faultOfOne !== undefined) return `Guest ${index + 1}: ${faultOfOne}`;
  }
  return undefined;
}

/** The host sees everything: each deed of each guest is there once, a guest's in their order, and no number is left out. */
function faultOfLog({ group, guests, messages, head }: EntrancePlan, events: readonly ToldEvent[]): string | undefined {
  const next = new Map(Array.from({ length: guests }, (_, index) => [index + 1, 0]));
  for (const [index, { seq, deed }] of events.entries()) {
    if (seq !== head + 1 + index) return `The host was told ${seq} where ${head + 1 + index} comes next.`;
    const { guest, group: of, step } = deedOf(deed);
    if (of !== group || next.get(guest) !== step)
      return `Event ${seq} is step ${step} of guest ${guest} in group ${of}.`;
    next.set(guest, step + 1);
  }
  const late = [...next].find(([, step]) => step !== messages + 2);
  return late === undefined ? undefined : `Guest ${late[0]} has done ${late[1]} things of ${messages + 2}.`;
}

function faultOfGuest(
  { group, messages, head }: EntrancePlan,
  guest: number,
  { begun: reset, events }: Told,
  log: readonly ToldEvent[],
): string | undefined {
  const seqOf = (step: number) =>
    log.find(({ deed }) => deed === deedNumber({ guest, group, step }))?.seq ?? Number.NaN;
  const [joined, left] = [seqOf(0), seqOf(messages + 1)];
  const begun = reset === undefined ? undefined : begunBy(reset);
  if (begun === undefined) return "it was not given the group.";
  if (!(begun.head >= joined && begun.head < left)) return `it began at ${begun.head}, but joined with ${joined}.`;
  const seen = (from: number, to: number) => log.slice(from - head - 1, to - head);
  const entries = seen(joined, begun.head).filter(({ ordinal }) => ordinal > 0);
  const brought = entries.slice(entries.length - begun.deeds.length).map(({ deed }) => deed);
  const enough = begun.deeds.length >= Math.min(entries.length, RESET_ENTRIES_LEAST);
  if (!enough || begun.deeds.some((deed, index) => deed !== brought[index])) {
    return `it was given ${begun.deeds.length} entries, which are not the newest of its ${entries.length}.`;
  }
  // What was committed when the Reset was read, and published after it was sent, is told once more: devices leave out what they hold.
  const due = seen(Math.min(begun.head + 1, events[0]?.seq ?? left), left);
  const wrong = due.findIndex(({ seq, deed }, index) => events[index]?.seq !== seq || events[index]?.deed !== deed);
  if (wrong >= 0) return `it was told ${events[wrong]?.seq ?? "nothing"} where ${due[wrong]?.seq} comes next.`;
  return events.length === due.length ? undefined : `it was told ${events[due.length]?.seq} after it had left.`;
}

function begunBy(reset: Uint8Array): Begun | undefined {
  const frame = decodeServerFrame("proto", reset)?.frame;
  if (frame?.case !== "reset") return undefined;
  const { status, newest } = frame.value;
  const ids = (newest?.entries ?? []).map(({ id }) => new TextEncoder().encode(id));
  return { head: status?.head?.seq ?? 0, deeds: ids.map((id) => deedAt(id, 0)) };
}
