import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { ConversationSchema } from "@parley/protocol";
import type { ConversationRecord } from "../../log/records.ts";

type Entrances = Pick<ConversationRecord, "invites" | "joinRequests">;

/** An encoded Conversation that holds nothing else; null for none. A row that is written with every message should be short, and most groups have none. */
export function packedEntrances({ invites, joinRequests }: Entrances): Uint8Array | null {
  if (invites.length === 0 && joinRequests.length === 0) return null;
  return toBinary(
    ConversationSchema,
    create(ConversationSchema, { invites: [...invites], joinRequests: [...joinRequests] }),
  );
}

export function unpackedEntrances(packed: Uint8Array | null): Entrances {
  if (packed === null) return { invites: [], joinRequests: [] };
  const { invites, joinRequests } = fromBinary(ConversationSchema, packed);
  return { invites, joinRequests };
}
