import type { ScheduleMessage } from "@parley/protocol";
import { requireOwnMembership } from "./account-log.ts";
import type { CommandHandler } from "./command-handler.ts";
import { validateMessage } from "./message-body.ts";
import { schedule, validateTime } from "./scheduled.ts";

/** Whether it may be posted is decided once it is due: until then it is the sender's own affair. */
export const scheduleMessage: CommandHandler<ScheduleMessage> = {
  authorise: (attempt, { conversation }) => requireOwnMembership(attempt, conversation),
  validate: ({ at, envelope, content }, { receivedAt }) =>
    validateTime(at, receivedAt) ?? validateMessage(envelope, content),
  decide: (attempt, { conversation, ...plan }) =>
    schedule(attempt, { id: attempt.command.id, conversation }, plan, undefined),
};
