import { type Conversation, RequestAnswer } from "@parley/protocol";
import type { Preferences } from "./preferences.ts";

/** What makes a conversation a message request. */
type Requested = Pick<Conversation, "request" | "createdBy">;

/** Whether it is a message request that was made to this account and has no message of it yet: the first one accepts it. */
export function isRequestedOf({ request, createdBy }: Requested, account: string): boolean {
  return request && createdBy !== account;
}

/** Whether a message request waits for this account to accept it: until then nobody is told anything of the account there. */
export function waitsFor(conversation: Requested, account: string, { requestAnswer }: Preferences): boolean {
  return isRequestedOf(conversation, account) && requestAnswer !== RequestAnswer.ACCEPTED;
}
