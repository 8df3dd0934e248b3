import { create } from "@bufbuild/protobuf";
import { type Reaction, ReactionSchema } from "@parley/protocol";
import type { ReactionsTable } from "../tables.ts";

export function reactionOf(row: ReactionsTable): Reaction {
  const accounts: unknown = JSON.parse(row.accounts);
  if (!Array.isArray(accounts)) throw new Error("A reaction row does not hold a list.");
  return create(ReactionSchema, { emoji: row.emoji, accounts: accounts.map(String) });
}

export interface ReactionChange {
  readonly removed: readonly Reaction[];
  readonly changed: readonly Reaction[];
  readonly added: readonly Reaction[];
}

/** What to do to the reaction rows of a message. Reactions that an event did not touch are the same objects before and after. */
export function reactionChange(before: readonly Reaction[], after: readonly Reaction[]): ReactionChange {
  const kept = new Set(after.map((reaction) => reaction.emoji));
  const former = new Map(before.map((reaction) => [reaction.emoji, reaction]));
  return {
    removed: before.filter((reaction) => !kept.has(reaction.emoji)),
    changed: after.filter(
      (reaction) => former.has(reaction.emoji) && !sameAccounts(former.get(reaction.emoji), reaction),
    ),
    added: after.filter((reaction) => !former.has(reaction.emoji)),
  };
}

function sameAccounts(one: Reaction | undefined, other: Reaction): boolean {
  if (one === other) return true;
  return (
    one?.accounts.length === other.accounts.length &&
    one.accounts.every((account, index) => account === other.accounts[index])
  );
}
