import { create } from "@bufbuild/protobuf";
import { asSeenBy, isMention, memberOf } from "@parley/log";
import { type Entry, limits, type MentionPlace, MentionsRequestSchema } from "@parley/protocol";
import type { LogReader } from "@parley/server/parts";
import type { Ledger } from "./ledger.ts";
import type { Violation } from "./violation.ts";

/** What the server lists of mentions, page after page, is what the rows of all conversations say that the viewer may see. */
export async function checkMentions(ledger: Ledger, viewer: string, reader: LogReader): Promise<Violation[]> {
  const listed: Entry[] = [];
  let after: MentionPlace | undefined;
  do {
    const request = create(MentionsRequestSchema, {
      limit: limits.mentionsPerPage,
      ...(after !== undefined && { after }),
    });
    const page = await reader.mentions(viewer, request);
    listed.push(...(page?.entries ?? []));
    after = page?.next;
  } while (after !== undefined);
  const expected = [...ledger.logs.keys()].flatMap((conversation) => mentionsIn(ledger, conversation, viewer));
  expected.sort(
    (one, other) => other.receivedAt - one.receivedAt || compare(one, other) || other.ordinal - one.ordinal,
  );
  const [given, wanted] = [listed, expected].map((entries) => entries.map(({ id, rev }) => `${id} ${rev}`).join());
  if (given === wanted) return [];
  return [{ rule: "MEN4", detail: `${viewer} is told ${listed.length} mentions [${given}], not [${wanted}]` }];
}

function mentionsIn(ledger: Ledger, conversation: string, viewer: string): Entry[] {
  const history = ledger.log(conversation);
  // Threads that one never followed are not among one's conversations.
  const member = history.state && memberOf(history.state, viewer);
  if (member === undefined) return [];
  // Of one that it follows no more, what it saw then.
  const { intervals } = member;
  const mentions: Entry[] = [];
  for (let ordinal = 1; ordinal <= history.entryHead; ordinal++) {
    const now = history.historyAt(ordinal)?.at(-1);
    const entry = now && asSeenBy(intervals, now);
    if (entry !== undefined && isMention(entry, viewer)) mentions.push(entry);
  }
  return mentions;
}

function compare(one: Entry, other: Entry): number {
  if (one.conversation === other.conversation) return 0;
  return one.conversation < other.conversation ? -1 : 1;
}
