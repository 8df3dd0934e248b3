import { create } from "@bufbuild/protobuf";
import { applyPreference, noPreferences } from "@parley/log";
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
  if (body.case === "preferenceSet") {
    const { conversation, setting } = body.value;
    const before = (await transaction.preference(account, conversation)) ?? noPreferences;
    await transaction.putPreference(account, conversation, applyPreference(before, setting));
  }
  return event;
}
