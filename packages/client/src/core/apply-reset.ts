import { addRange, clampMarks, mergeMarks, type Ranges, removeRange } from "@parley/log";
import type { Page, Reset } from "@parley/protocol";
import type { StoredConversation } from "../ports/client-store.ts";
import { type Applied, nothingHeld, withSkips } from "./held-conversation.ts";
import { noteOthersMarks } from "./read-marks.ts";

/** A fresh start: what was held before is stale until it is fetched again; only wishes of this device stay. */
export function applyReset(conversation: StoredConversation, reset: Reset): Applied {
  const { status, newest } = reset;
  const base = nothingHeld(conversation.id);
  const entryHead = Math.max(status?.entryHead ?? 0, newest?.entryHead ?? 0);
  const ranges = runOf(newest);
  return {
    conversation: {
      ...base,
      head: status?.head ?? base.head,
      entryHead,
      state: reset.state ?? conversation.state,
      ranges,
      staleRanges: staleAfter(conversation, ranges, entryHead),
      read: status?.read ?? base.read,
      wanted: clampMarks(mergeMarks(conversation.wanted, conversation.read), entryHead),
      others: othersAfter(conversation, reset, entryHead),
      byAll: clampMarks(conversation.byAll, entryHead),
      skips: withSkips([], newest?.skips ?? []),
      newest: newest?.entries.at(-1),
      openedAt: conversation.openedAt,
    },
    entries: newest?.entries ?? [],
    fetch: [],
    recount: false,
  };
}

/** Marks never go back, whichever snapshot tells them; but none reaches beyond the history that is there now. */
function othersAfter(conversation: StoredConversation, reset: Reset, entryHead: number): StoredConversation["others"] {
  return reset.marks
    .reduce((known, mark) => noteOthersMarks(known, mark.account, mark), conversation)
    .others.map(({ account, marks }) => ({ account, marks: clampMarks(marks, entryHead) }));
}

/** What was held and may still be there, as far as the history reaches now. */
function staleAfter(conversation: StoredConversation, fresh: Ranges, entryHead: number): Ranges {
  const held = conversation.ranges.reduce(addRange, conversation.staleRanges);
  const end = Math.max(entryHead, held.at(-1)?.to ?? 0);
  return [...fresh, { from: entryHead + 1, to: end }].reduce(removeRange, held);
}

function runOf(page: Page | undefined): Ranges {
  return page === undefined || page.fromOrdinal === 0 ? [] : [{ from: page.fromOrdinal, to: page.toOrdinal }];
}
