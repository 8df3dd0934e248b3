/**
 * Who somebody is to a group when they try something. A further standing is a further column: every row must say what comes of it.
 *
 * `former`: was a member, and was removed.
 */
export const standings = ["anonymous", "stranger", "former", "member", "admin", "owner"] as const;

export type Standing = (typeof standings)[number];

/** What comes of it for each of them, in the order of `standings`. */
export type Row<Outcome> = readonly [
  anonymous: Outcome,
  stranger: Outcome,
  former: Outcome,
  member: Outcome,
  admin: Outcome,
  owner: Outcome,
];

export type SignedIn = Exclude<Standing, "anonymous">;
