import { create } from "@bufbuild/protobuf";
import {
  addRange,
  clearedUpTo,
  countedRuns,
  type HiddenRuns,
  hideRuns,
  holds,
  type Range,
  type Ranges,
} from "@parley/log";
import { type HideMessages, limits, type MessagesHidden, MessagesHiddenSchema, RejectionCode } from "@parley/protocol";
import type { Attempt } from "../attempt.ts";
import type { Refusal } from "../ruling.ts";
import { noAccountEffect, requireOwnAcquaintance } from "./account-log.ts";
import { type CommandHandler, cannot, type Decision } from "./command-handler.ts";
import { findEntryIn, findMessageIn, targetNotFound, validateTarget } from "./target.ts";

/** A filter of the sender's view: no row changes, and nobody else is told. */
export const hideMessages: CommandHandler<HideMessages> = {
  authorise: (attempt, { conversation }) => requireOwnAcquaintance(attempt, conversation),
  validate: validateMessages,
  async decide(attempt, { conversation, messages, upTo, unlists }) {
    const { account, ledger } = attempt;
    const before = await ledger.transaction.hidden(account, conversation);
    if (upTo > 0) {
      const last = await findEntryIn(attempt, conversation, messages[0] ?? "");
      return last === undefined ? cannot(targetNotFound) : cleared(conversation, before, last.ordinal, unlists);
    }
    let added: Ranges = [];
    for (const message of messages) {
      const entry = await findMessageIn(attempt, conversation, message);
      if (entry === undefined) return cannot(targetNotFound);
      const run = { from: entry.ordinal, to: entry.ordinal };
      if (!holds(before.runs, run)) added = addRange(added, run);
    }
    if (added.length === 0) return noAccountEffect;
    const value = messagesHidden(conversation, added, false);
    const more = countedRuns(hideRuns(before, value).runs) - countedRuns(before.runs);
    if (more > 0 && (await isFull(attempt, more))) {
      const reason = `At most ${limits.hiddenRunsPerAccount} runs can be hidden.`;
      return cannot({ code: RejectionCode.HIDDEN_FULL, reason });
    }
    return { kind: "account-event", body: { case: "messagesHidden", value } };
  },
};

/** However much is hidden, a conversation can be cleared: that leaves no more runs than there were. */
function cleared(conversation: string, before: HiddenRuns, last: number, unlists: boolean): Decision {
  const isListed = unlists && before.unlistedUpTo < last;
  if (clearedUpTo(before.runs) >= last && !isListed) return noAccountEffect;
  const value = messagesHidden(conversation, [{ from: 1, to: last }], unlists);
  return { kind: "account-event", body: { case: "messagesHidden", value } };
}

function messagesHidden(conversation: string, runs: Ranges, unlists: boolean): MessagesHidden {
  const told = runs.map(({ from, to }: Range) => ({ from, to }));
  return create(MessagesHiddenSchema, { conversation, runs: told, unlists });
}

async function isFull({ account, ledger }: Attempt, more: number): Promise<boolean> {
  return (await ledger.transaction.hiddenRunCount(account)) + more > limits.hiddenRunsPerAccount;
}

function validateMessages({ messages, upTo, unlists }: HideMessages): Refusal | undefined {
  const most = upTo > 0 ? 1 : limits.hiddenAtOnce;
  if (messages.length < 1 || messages.length > most) {
    return { code: RejectionCode.INVALID, reason: `messages must be 1 to ${most}.` };
  }
  if (unlists && upTo === 0) return { code: RejectionCode.INVALID, reason: "unlists needs up_to." };
  return messages.map(validateTarget).find((refusal) => refusal !== undefined);
}
