import { noPreferences, waitsFor } from "@parley/log";
import { ConversationKind, type ConversationPreferences } from "@parley/protocol";
import type { Ledger } from "./ledger.ts";
import type { LogHistory } from "./log-history.ts";
import type { Violation } from "./violation.ts";

export type StoredPreferences = ReadonlyMap<string, readonly ConversationPreferences[]>;

/** At rest a message request that waits is one message, and what people began who never met is one, or was. */
export function checkRequestsAtRest(stored: StoredPreferences, ledger: Ledger, messageRequests: boolean): Violation[] {
  const groups = [...ledger.logs.values()].filter(({ state }) => state?.kind === ConversationKind.GROUP);
  return [...ledger.logs].flatMap(([id, history]) => {
    const { state } = history;
    if (state?.kind !== ConversationKind.DIRECT) return [];
    const accounts = state.members.map(({ account }) => account);
    const met = groups.some((group) => areIn(group, accounts));
    const violations: Violation[] = [];
    if (messageRequests ? !met && !isRequest(history) : isRequest(history)) {
      violations.push({ rule: "REQ1", detail: `${id} is ${isRequest(history) ? "a" : "no"} message request` });
    }
    // What begins it is an entry, too. The other one may pin something, which says nothing.
    const said = history.allSeen(state.createdBy, history.head).filter(({ author }) => author === state.createdBy);
    if (waits(history, stored) && said.length > 2) {
      violations.push({
        rule: "REQ2",
        detail: `the request ${id} waits, and has ${said.length} entries of who made it`,
      });
    }
    return violations;
  });
}

/** As it was created. */
function isRequest(history: LogHistory): boolean {
  return history.stateAt(1)?.request === true;
}

/** Now, or at any time: nobody forgets whom they have met. */
export function areIn(history: LogHistory, accounts: readonly string[]): boolean {
  return accounts.every((account) => history.intervals(account).length > 0);
}

/** Whether it is a message request that is not accepted. */
export function waits({ state }: LogHistory, stored: StoredPreferences): boolean {
  if (state === undefined) return false;
  return state.members.some(({ account }) => {
    const preferences = stored.get(account)?.find(({ conversation }) => conversation === state.id);
    return waitsFor(state, account, { ...noPreferences, ...preferences });
  });
}
