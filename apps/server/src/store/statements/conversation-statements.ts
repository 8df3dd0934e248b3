import { ConversationKind } from "@parley/protocol";
import { type Kysely, sql } from "kysely";
import { prepared } from "../prepared.ts";
import { MOVE_LENGTH, MOVES_LENGTH } from "../rows/mark-moves-row.ts";
import type { ConversationsTable, MembersTable, Tables } from "../tables.ts";
import { textOfJoin } from "./text-of-join.ts";

const membershipColumns = [
  "conversations.id",
  "conversations.kind",
  "conversations.encryption",
  "conversations.history",
  "conversations.title",
  "conversations.description",
  "conversations.rev",
  "conversations.created_by",
  "conversations.created_at",
  "conversations.head",
  "conversations.entry_head",
  "conversations.tag",
  "conversations.active_at",
  "conversations.parent",
  "conversations.root",
  "conversations.pinned_messages",
  "conversations.entrances",
  "conversations.timer_seconds",
  "conversations.timed_up_to",
  "conversations.request",
  "conversations.picture",
  "members.account",
  "members.role",
  "members.present",
  "members.rev as member_rev",
  "members.intervals",
  "members.parted_tag",
  "members.parted_at",
  "members.parted_state",
  "members.blocked_after",
  "marks.delivered",
  "marks.read",
  "marks.shown",
] as const;

type Position = Pick<ConversationsTable, "id" | "head" | "entry_head" | "tag" | "active_at" | "timed_up_to">;

export function conversationStatements(db: Kysely<Tables>) {
  return {
    find: prepared((p: { id: string }) => db.selectFrom("conversations").selectAll().where("id", "=", p.id)),
    room: prepared((p: { id: string }) =>
      db
        .selectFrom("conversations")
        .select(["head", "entry_head", "tag", "active_at", "request", "created_by"])
        .where("id", "=", p.id),
    ),
    putPosition: prepared((p: Position) =>
      db
        .updateTable("conversations")
        .set({
          head: p.head,
          entry_head: p.entry_head,
          tag: p.tag,
          active_at: p.active_at,
          timed_up_to: p.timed_up_to,
        })
        .where("id", "=", p.id),
    ),
    add: prepared((p: ConversationsTable) => db.insertInto("conversations").values(columns(p))),
    put: prepared((p: ConversationsTable) =>
      db
        .updateTable("conversations")
        .set({
          title: p.title,
          description: p.description,
          rev: p.rev,
          head: p.head,
          entry_head: p.entry_head,
          tag: p.tag,
          active_at: p.active_at,
          pinned_messages: p.pinned_messages,
          entrances: p.entrances,
          timer_seconds: p.timer_seconds,
          timed_up_to: p.timed_up_to,
          request: p.request,
          picture: p.picture,
        })
        .where("id", "=", p.id),
    ),
  };
}

export function memberStatements(db: Kysely<Tables>) {
  return {
    find: prepared((p: { conversation: string; account: string }) =>
      db.selectFrom("members").selectAll().where("conversation", "=", p.conversation).where("account", "=", p.account),
    ),
    all: prepared((p: { conversation: string }) =>
      db.selectFrom("members").selectAll().where("conversation", "=", p.conversation).orderBy("account"),
    ),
    present: prepared((p: { conversation: string }) =>
      db
        .selectFrom("members")
        .select("account")
        .where("conversation", "=", p.conversation)
        .where("present", "=", 1)
        .orderBy("account"),
    ),
    /** A group in which two accounts are both present. */
    sharedGroup: prepared((p: { account: string; other: string }) =>
      db
        .selectFrom("members")
        .innerJoin("members as others", "others.conversation", "members.conversation")
        .innerJoin("conversations", "conversations.id", "members.conversation")
        .select("members.conversation")
        .where("members.account", "=", textOfJoin(p.account))
        .where("members.present", "=", sql.lit(1))
        .where("others.account", "=", textOfJoin(p.other))
        .where("others.present", "=", sql.lit(1))
        .where("conversations.kind", "=", sql.lit(ConversationKind.GROUP))
        .limit(1),
    ),
    attended: prepared((p: { account: string }) =>
      db
        .selectFrom("members")
        .select(["conversation", "present"])
        .where("account", "=", p.account)
        .orderBy("conversation"),
    ),
    /** One that an account has parted from and is told of: no thread. */
    former: prepared((p: { account: string }) =>
      db
        .selectFrom("members")
        .innerJoin("conversations", "conversations.id", "members.conversation")
        .select("members.conversation")
        .where("members.account", "=", textOfJoin(p.account))
        .where("members.present", "=", sql.lit(0))
        .where("conversations.parent", "=", sql.lit(""))
        .limit(1),
    ),
    following: prepared((p: { account: string; parent: string; limit: number }) =>
      db
        .selectFrom("members")
        .innerJoin("conversations", "conversations.id", "members.conversation")
        .select("members.conversation")
        .where("members.account", "=", textOfJoin(p.account))
        .where("members.present", "=", sql.lit(1))
        .where("conversations.parent", "=", textOfJoin(p.parent))
        .orderBy("members.conversation")
        .limit(p.limit),
    ),
    inRoom: prepared((p: { conversation: string }) =>
      db
        .selectFrom("members")
        .select(["account", "present", "intervals"])
        .where("conversation", "=", p.conversation)
        .orderBy("account"),
    ),
    put: prepared((p: MembersTable) =>
      db
        .insertInto("members")
        .values({
          conversation: p.conversation,
          account: p.account,
          blocked_after: p.blocked_after,
          ...memberState(p),
        })
        .onConflict((conflict) => conflict.columns(["conversation", "account"]).doUpdateSet(memberState(p))),
    ),
  };
}

/** A member, its conversation and its marks in one row. */
export function membershipStatements(db: Kysely<Tables>) {
  const placed = db
    .selectFrom("members")
    .innerJoin("conversations", "conversations.id", "members.conversation")
    .leftJoin("marks", (join) =>
      join.onRef("marks.conversation", "=", "members.conversation").onRef("marks.account", "=", "members.account"),
    )
    .select(membershipColumns);
  return {
    find: prepared((p: { account: string; conversation: string }) =>
      placed
        .where("members.account", "=", textOfJoin(p.account))
        .where("members.conversation", "=", textOfJoin(p.conversation)),
    ),
    all: prepared((p: { account: string }) =>
      placed
        .where("members.account", "=", textOfJoin(p.account))
        .orderBy(
          (order) =>
            order
              .case()
              .when("members.present", "=", sql.lit(1))
              .then(order.ref("conversations.active_at"))
              .else(order.ref("members.parted_at"))
              .end(),
          "desc",
        )
        .orderBy("conversations.id"),
    ),
  };
}

export function markStatements(db: Kysely<Tables>) {
  return {
    // Without the members: a join is prepared anew for each room.
    inRoom: prepared((p: { conversation: string }) =>
      db
        .selectFrom("marks")
        .select(["account", "delivered", "read", "shown"])
        .where("conversation", "=", p.conversation),
    ),
    all: prepared((p: { conversation: string }) =>
      db
        .selectFrom("marks")
        .innerJoin("members", (join) =>
          join.onRef("members.conversation", "=", "marks.conversation").onRef("members.account", "=", "marks.account"),
        )
        .select(["marks.account", "marks.delivered", "marks.shown"])
        .where("marks.conversation", "=", textOfJoin(p.conversation))
        .where("members.present", "=", sql.lit(1))
        .orderBy("marks.account"),
    ),
    moves: prepared((p: { conversation: string }) =>
      db.selectFrom("mark_moves").select(["account", "moves"]).where("conversation", "=", p.conversation),
    ),
    // Drops the oldest one where there are as many as are kept.
    addMove: prepared((p: { conversation: string; account: string; first: string; move: string }) =>
      db
        .insertInto("mark_moves")
        .values({ conversation: p.conversation, account: p.account, moves: p.first })
        .onConflict((conflict) =>
          conflict.columns(["conversation", "account"]).doUpdateSet({
            moves: sql`substr(mark_moves.moves, case when length(mark_moves.moves) < ${sql.lit(MOVES_LENGTH)} then 1 else ${sql.lit(MOVE_LENGTH + 1)} end) || ${p.move}`,
          }),
        ),
    ),
    put: prepared((p: { conversation: string; account: string; delivered: number; read: number; shown: number }) =>
      db
        .insertInto("marks")
        .values({
          conversation: p.conversation,
          account: p.account,
          delivered: p.delivered,
          read: p.read,
          shown: p.shown,
        })
        .onConflict((conflict) =>
          conflict
            .columns(["conversation", "account"])
            .doUpdateSet({ delivered: p.delivered, read: p.read, shown: p.shown }),
        ),
    ),
  };
}

function columns(p: ConversationsTable): ConversationsTable {
  return {
    id: p.id,
    kind: p.kind,
    encryption: p.encryption,
    history: p.history,
    title: p.title,
    description: p.description,
    rev: p.rev,
    created_by: p.created_by,
    created_at: p.created_at,
    head: p.head,
    entry_head: p.entry_head,
    tag: p.tag,
    active_at: p.active_at,
    parent: p.parent,
    root: p.root,
    pinned_messages: p.pinned_messages,
    entrances: p.entrances,
    timer_seconds: p.timer_seconds,
    timed_up_to: p.timed_up_to,
    request: p.request,
    picture: p.picture,
  };
}

/** Whom it blocks is changed by its account's log alone. */
function memberState(p: MembersTable): Omit<MembersTable, "conversation" | "account" | "blocked_after"> {
  return {
    role: p.role,
    present: p.present,
    rev: p.rev,
    intervals: p.intervals,
    parted_tag: p.parted_tag,
    parted_at: p.parted_at,
    parted_state: p.parted_state,
  };
}
