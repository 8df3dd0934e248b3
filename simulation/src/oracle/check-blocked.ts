import type { AccountEvent, BlockedPerson, BlockedSet } from "@parley/protocol";
import type { Ledger } from "./ledger.ts";
import type { Violation } from "./violation.ts";

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
  const [told, kept] = [linesOfBlocked([...folded.values()]), linesOfBlocked(stored)];
  if (told !== kept) violations.push({ rule: "BLK1", detail: `${account} blocks [${told}], and [${kept}] is stored` });
  return violations;
}

/** For comparing them. */
export function linesOfBlocked(
  people: readonly Pick<BlockedPerson, "account" | "conversation" | "ordinal" | "seq">[],
): string {
  return people
    .map(({ account, conversation, ordinal, seq }) => `${account} ${conversation} ${ordinal} ${seq}`)
    .join(", ");
}
