import type { AccountEvent, SavedMessage } from "@parley/protocol";
import type { Device } from "../device/device.ts";
import type { Violation } from "./violation.ts";

/** What the server stores for each account, in the order in which it was saved. */
export type StoredSavedMessages = ReadonlyMap<string, readonly SavedMessage[]>;

/** The table says what the account's log says. */
export function checkSavedRows(
  account: string,
  events: readonly AccountEvent[],
  stored: readonly SavedMessage[],
): Violation[] {
  const folded = new Map<string, string>();
  for (const { body, receivedAt } of events) {
    if (body.case !== "savedSet") continue;
    const { conversation, message, ordinal, saved } = body.value;
    const key = `${conversation} ${message}`;
    folded.delete(key);
    if (saved) folded.set(key, `${key} ${ordinal} ${receivedAt}`);
  }
  const [told, kept] = [[...folded.values()].join(", "), textOf(stored)];
  return told === kept ? [] : [{ rule: "SAV1", detail: `${account} saved [${told}], and [${kept}] is stored` }];
}

/** At rest all devices of an account hold, and show, what the server has stored. */
export function checkSavedAtRest(devices: readonly Device[], stored: StoredSavedMessages): Violation[] {
  const violations: Violation[] = [];
  for (const { name, account, disk, owner } of devices) {
    const all = stored.get(account) ?? [];
    const [wanted, held] = [textOf(all), textOf(disk.image.state().meta?.saved ?? [])];
    if (wanted !== held) {
      violations.push({ rule: "SAV1", detail: `${name} holds [${held}], and [${wanted}] is stored` });
    }
    const count = owner?.engine.account.get().saved?.count ?? 0;
    if (owner !== undefined && count !== all.length) {
      violations.push({ rule: "SAV4", detail: `${name} says that ${count} are saved, not ${all.length}` });
    }
    for (const screen of owner?.screens ?? []) {
      const saved = new Set(all.filter((one) => one.conversation === screen.conversation).map((one) => one.message));
      for (const row of screen.messages) {
        if ((row.saved === true) === saved.has(row.id)) continue;
        violations.push({ rule: "SAV4", detail: `${name} shows ${row.id} ${row.saved ? "" : "not "}saved` });
      }
    }
  }
  return violations;
}

function textOf(saved: readonly Pick<SavedMessage, "conversation" | "message" | "ordinal" | "savedAt">[]): string {
  return saved
    .map(({ conversation, message, ordinal, savedAt }) => `${conversation} ${message} ${ordinal} ${savedAt}`)
    .join(", ");
}
