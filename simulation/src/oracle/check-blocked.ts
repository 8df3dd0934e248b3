import type { AccountEvent, BlockedPerson, BlockedSet } from "@parley/protocol";
import type { Device } from "../device/device.ts";
import type { Ledger } from "./ledger.ts";
import type { Violation } from "./violation.ts";

/** Whom each account blocks, as it was stored at rest. */
export type StoredBlockedPeople = ReadonlyMap<string, readonly BlockedPerson[]>;

/** The table says what the account's log says; a block begins and ends at entries that are there, and leaves hidden what lies between. */
export function checkBlockedRows(
  ledger: Ledger,
  account: string,
  events: readonly AccountEvent[],
  stored: readonly BlockedPerson[],
): Violation[] {
  const violations: Violation[] = [];
  const folded = new Map<string, BlockedSet>();
  for (const { seq, body } of events) {
    if (body.case !== "blockedSet") continue;
    const { value: set } = body;
    const begun = folded.get(set.account);
    const head = ledger.log(set.conversation).entryHeadAt(set.seq);
    if (set.ordinal !== head) {
      violations.push({
        rule: "BLK3",
        detail: `event ${seq} of ${account} names ${set.ordinal}, where ${head} was the last`,
      });
    }
    const meanwhile = begun !== undefined && set.ordinal > begun.ordinal ? `${begun.ordinal + 1}-${set.ordinal}` : "";
    const hidden = set.hidden === undefined ? "" : `${set.hidden.from}-${set.hidden.to}`;
    if (!set.blocked && hidden !== meanwhile) {
      violations.push({ rule: "BLK3", detail: `event ${seq} of ${account} hides ${hidden}, and ${meanwhile} came` });
    }
    folded.delete(set.account);
    if (set.blocked) folded.set(set.account, set);
  }
  const [told, kept] = [textOf([...folded.values()]), textOf(stored)];
  if (told !== kept) violations.push({ rule: "BLK1", detail: `${account} blocks [${told}], and [${kept}] is stored` });
  return violations;
}

/** At rest all devices of an account hold, and say, whom the server has stored. */
export function checkBlockedAtRest(devices: readonly Device[], stored: StoredBlockedPeople): Violation[] {
  const violations: Violation[] = [];
  for (const { name, account, disk, owner } of devices) {
    const wanted = textOf(stored.get(account) ?? []);
    const held = textOf(disk.image.state().meta?.blocked?.people ?? []);
    if (wanted !== held)
      violations.push({ rule: "BLK1", detail: `${name} holds [${held}], and [${wanted}] is stored` });
    const blocked = new Set((stored.get(account) ?? []).map((person) => person.account));
    const said = owner?.engine.account.get().blocked?.map((person) => person.account) ?? [];
    if (owner !== undefined && said.toSorted().join() !== [...blocked].sort().join()) {
      violations.push({ rule: "BLK1", detail: `${name} says that ${said} are blocked, not ${[...blocked]}` });
    }
  }
  return violations;
}

function textOf(people: readonly Pick<BlockedPerson, "account" | "conversation" | "ordinal" | "seq">[]): string {
  return people
    .map(({ account, conversation, ordinal, seq }) => `${account} ${conversation} ${ordinal} ${seq}`)
    .join(", ");
}
