import { type Command, ConversationKind, directConversationId, Encryption, type Event } from "@parley/protocol";
import type { Ledger } from "./ledger.ts";
import type { Violation } from "./violation.ts";

/** How far logs were before a commit, and how far those of accounts are now. Within a commit nobody knows the order of logs. */
export interface Commit {
  readonly logsBefore: ReadonlyMap<string, number>;
  readonly accountsBefore: ReadonlyMap<string, number>;
  readonly accountsNow: ReadonlyMap<string, number>;
  /** Whether strangers bring nobody. */
  readonly messageRequests: boolean;
}

type Answer = "yes" | "no" | "either";

/** Who is brought into groups by the events of a commit, and who is left out of what their commands name. */
export function checkBrought(ledger: Ledger, events: readonly Event[], commit: Commit): Violation[] {
  return events.flatMap((event) => {
    const command = ledger.receivedOf(event.id)?.command;
    const history = ledger.log(event.log);
    if (command === undefined || history.state?.kind !== ConversationKind.GROUP) return [];
    return [...new Set(namedBy(command))].flatMap((account): Violation[] => {
      if (account === event.author || history.isPresent(account, event.seq - 1)) return [];
      const brought = history.isPresent(account, event.seq);
      const pair = { somebody: account, sender: event.author, log: event.log };
      const blocks = isBlocking(ledger, pair, commit);
      const knows = commit.messageRequests ? isKnowing(ledger, pair, commit) : "yes";
      const what = `${account} is ${brought ? "brought" : "left out"} by event ${event.seq} of ${event.log}`;
      if (brought && blocks === "yes") return [{ rule: "BLK7", detail: `${what}, whose author they block` }];
      if (brought && knows === "no") return [{ rule: "REQ6", detail: `${what}, whose author they do not know` }];
      if (!brought && blocks === "no" && knows === "yes") return [{ rule: "REQ6", detail: `${what} for no reason` }];
      return [];
    });
  });
}

function namedBy({ body }: Command): readonly string[] {
  if (body.case === "addMembers") return body.value.accounts;
  return body.case === "create" && body.value.kind === ConversationKind.GROUP ? body.value.members : [];
}

interface Pair {
  readonly somebody: string;
  readonly sender: string;
  /** Where somebody is to be brought. */
  readonly log: string;
}

function isBlocking({ blocks }: Ledger, { somebody, sender }: Pair, commit: Commit): Answer {
  const now = commit.accountsNow.get(somebody) ?? 0;
  const from = Math.min(commit.accountsBefore.get(somebody) ?? 0, now);
  return throughout(from, now, (seq) => blocks.blockedBy(somebody, seq).has(sender));
}

function isKnowing(ledger: Ledger, pair: Pair, commit: Commit): Answer {
  const answers = [isTalking(ledger, pair, commit), ...isTogether(ledger, pair, commit)];
  if (answers.includes("yes")) return "yes";
  return answers.includes("either") ? "either" : "no";
}

function isTogether(ledger: Ledger, { somebody, sender, log }: Pair, { logsBefore }: Commit): Answer[] {
  const others = [...ledger.logs].filter(([id, { state }]) => id !== log && state?.kind === ConversationKind.GROUP);
  return others.map(([id, history]) =>
    throughout(logsBefore.get(id) ?? 0, history.head, (seq) => {
      return history.isPresent(somebody, seq) && history.isPresent(sender, seq);
    }),
  );
}

/** Whether they have a direct conversation that does not wait for somebody. */
function isTalking(ledger: Ledger, { somebody, sender }: Pair, commit: Commit): Answer {
  const id = directConversationId(somebody, sender, Encryption.NONE);
  const history = ledger.log(id);
  const isAccepted = (seq: number, asOf: number | undefined) => {
    const state = history.stateAt(seq);
    if (state === undefined) return false;
    return !state.request || state.createdBy === somebody || ledger.acceptances.has(somebody, id, asOf ?? 0);
  };
  // Neither is taken back.
  if (isAccepted(commit.logsBefore.get(id) ?? 0, commit.accountsBefore.get(somebody))) return "yes";
  return isAccepted(history.head, commit.accountsNow.get(somebody)) ? "either" : "no";
}

/** Whether something holds at all of these seqs, at none, or at some. */
function throughout(from: number, to: number, holds: (seq: number) => boolean): Answer {
  const all = Array.from({ length: to - from + 1 }, (_, index) => holds(from + index));
  if (all.every(Boolean)) return "yes";
  return all.some(Boolean) ? "either" : "no";
}
