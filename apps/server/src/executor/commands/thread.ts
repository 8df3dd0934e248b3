import { create } from "@bufbuild/protobuf";
import {
  ConversationKind,
  type Create,
  CreatedSchema,
  type Event,
  FollowedSchema,
  HistoryPolicy,
  RejectionCode,
} from "@parley/protocol";
import type { Attempt } from "../attempt.ts";
import { isWaiting, requestWaits } from "../message-requests.ts";
import type { OpenLog } from "../open-log.ts";
import type { Refusal } from "../ruling.ts";
import { cannot, type Decision, happens, noEffect } from "./command-handler.ts";
import { findMessageIn, isDeleted, sightIn, targetDeleted, targetNotFound } from "./target.ts";

/** Threads are begun, followed and read by who is a member of the parent. Whoever never was is not told that it exists. */
export async function requirePresence({ account, ledger }: Attempt, parent: string): Promise<Refusal | undefined> {
  const member = await (await ledger.log(parent))?.member(account);
  if (member === undefined) return { code: RejectionCode.NOT_FOUND, reason: "There is no such conversation." };
  if (!member.present) return { code: RejectionCode.NOT_MEMBER, reason: "The sender is no longer a member." };
  return undefined;
}

/** Begins a thread, or has the sender follow it where it exists. */
export async function ensureThread(attempt: Attempt, body: Create): Promise<Decision> {
  const { account, command, ledger } = attempt;
  const log = await ledger.log(command.log);
  if (log !== undefined) return follow(attempt, log);
  const parent = await ledger.log(body.parent);
  if (parent?.record?.kind === ConversationKind.THREAD) {
    return cannot({ code: RejectionCode.INVALID, reason: "Messages of a thread have no threads." });
  }
  if (await isWaiting(attempt, parent?.record)) return cannot(requestWaits);
  const root = await findMessageIn(attempt, body.parent, body.root);
  if (root === undefined) return cannot(targetNotFound);
  if (isDeleted(root)) return cannot(targetDeleted);
  const author = await parent?.member(root.author);
  const members = author?.present === true ? [...new Set([account, author.account])] : [account];
  ledger.begin(command.log);
  const { kind, encryption } = body;
  const begun = { kind, encryption, history: HistoryPolicy.ALL, members, parent: body.parent, root: body.root };
  return happens({ case: "created", value: create(CreatedSchema, begun) });
}

/** Without effect where the sender follows it already. */
export async function follow({ account, ledger }: Attempt, log: OpenLog): Promise<Decision> {
  if ((await log.member(account))?.present === true) return noEffect;
  return happens(await followed(ledger, log, account));
}

/** A member of the parent follows a thread, with what it may see of it. */
export async function followed(ledger: Attempt["ledger"], log: OpenLog, account: string): Promise<Event["body"]> {
  const intervals = await sightIn(ledger, log, account);
  if (intervals === undefined) throw new Error("Only members of the parent follow a thread.");
  return { case: "followed", value: create(FollowedSchema, { intervals: [...intervals] }) };
}
