import { limits, RejectionCode } from "@parley/protocol";
import type { Attempt } from "../attempt.ts";
import { handlerOf } from "../commands/handler-of.ts";
import { type Ruling, refused } from "../ruling.ts";

/** Whether the command is well formed. */
export async function checkBody(attempt: Attempt): Promise<Ruling | undefined> {
  const { command, commandBytes } = attempt;
  if (commandBytes > limits.commandBytes) {
    return refused(RejectionCode.INVALID, `A command has at most ${limits.commandBytes} bytes.`);
  }
  if (!Number.isFinite(command.sentAt)) return refused(RejectionCode.INVALID, "sent_at is not a time.");
  const handler = handlerOf(command.body);
  if (handler === undefined) return refused(RejectionCode.NOT_SUPPORTED, "This server does not know the command.");
  const refusal = handler.validate(attempt);
  return refusal === undefined ? undefined : { kind: "refused", refusal };
}
