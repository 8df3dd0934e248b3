import { create } from "@bufbuild/protobuf";
import { type AnswerJoin, JoinRequestEndedSchema, limits, MemberLetInSchema, RejectionCode } from "@parley/protocol";
import { type CommandHandler, cannot, happens, noEffect } from "./command-handler.ts";
import { membersFull, placeOf, requireRight } from "./membership.ts";

export const answerJoin: CommandHandler<AnswerJoin> = {
  authorise: (attempt) => requireRight(attempt, "inviteByLink"),
  validate: ({ account }) =>
    account === "" ? { code: RejectionCode.INVALID, reason: "account is missing." } : undefined,
  async decide(attempt, { account, accept }) {
    const { log, record } = await placeOf(attempt);
    const request = record.joinRequests.find((one) => one.account === account);
    if (request === undefined) return noEffect;
    if (!accept) return happens({ case: "joinRequestEnded", value: create(JoinRequestEndedSchema, { account }) });
    if ((await log.presentMembers()).length >= limits.membersPerGroup) return cannot(membersFull);
    const { inviter } = request;
    return happens({ case: "memberLetIn", value: create(MemberLetInSchema, { account, inviter }) });
  },
};
