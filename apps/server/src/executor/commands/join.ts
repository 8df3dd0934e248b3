import { create } from "@bufbuild/protobuf";
import { endOfInvite } from "@parley/log";
import {
  hashOfSecret,
  type Invite,
  isSameHash,
  type Join,
  JoinRequestedSchema,
  limits,
  MemberJoinedSchema,
  RejectionCode,
} from "@parley/protocol";
import type { Attempt } from "../attempt.ts";
import type { Refusal } from "../ruling.ts";
import { requireAccounts } from "./accounts.ts";
import { type CommandHandler, cannot, type Decision, happens, noEffect } from "./command-handler.ts";
import { membersFull } from "./membership.ts";

/** The secret is the right: whoever does not know it is told no more than a stranger. */
export const join: CommandHandler<Join> = {
  async authorise(attempt, { secret }) {
    const { account, command, ledger } = attempt;
    if ((await (await ledger.log(command.log))?.member(account))?.present === true) return undefined;
    if ((await findInvite(attempt, secret)) === undefined) return noSuchLink;
    return requireAccounts(ledger.transaction, [account]);
  },
  validate({ secret }) {
    if (secret.length === limits.inviteSecretBytes) return undefined;
    return { code: RejectionCode.INVALID, reason: `secret has ${limits.inviteSecretBytes} bytes.` };
  },
  async decide(attempt, { secret }) {
    const { account, command, ledger, receivedAt } = attempt;
    const log = await ledger.log(command.log);
    const present = (await log?.presentMembers()) ?? [];
    if (present.some((member) => member.account === account)) return noEffect;
    const invite = await findInvite(attempt, secret);
    if (invite === undefined) return cannot(noSuchLink);
    const requests = log?.record?.joinRequests ?? [];
    if (invite.needsApproval && requests.some((request) => request.account === account)) return noEffect;
    const end = endOfInvite(invite, receivedAt);
    if (end !== undefined) return cannot({ code: RejectionCode.INVITE_ENDED, reason: `The link is ${end}.` });
    if (present.length >= limits.membersPerGroup) return cannot(membersFull);
    if (invite.needsApproval) return ask(attempt, invite, requests.length);
    const value = create(MemberJoinedSchema, { invite: invite.id, inviter: invite.maker });
    return happens({ case: "memberJoined", value });
  },
};

async function ask({ account, ledger }: Attempt, invite: Invite, waiting: number): Promise<Decision> {
  if (waiting >= limits.joinRequestsPerGroup) {
    const reason = `At most ${limits.joinRequestsPerGroup} people can wait to be let in.`;
    return cannot({ code: RejectionCode.JOIN_REQUESTS_FULL, reason });
  }
  const { userName = "", displayName = "" } = (await ledger.transaction.profile(account)) ?? {};
  const value = create(JoinRequestedSchema, { invite: invite.id, inviter: invite.maker, userName, displayName });
  return happens({ case: "joinRequested", value });
}

const noSuchLink: Refusal = { code: RejectionCode.NOT_FOUND, reason: "There is no such group, or no such link." };

async function findInvite({ command, ledger }: Attempt, secret: Uint8Array): Promise<Invite | undefined> {
  const invites = (await ledger.log(command.log))?.record?.invites ?? [];
  if (invites.length === 0) return undefined;
  const hash = hashOfSecret(secret);
  return invites.find(({ secretHash }) => isSameHash(secretHash, hash));
}
