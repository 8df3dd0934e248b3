import type { BlockedPerson } from "@parley/protocol";
import type { Device } from "../device/device.ts";
import { linesOfBlocked } from "./check-blocked.ts";
import type { Violation } from "./violation.ts";

/** Whom each account blocks, as it was stored at rest. */
export type StoredBlockedPeople = ReadonlyMap<string, readonly BlockedPerson[]>;

/** At rest all devices of an account hold, and say, whom the server has stored. */
export function checkBlockedAtRest(devices: readonly Device[], stored: StoredBlockedPeople): Violation[] {
  const violations: Violation[] = [];
  for (const { name, account, disk, owner } of devices) {
    const wanted = linesOfBlocked(stored.get(account) ?? []);
    const held = linesOfBlocked(disk.image.state().meta?.blocked?.people ?? []);
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
