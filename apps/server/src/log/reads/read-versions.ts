import { create } from "@bufbuild/protobuf";
import { isVisible } from "@parley/log";
import {
  limits,
  type Version,
  type VersionsRequest,
  type VersionsResponse,
  VersionsResponseSchema,
} from "@parley/protocol";
import type { LogSnapshot } from "../log-snapshot.ts";
import type { Membership } from "../records.ts";
import type { Sight } from "../sight.ts";

/** An answer ends early rather than outgrow a frame. */
const ANSWER_CHARACTERS = 128 * 1024;

const LAST_SEQ = 0xffff_ffff;

/** What a message said before, as far as this viewer may see it; undefined if the message is none that it sees. What is out of sight does not count. */
export async function readVersions(
  snapshot: LogSnapshot,
  { asSeenBy, viewpointOf }: Sight,
  membership: Membership,
  { message, before, limit }: VersionsRequest,
): Promise<VersionsResponse | undefined> {
  const { conversation, intervals } = viewpointOf(membership);
  const found = await snapshot.entry(conversation, message);
  const entry = found && asSeenBy(intervals, found.entry);
  if (entry?.body.case !== "message") return undefined;
  const kept = await snapshot.versions(conversation, entry.ordinal, before || LAST_SEQ);
  const visible = kept.filter(({ seq }) => isVisible(intervals, seq));
  const versions = withinBudget(visible, Math.min(Math.max(limit, 1), limits.versionsPerPage));
  return create(VersionsResponseSchema, { versions, more: versions.length < visible.length });
}

/** At least one, where there is one. */
function withinBudget(versions: readonly Version[], count: number): Version[] {
  const taken: Version[] = [];
  let left = ANSWER_CHARACTERS;
  for (const version of versions.slice(0, count)) {
    left -= version.content?.form.case === "plain" ? version.content.form.value.text.length : 0;
    if (left < 0 && taken.length > 0) break;
    taken.push(version);
  }
  return taken;
}
