import type { EmptiedDraft } from "../log/log-writer.ts";
import type { Attempt } from "./attempt.ts";
import { emptyDraft } from "./drafts.ts";
import type { Ledger } from "./ledger.ts";
import type { Step } from "./open-log.ts";

/** Empties the drafts that end with an event: the one that was posted, and those of who is not a member any more. Most events end none. */
export async function emptiedDrafts(
  { account, command, ledger, receivedAt }: Pick<Attempt, "account" | "command" | "ledger" | "receivedAt">,
  { parted }: Step,
): Promise<Emptied> {
  const { body, log } = command;
  const posted = body.case === "post" ? (body.value.envelope?.clearsDraft ?? 0) : 0;
  if (posted === 0) return draftsOfParted(ledger, log, receivedAt, parted);
  return empty(ledger, log, receivedAt, [...parted.map(ended), { member: account, upTo: posted }]);
}

/** The drafts of who is not a member any more. */
export async function draftsOfParted(
  ledger: Ledger,
  log: string,
  receivedAt: number,
  parted: readonly string[],
): Promise<Emptied> {
  return parted.length === 0 ? {} : empty(ledger, log, receivedAt, parted.map(ended));
}

interface Emptied {
  readonly emptied?: readonly EmptiedDraft[];
}

interface Ended {
  readonly member: string;
  readonly upTo: number;
}

function ended(member: string): Ended {
  return { member, upTo: Number.POSITIVE_INFINITY };
}

async function empty(ledger: Ledger, log: string, receivedAt: number, all: readonly Ended[]): Promise<Emptied> {
  const emptied: EmptiedDraft[] = [];
  for (const { member, upTo } of all) {
    const draft = await emptyDraft(ledger.transaction, member, log, upTo, receivedAt);
    if (draft !== undefined) emptied.push(draft);
  }
  return emptied.length === 0 ? {} : { emptied };
}
