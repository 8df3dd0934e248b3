import { create } from "@bufbuild/protobuf";
import { asksToJoin } from "@parley/log";
import { type CancelJoin, JoinRequestEndedSchema, RejectionCode } from "@parley/protocol";
import { type CommandHandler, happens, noEffect } from "./command-handler.ts";

/** Whoever neither asks nor is a member is not told that there is such a group. */
export const cancelJoin: CommandHandler<CancelJoin> = {
  async authorise({ account, command, ledger }) {
    const log = await ledger.log(command.log);
    if (log?.record !== undefined && asksToJoin(log.record, account)) return undefined;
    if ((await log?.member(account))?.present === true) return undefined;
    return { code: RejectionCode.NOT_FOUND, reason: "There is no such group, or nothing was asked of it." };
  },
  validate: () => undefined,
  async decide({ account, command, ledger }) {
    const record = (await ledger.log(command.log))?.record;
    if (record === undefined || !asksToJoin(record, account)) return noEffect;
    return happens({ case: "joinRequestEnded", value: create(JoinRequestEndedSchema, { account }) });
  },
};
