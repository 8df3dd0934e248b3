import { presentMembers } from "@parley/log";
import type { Conversation } from "@parley/protocol";
import type { PublishedEvent } from "@parley/server/parts";
import type { Ledger } from "./ledger.ts";
import type { Violation } from "./violation.ts";

/** What the executor hands to the hub: committed events, and who came and went by them. */
export function checkPublished(ledger: Ledger, { event, joined, parted }: PublishedEvent): Violation[] {
  const history = ledger.log(event.log);
  const where = `published event ${event.seq} of ${event.log}`;
  if (history.events[event.seq - 1]?.id !== event.id) return [{ rule: "LOG1", detail: `${where} is not in the log` }];
  const before = presence(history.stateAt(event.seq - 1));
  const after = presence(history.stateAt(event.seq));
  const expectedJoined = [...after].filter((account) => !before.has(account));
  const expectedParted = [...before].filter((account) => !after.has(account));
  if (sameSet(joined, expectedJoined) && sameSet(parted, expectedParted)) return [];
  const said = `says joined ${joined.join()} parted ${parted.join()}`;
  return [{ rule: "SYN7", detail: `${where} ${said}, not ${expectedJoined.join()} and ${expectedParted.join()}` }];
}

function presence(state: Conversation | undefined): ReadonlySet<string> {
  return new Set(state === undefined ? [] : presentMembers(state).map((member) => member.account));
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item) => other.includes(item));
}
