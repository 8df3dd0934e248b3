import { RejectionCode } from "@parley/protocol";
import type { Attempt } from "../attempt.ts";
import type { Refusal } from "../ruling.ts";
import type { Decision } from "./command-handler.ts";

export function isOwnAccountLog({ account, command }: Pick<Attempt, "account" | "command">): boolean {
  return command.log === account;
}

/** For commands that change nothing but the sender's own account log. */
export function requireOwnAccountLog(attempt: Attempt): Refusal | undefined {
  if (isOwnAccountLog(attempt)) return undefined;
  return { code: RejectionCode.NOT_ALLOWED, reason: "This command changes the sender's own account log and no other." };
}

/** Accepted without effect. */
export const noAccountEffect: Decision = {
  kind: "account-event",
  body: { case: "noEffect", value: { $typeName: "parley.v1.NoEffect" } },
};
