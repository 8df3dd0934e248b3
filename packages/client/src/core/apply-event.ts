import { create } from "@bufbuild/protobuf";
import { addRange, applyToConversation, applyToEntry, conversationOf, entryOf } from "@parley/log";
import { type Entry, type Event, HeadSchema } from "@parley/protocol";
import type { StoredConversation } from "../ports/client-store.ts";
import { type Applied, newestAfter } from "./held-conversation.ts";

/**
 * Applies the event after the head.
 *
 * @param target the row that the event changes, if it is held as of the head
 */
export function applyEvent(conversation: StoredConversation, event: Event, target: Entry | undefined): Applied {
  const made = entryOf(event);
  const changed = target === undefined ? undefined : applyToEntry(target, event);
  const entries = [made, changed === target ? undefined : changed].filter((entry) => entry !== undefined);
  return {
    conversation: {
      ...conversation,
      head: create(HeadSchema, { conversation: conversation.id, seq: event.seq, tag: event.tag }),
      entryHead: Math.max(conversation.entryHead, event.ordinal),
      ranges:
        made === undefined
          ? conversation.ranges
          : addRange(conversation.ranges, { from: made.ordinal, to: made.ordinal }),
      state: conversation.state === undefined ? conversationOf(event) : applyToConversation(conversation.state, event),
      newest: newestAfter(conversation.newest, entries),
    },
    entries,
    fetch: entries.filter((entry) => lacksContent(event, entry)).map((entry) => entry.id),
    recount: target === undefined && changesCount(event),
  };
}

/**
 * Whether the event, of a message that is not held, can change how many are unread or mention somebody. An edit that says nothing of whom it mentions can
 * bring one into sight that was written out of it.
 */
function changesCount({ body }: Event): boolean {
  return body.case === "erased" || body.case === "edited";
}

function lacksContent(event: Event, entry: Entry): boolean {
  if (event.body.case !== "posted" && event.body.case !== "edited") return false;
  return event.body.value.content === undefined && entry.rev === event.seq;
}
