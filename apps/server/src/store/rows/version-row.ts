import { create } from "@bufbuild/protobuf";
import { binaryDecoder, binaryEncoder, ContentSchema, type Entry, type Version, VersionSchema } from "@parley/protocol";
import type { VersionsTable } from "../tables.ts";

const contentBytes = binaryEncoder(ContentSchema);
const contentOf = binaryDecoder(ContentSchema);

/** What a message says, as it is kept once it says something else; undefined for what has no content. */
export function versionRow(entry: Entry): VersionsTable | undefined {
  if (entry.body.case !== "message" || entry.body.value.state.case !== "content") return undefined;
  const { conversation, ordinal, contentRev: seq, receivedAt } = entry;
  const { editedAt, state } = entry.body.value;
  return { conversation, ordinal, seq, at: editedAt || receivedAt, content: contentBytes(state.value) };
}

export function versionOf({ seq, at, content }: Pick<VersionsTable, "seq" | "at" | "content">): Version {
  return create(VersionSchema, { seq, at, content: contentOf(content) });
}
