/** One rule taken out of the product, by wiring alone. The simulator must notice each of them. */
export const mutants = [
  "dedupe off",
  "link ignored",
  "verdict of a rejection forgotten",
  "gap fill off",
  "page joined without re-applying events",
  "reset leaving old ranges fresh",
  "visibility ignored",
  "authorisation from cache only",
  "authorisation before the id",
  "follower cursor lost",
  "acknowledgement before sync",
  "mark unclamped",
  "unread incremented",
  "stale owner allowed to write",
  "incarnation ignored",
  "drafts not joined",
  "draft left by its post",
  "remains forgotten",
  "room made out of the outbox",
  "hand-offs kept nowhere",
  "flush leaving no mark",
  "content sent to a late joiner",
  "parting forgotten by rooms",
  "erasure forgotten by tallies",
] as const;

export type Mutant = (typeof mutants)[number];
