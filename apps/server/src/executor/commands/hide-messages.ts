import { create } from "@bufbuild/protobuf";
import { addRange, holds, type Range, type Ranges } from "@parley/log";
import { type HideMessages, limits, MessagesHiddenSchema, RejectionCode } from "@parley/protocol";
import type { Attempt } from "../attempt.ts";
import type { Refusal } from "../ruling.ts";
import { noAccountEffect, requireOwnAcquaintance } from "./account-log.ts";
import { type CommandHandler, cannot } from "./command-handler.ts";
import { findMessageIn, targetNotFound, validateTarget } from "./target.ts";

/** A filter of the sender's view: no row changes, and nobody else is told. */
export const hideMessages: CommandHandler<HideMessages> = {
  authorise: (attempt, { conversation }) => requireOwnAcquaintance(attempt, conversation),
  validate: ({ messages }) => validateMessages(messages),
  async decide(attempt, { conversation, messages }) {
    const { account, ledger } = attempt;
    const before = await ledger.transaction.hidden(account, conversation);
    let added: Ranges = [];
    for (const message of messages) {
      const entry = await findMessageIn(attempt, conversation, message);
      if (entry === undefined) return cannot(targetNotFound);
      const run = { from: entry.ordinal, to: entry.ordinal };
      if (!holds(before, run)) added = addRange(added, run);
    }
    if (added.length === 0) return noAccountEffect;
    const after = added.reduce<Ranges>((all, run) => addRange(all, run), before);
    if (after.length > before.length && (await isFull(attempt, after.length - before.length))) {
      const reason = `At most ${limits.hiddenRunsPerAccount} runs can be hidden.`;
      return cannot({ code: RejectionCode.HIDDEN_FULL, reason });
    }
    const value = create(MessagesHiddenSchema, {
      conversation,
      runs: added.map(({ from, to }: Range) => ({ from, to })),
    });
    return { kind: "account-event", body: { case: "messagesHidden", value } };
  },
};

async function isFull({ account, ledger }: Attempt, more: number): Promise<boolean> {
  return (await ledger.transaction.hiddenRunCount(account)) + more > limits.hiddenRunsPerAccount;
}

function validateMessages(messages: readonly string[]): Refusal | undefined {
  if (messages.length < 1 || messages.length > limits.hiddenAtOnce) {
    return { code: RejectionCode.INVALID, reason: `messages must be 1 to ${limits.hiddenAtOnce}.` };
  }
  return messages.map(validateTarget).find((refusal) => refusal !== undefined);
}
