import { addRange, clampMarks, mergeMarks, type Ranges } from "@parley/log";
import type { Page, Reset } from "@parley/protocol";
import type { StoredConversation } from "../ports/client-store.ts";
import { type Applied, nothingHeld, withSkips } from "./held-conversation.ts";

/** A fresh start: what was held before is stale until it is fetched again; only wishes of this device stay. */
export function applyReset(conversation: StoredConversation, reset: Reset): Applied {
  const { status, newest } = reset;
  const base = nothingHeld(conversation.id);
  const entryHead = Math.max(status?.entryHead ?? 0, newest?.entryHead ?? 0);
  return {
    conversation: {
      ...base,
      head: status?.head ?? base.head,
      entryHead,
      state: reset.state ?? conversation.state,
      ranges: runOf(newest),
      staleRanges: staleAfter(conversation),
      read: status?.read ?? base.read,
      wanted: clampMarks(mergeMarks(conversation.wanted, conversation.read), entryHead),
      others: reset.marks
        .filter((mark) => mark.conversation === "" || mark.conversation === conversation.id)
        .map(({ account, delivered, read }) => ({ account, marks: { delivered, read } })),
      skips: withSkips([], newest?.skips ?? []),
      newest: newest?.entries.at(-1),
    },
    entries: newest?.entries ?? [],
    fetch: [],
    recount: false,
  };
}

function staleAfter(conversation: StoredConversation): Ranges {
  return conversation.ranges.reduce(addRange, conversation.staleRanges);
}

function runOf(page: Page | undefined): Ranges {
  return page === undefined || page.fromOrdinal === 0 ? [] : [{ from: page.fromOrdinal, to: page.toOrdinal }];
}
