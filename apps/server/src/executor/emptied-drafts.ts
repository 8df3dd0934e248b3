import type { EmptiedDraft } from "../log/log-writer.ts";
import type { Attempt } from "./attempt.ts";
import { emptyDraft } from "./drafts.ts";
import type { Step } from "./open-log.ts";

/** Empties the drafts that end with an event: the one that was posted, and those of who is not a member any more. Most events end none. */
export async function emptiedDrafts(
  { account, command, ledger, receivedAt }: Pick<Attempt, "account" | "command" | "ledger" | "receivedAt">,
  { parted }: Step,
): Promise<{ readonly emptied?: readonly EmptiedDraft[] }> {
  const { body, log } = command;
  const posted = body.case === "post" ? (body.value.envelope?.clearsDraft ?? 0) : 0;
  if (posted === 0 && parted.length === 0) return {};
  const ended = parted.map((member) => ({ member, upTo: Number.POSITIVE_INFINITY }));
  if (posted > 0) ended.push({ member: account, upTo: posted });
  const emptied: EmptiedDraft[] = [];
  for (const { member, upTo } of ended) {
    const draft = await emptyDraft(ledger.transaction, member, log, upTo, receivedAt);
    if (draft !== undefined) emptied.push(draft);
  }
  return emptied.length === 0 ? {} : { emptied };
}
