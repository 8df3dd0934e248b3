import { expiryAtPosting } from "@parley/log";
import { type Expiry, type Post, type Posted, RejectionCode } from "@parley/protocol";
import type { Attempt } from "../attempt.ts";
import { refusalOfRequest } from "../message-requests.ts";
import type { Refusal } from "../ruling.ts";
import { type CommandHandler, cannot, happens } from "./command-handler.ts";
import { requireMember, requireRight } from "./membership.ts";
import { keptEnvelope, validateMessage } from "./message-body.ts";

/** In a direct conversation: nobody writes to whom they do not want to hear. */
export const personBlocked: Refusal = {
  code: RejectionCode.PERSON_BLOCKED,
  reason: "The sender blocks the other member.",
};

export const post: CommandHandler<Post> = {
  authorise: (attempt, { envelope }) =>
    envelope?.everyone ? requireRight(attempt, "mentionEveryone") : requireMember(attempt),
  validate: ({ envelope, content }) => validateMessage(envelope, content),
  async decide(attempt, { envelope, content }) {
    const { account, command, ledger } = attempt;
    const log = await ledger.log(command.log);
    const member = await log?.member(account);
    if (member?.blockedAfter !== undefined) return cannot(personBlocked);
    const refusal = await refusalOfRequest(attempt, log?.record);
    if (refusal !== undefined) return cannot(refusal);
    const value: Posted = { $typeName: "parley.v1.Posted" };
    if (envelope !== undefined) value.envelope = keptEnvelope(envelope);
    if (content !== undefined) value.content = content;
    const expiry = await expiryNow(attempt);
    if (expiry !== undefined) value.expiry = expiry;
    return happens({ case: "posted", value });
  },
};

/** By the timer that is set now; in a thread, by its parent's. */
async function expiryNow({ command, ledger, receivedAt }: Attempt): Promise<Expiry | undefined> {
  const record = (await ledger.log(command.log))?.record;
  const timed = record === undefined || record.parent === "" ? record : (await ledger.log(record.parent))?.record;
  if (record === undefined || timed === undefined || timed.timerSeconds === 0) return undefined;
  return expiryAtPosting(timed.timerSeconds, record.kind, receivedAt);
}
