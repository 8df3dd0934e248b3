import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { ConversationSchema } from "@parley/protocol";
import type { ConversationRecord } from "../../log/records.ts";

type Entrances = Pick<ConversationRecord, "invites">;

/** An encoded Conversation that holds nothing else; null for none. A row that is written with every message should be short, and most groups have none. */
export function packedEntrances({ invites }: Entrances): Uint8Array | null {
  if (invites.length === 0) return null;
  return toBinary(ConversationSchema, create(ConversationSchema, { invites: [...invites] }));
}

export function unpackedEntrances(packed: Uint8Array | null): Entrances {
  return { invites: packed === null ? [] : fromBinary(ConversationSchema, packed).invites };
}
