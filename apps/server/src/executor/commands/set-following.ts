import { create } from "@bufbuild/protobuf";
import { ConversationKind, type SetFollowing, UnfollowedSchema } from "@parley/protocol";
import type { Attempt } from "../attempt.ts";
import type { Refusal } from "../ruling.ts";
import { type CommandHandler, happens, noEffect } from "./command-handler.ts";
import { notAllowed, requireMember } from "./membership.ts";
import { follow, requirePresence } from "./thread.ts";

/** Whether the sender is among those who follow a thread. */
export const setFollowing: CommandHandler<SetFollowing> = {
  authorise: requireThread,
  validate: () => undefined,
  async decide(attempt, { following }) {
    const { account, command, ledger } = attempt;
    const log = await ledger.log(command.log);
    if (log?.record === undefined) throw new Error("The sender was not authorised.");
    if (following) return follow(attempt, log);
    if ((await log.member(account))?.present !== true) return noEffect;
    return happens({ case: "unfollowed", value: create(UnfollowedSchema) });
  },
};

async function requireThread(attempt: Attempt): Promise<Refusal | undefined> {
  const record = (await attempt.ledger.log(attempt.command.log))?.record;
  if (record?.kind === ConversationKind.THREAD) return requirePresence(attempt, record.parent);
  return (await requireMember(attempt)) ?? notAllowed("Only threads are followed.");
}
