import { create } from "@bufbuild/protobuf";
import { applyPreference, hideRuns, noPreferences } from "@parley/log";
import { type AccountEvent, AccountEventSchema } from "@parley/protocol";
import type { LogTransaction } from "./log-transaction.ts";

/** Gives what happened the next seq of an account's log, its command the verdict, and carries it out. */
export async function appendAccountEvent(
  transaction: LogTransaction,
  account: string,
  { id, receivedAt, body }: Pick<AccountEvent, "id" | "receivedAt" | "body">,
): Promise<AccountEvent> {
  const seq = (await transaction.accountHead(account)) + 1;
  const event = create(AccountEventSchema, { seq, id, receivedAt, body });
  await transaction.addAccountEvent(account, event);
  await transaction.accept(account, id, seq);
  await fold(transaction, account, event);
  return event;
}

/** What the event makes of what the account keeps. */
async function fold(transaction: LogTransaction, account: string, { seq, receivedAt, body }: AccountEvent) {
  switch (body.case) {
    case "preferenceSet": {
      const { conversation, setting } = body.value;
      const before = (await transaction.preference(account, conversation)) ?? noPreferences;
      return transaction.putPreference(account, conversation, applyPreference(before, setting));
    }
    case "savedSet": {
      const { conversation, message, ordinal, saved } = body.value;
      if (!saved) return transaction.forgetSaved(account, conversation, message);
      return transaction.addSaved(account, seq, { conversation, message, ordinal, savedAt: receivedAt });
    }
    case "messagesHidden": {
      const { conversation } = body.value;
      const before = await transaction.hidden(account, conversation);
      return transaction.putHidden(account, conversation, hideRuns(before, body.value));
    }
  }
}
