import { create } from "@bufbuild/protobuf";
import {
  ConversationKind,
  type Create,
  type Created,
  CreatedSchema,
  directConversationId,
  Encryption,
  HistoryPolicy,
  limits,
  notesConversationId,
  RejectionCode,
  threadConversationId,
  uuidVersion,
} from "@parley/protocol";
import type { Attempt } from "../attempt.ts";
import { isRequest } from "../message-requests.ts";
import type { Refusal } from "../ruling.ts";
import { requireAccounts, thoseToBring } from "./accounts.ts";
import { type CommandHandler, cannot, happens, noEffect } from "./command-handler.ts";
import { membersFull } from "./membership.ts";
import { personBlocked } from "./post.ts";
import { validateTitle } from "./set-title.ts";
import { ensureThread, requirePresence } from "./thread.ts";

/** Any account may begin a conversation. Where the id is derived, create means ensure. */
export const createConversation: CommandHandler<Create> = {
  async authorise(attempt, body) {
    const { account, ledger } = attempt;
    const unknown = await requireAccounts(ledger.transaction, [account]);
    if (unknown !== undefined || body.kind !== ConversationKind.THREAD) return unknown;
    return requirePresence(attempt, body.parent);
  },
  validate(body, attempt) {
    return (
      validateKind(body) ?? validateTitle(body.title) ?? validateMembers(body, attempt) ?? validateId(body, attempt)
    );
  },
  async decide(attempt, body) {
    if (body.kind === ConversationKind.THREAD) return ensureThread(attempt, body);
    const { account, command, ledger } = attempt;
    const taken = (await ledger.log(command.log)) ?? (await ledger.transaction.profile(command.log));
    if (taken !== undefined) {
      if (body.kind !== ConversationKind.GROUP) return noEffect;
      return cannot({ code: RejectionCode.ID_TAKEN, reason: "There is a conversation of this id." });
    }
    const created = creation(account, body);
    const unknown = await requireAccounts(ledger.transaction, created.members);
    if (unknown !== undefined) return cannot(unknown);
    const { transaction } = ledger;
    if (body.kind === ConversationKind.GROUP) {
      created.members = [...(await thoseToBring(attempt, created.members))];
    } else if ((await transaction.blockedPerson(account, body.members[0] ?? "")) !== undefined) {
      return cannot(personBlocked);
    }
    created.request = await isRequest(attempt, body);
    ledger.begin(command.log);
    return happens({ case: "created", value: created });
  },
};

function creation(account: string, { kind, encryption, history, title, members }: Create): Created {
  const everybody = [...new Set([account, ...members])];
  // Where nobody can join later, there is no policy to choose.
  const policy = kind === ConversationKind.GROUP ? history : HistoryPolicy.ALL;
  return create(CreatedSchema, { kind, encryption, history: policy, title, members: everybody });
}

function validateKind({ kind, encryption, history, title, parent, root }: Create): Refusal | undefined {
  if (encryption === Encryption.MLS) return unsupported("This server does not keep encrypted conversations.");
  if (encryption !== Encryption.NONE) return invalid("encryption is missing.");
  if (kind === ConversationKind.THREAD && uuidVersion(root) === undefined) return invalid("root is not an id.");
  if (kind !== ConversationKind.THREAD && (parent !== "" || root !== "")) return invalid("Only threads have a parent.");
  if (kind === ConversationKind.GROUP) {
    const known = history === HistoryPolicy.ALL || history === HistoryPolicy.SINCE_JOINED;
    return known ? undefined : invalid("history is missing.");
  }
  const known = kind === ConversationKind.DIRECT || kind === ConversationKind.NOTES || kind === ConversationKind.THREAD;
  if (!known) return invalid("kind is missing.");
  return title === "" ? undefined : invalid("Only groups have a title.");
}

function validateMembers({ kind, members }: Create, { account }: Attempt): Refusal | undefined {
  switch (kind) {
    case ConversationKind.DIRECT: {
      const alone = members.length !== 1 || members[0] === account;
      return alone ? invalid("A direct conversation has exactly one other member.") : undefined;
    }
    case ConversationKind.THREAD:
      return members.length === 0 ? undefined : invalid("Who may read a thread is inherited.");
    case ConversationKind.NOTES:
      return members.length === 0 ? undefined : invalid("Notes have no other members.");
    default: {
      if (members.length < limits.membersPerGroup) return undefined;
      return membersFull;
    }
  }
}

function validateId(body: Create, { account, command }: Attempt): Refusal | undefined {
  if (body.kind === ConversationKind.GROUP) {
    return uuidVersion(command.log) === 7 ? undefined : invalid("The id of a group is not a UUIDv7.");
  }
  return derivedId(body, account) === command.log ? undefined : invalid("The id is not the one derived.");
}

function derivedId({ kind, encryption, members: [other = ""], parent, root }: Create, account: string): string {
  switch (kind) {
    case ConversationKind.DIRECT:
      return directConversationId(account, other, encryption);
    case ConversationKind.THREAD:
      return threadConversationId(parent, root);
    default:
      return notesConversationId(account);
  }
}

function invalid(reason: string): Refusal {
  return { code: RejectionCode.INVALID, reason };
}

function unsupported(reason: string): Refusal {
  return { code: RejectionCode.NOT_SUPPORTED, reason };
}
