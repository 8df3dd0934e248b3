import { create, toBinary } from "@bufbuild/protobuf";
import {
  type Content,
  type Envelope,
  limits,
  MessageScheduledSchema,
  RejectionCode,
  type ScheduledMessage,
  ScheduledMessageSchema,
} from "@parley/protocol";
import type { Attempt } from "../attempt.ts";
import type { Refusal } from "../ruling.ts";
import { cannot, type Decision } from "./command-handler.ts";
import { keptEnvelope } from "./message-body.ts";

/** What is to be posted, and when. */
export interface Plan {
  readonly at: number;
  readonly envelope?: Envelope | undefined;
  readonly content?: Content | undefined;
}

export function validateTime(at: number, now: number): Refusal | undefined {
  if (Number.isInteger(at) && at > 0 && at <= now + limits.scheduledAheadMs) return undefined;
  return { code: RejectionCode.INVALID, reason: "at is not a time within 366 days." };
}

/** @param before what it is to take the place of */
export async function schedule(
  { account, ledger }: Attempt,
  { id, conversation }: Pick<ScheduledMessage, "id" | "conversation">,
  { at, envelope, content }: Plan,
  before: ScheduledMessage | undefined,
): Promise<Decision> {
  const what = { at, ...(envelope && { envelope: keptEnvelope(envelope) }), ...(content && { content }) };
  const { count, bytes } = await ledger.transaction.scheduledUse(account);
  const grown = sizeOf(create(ScheduledMessageSchema, { id, conversation, ...what })) - (before ? sizeOf(before) : 0);
  const isFull = before === undefined && count >= limits.scheduledPerAccount;
  if (isFull || (grown > 0 && bytes + grown > limits.scheduledBytesPerAccount)) {
    const reason = `At most ${limits.scheduledPerAccount} can be scheduled, of ${limits.scheduledBytesPerAccount} bytes.`;
    return cannot({ code: RejectionCode.SCHEDULED_FULL, reason });
  }
  const value = create(MessageScheduledSchema, { target: id, conversation, ...what });
  return { kind: "account-event", body: { case: "messageScheduled", value } };
}

function sizeOf(message: ScheduledMessage): number {
  return toBinary(ScheduledMessageSchema, message).byteLength;
}
