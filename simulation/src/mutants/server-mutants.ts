import {
  type Collaborators,
  checkAuthority,
  checkId,
  checkLink,
  checks,
  type LogTransaction,
  type Sight,
  sight,
  type Transactor,
} from "@parley/server/parts";
import type { Syncing } from "../node/storage.ts";
import type { Mutant } from "./mutant.ts";
import { overriding } from "./overriding.ts";

/** The writer's parts in which a mutant differs from the product. */
export function mutatedCollaborators(mutant: Mutant | undefined): Partial<Collaborators> {
  switch (mutant) {
    case "dedupe off":
      return { checks: checks.filter((check) => check !== checkId) };
    case "link ignored":
      return { checks: checks.filter((check) => check !== checkLink) };
    case "authorisation before the id":
      return { checks: [checkAuthority, ...checks] };
    case "verdict of a rejection forgotten":
      return { recordRejection: async () => undefined };
    case "follower cursor lost":
      // It believes to be done with what will happen next.
      return {
        keepCursor: (transaction, conversation, follower, done) =>
          transaction.putCursor(conversation, follower, done + 1),
      };
    case "mark unclamped":
      return { clampMarks: (marks) => marks };
    case "content sent to a late joiner":
      return { carriesEdit: () => true };
    default:
      return {};
  }
}

export function mutatedSight(mutant: Mutant | undefined): Sight {
  if (mutant !== "visibility ignored") return sight;
  const everything = [{ $typeName: "parley.v1.Interval" as const, from: 1, to: 0, fromOrdinal: 1, toOrdinal: 0 }];
  return {
    viewpointOf: (membership) => ({ ...sight.viewpointOf(membership), intervals: everything }),
    asSeenBy: (_, entry) => entry,
  };
}

export function mutatedTransactor(mutant: Mutant | undefined, transactor: Transactor): Transactor {
  if (mutant !== "authorisation from cache only") return transactor;
  const cache = new Map<string, ReturnType<LogTransaction["member"]>>();
  return {
    write: (work) =>
      transactor.write((transaction) =>
        work(
          overriding<LogTransaction>(transaction, {
            member: async (conversation, account) => {
              const key = `${conversation} ${account}`;
              const known = await cache.get(key);
              if (known?.present === true) return known;
              const member = transaction.member(conversation, account);
              cache.set(key, member);
              return member;
            },
          }),
        ),
      ),
    close: () => transactor.close(),
  };
}

export function mutatedSyncing(mutant: Mutant | undefined): Syncing {
  return mutant === "acknowledgement before sync" ? "lazy" : "at commit";
}
