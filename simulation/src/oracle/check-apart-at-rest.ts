import type { Device } from "../device/device.ts";
import { areIn, type StoredPreferences, waits } from "./check-requests-at-rest.ts";
import type { Ledger } from "./ledger.ts";
import type { Violation } from "./violation.ts";

/** At rest no device knows that somebody is or was there from whom its account is apart, or whom it knows by a message request alone. */
export function checkApartAtRest(devices: readonly Device[], stored: StoredPreferences, ledger: Ledger): Violation[] {
  const { blocks } = ledger;
  const isApart = (one: string, other: string) => blocks.blockedBy(one).has(other) || blocks.blockedBy(other).has(one);
  return devices.flatMap(({ name, account, owner }) => {
    const { conversations = [] } = owner?.engine.conversations.get() ?? {};
    const known = conversations
      .flatMap(({ people }) => people)
      .filter(({ online, lastSeen = 0 }) => online || lastSeen > 0);
    return [...new Set(known.map((person) => person.account))].flatMap((other) => {
      const detail = `${name} knows whether ${other} is there`;
      if (isApart(account, other)) return [{ rule: "BLK6", detail: `${detail}, and one blocks the other` }];
      const shared = [...ledger.logs.values()].filter((history) => areIn(history, [account, other]));
      if (shared.length === 0 || shared.some((history) => !waits(history, stored))) return [];
      return [{ rule: "REQ3", detail: `${detail}, and a message request waits between them` }];
    });
  });
}
