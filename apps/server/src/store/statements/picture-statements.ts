import type { Kysely } from "kysely";
import { prepared } from "../prepared.ts";
import type { PicturesTable, Tables } from "../tables.ts";

export function pictureStatements(db: Kysely<Tables>) {
  return {
    find: prepared((p: { conversation: string }) =>
      db.selectFrom("pictures").select("bytes").where("conversation", "=", p.conversation),
    ),
    put: prepared((p: PicturesTable) =>
      db
        .insertInto("pictures")
        .values({ conversation: p.conversation, bytes: p.bytes })
        .onConflict((conflict) => conflict.column("conversation").doUpdateSet({ bytes: p.bytes })),
    ),
    forget: prepared((p: { conversation: string }) =>
      db.deleteFrom("pictures").where("conversation", "=", p.conversation),
    ),
  };
}
