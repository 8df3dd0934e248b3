import type { MessageInitShape } from "@bufbuild/protobuf";
import { type HelloSchema, limits } from "@parley/protocol";
import type { StoredConversation } from "../ports/client-store.ts";

type Heads = NonNullable<MessageInitShape<typeof HelloSchema>["heads"]>;

/** The heads that Hello names. The conversation that was opened last comes first, because the server brings what is named first up to date first. */
export function headsToName(conversations: readonly StoredConversation[]): Heads {
  return conversations
    .filter(({ head }) => head.seq > 0)
    .toSorted((one, other) => other.openedAt - one.openedAt)
    .slice(0, limits.headsPerHello)
    .map(({ head: { conversation, seq, tag } }) => ({ conversation, seq, tag }));
}
