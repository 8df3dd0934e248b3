import type { Kysely } from "kysely";
import { prepared } from "../prepared.ts";
import type { Tables, VersionsTable } from "../tables.ts";

type Place = Pick<VersionsTable, "conversation" | "ordinal">;

export function versionStatements(db: Kysely<Tables>) {
  return {
    add: prepared((p: VersionsTable) =>
      db
        .insertInto("versions")
        .values({ conversation: p.conversation, ordinal: p.ordinal, seq: p.seq, at: p.at, content: p.content }),
    ),
    /** All but the newest `keep`. */
    forgetOld: prepared((p: Place & { keep: number }) =>
      db
        .deleteFrom("versions")
        .where("conversation", "=", p.conversation)
        .where("ordinal", "=", p.ordinal)
        .where("seq", "<=", (old) =>
          old
            .selectFrom("versions")
            .select("seq")
            .where("conversation", "=", p.conversation)
            .where("ordinal", "=", p.ordinal)
            .orderBy("seq", "desc")
            .limit(1)
            .offset(p.keep),
        ),
    ),
    forget: prepared((p: Place) =>
      db.deleteFrom("versions").where("conversation", "=", p.conversation).where("ordinal", "=", p.ordinal),
    ),
    forgetAll: prepared((_: Record<string, never>) => db.deleteFrom("versions")),
    before: prepared((p: Place & { before: number }) =>
      db
        .selectFrom("versions")
        .select(["seq", "at", "content"])
        .where("conversation", "=", p.conversation)
        .where("ordinal", "=", p.ordinal)
        .where("seq", "<", p.before)
        .orderBy("seq", "desc"),
    ),
  };
}
