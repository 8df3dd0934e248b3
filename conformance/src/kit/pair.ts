import type { Entry, HistoryPolicy, Message } from "@parley/protocol";
import { expectThat } from "./expectation.ts";
import type { Person } from "./person.ts";
import type { RawDevice } from "./raw-device.ts";
import type { Session } from "./session.ts";

export interface Pair {
  readonly log: string;
  /** Owns the group. */
  readonly ana: Person;
  readonly ben: Person;
  readonly device: RawDevice;
  readonly other: RawDevice;
}

export interface PairSettings {
  readonly history?: HistoryPolicy;
  /** Whether the owner must not have a past, in which earlier cases may have saved something. */
  readonly newcomer?: boolean;
}

/** Two people online in a group of theirs, at its first seq. */
export async function pair(session: Session, { newcomer = false, ...settings }: PairSettings = {}): Promise<Pair> {
  const ana = await (newcomer ? session.newcomer() : session.person());
  const ben = await session.person();
  const [device, other] = [await session.online(ana), await session.online(ben)];
  const log = await session.group(device, [ben], settings);
  await Promise.all([device, other].map((each) => each.expect("reset", ({ state }) => state?.id === log)));
  return { log, ana, ben, device, other };
}

/** An entry as a device is shown it now; undefined if it is not. */
export async function entryOf(device: RawDevice, conversation: string, id: string): Promise<Entry | undefined> {
  const answer = await device.ask({ case: "entries", value: { conversation, ids: [id] } });
  expectThat(answer.case === "entries", "entries", answer);
  return answer.value.entries[0];
}

/** A message as a device is shown it now. */
export async function rowOf(device: RawDevice, conversation: string, id: string): Promise<Message> {
  const entry = await entryOf(device, conversation, id);
  expectThat(entry?.body.case === "message", "a message", entry);
  return entry.body.value;
}
