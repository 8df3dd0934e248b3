import { isRequestedOf, noPreferences, type Preferences, waitsFor } from "@parley/log";
import { type Conversation, RequestAnswer } from "@parley/protocol";
import type { RequestState } from "../api/conversation-list-view.ts";
import type { StoredConversation, StoredMeta } from "../ports/client-store.ts";
import type { Pending } from "./pending.ts";

interface RequestBasis {
  readonly viewer: string;
  readonly conversation: Pick<StoredConversation, "others">;
  readonly state: Conversation;
  readonly requestAnswer: RequestAnswer;
  /** One's own messages that the log does not hold: the first of them that is not rejected accepts it. */
  readonly posts: readonly Pending[];
}

/** Where a message request stands for one of its two; undefined if it is none any more. */
export function requestState(basis: RequestBasis): RequestState | undefined {
  const { viewer, conversation, state, requestAnswer, posts } = basis;
  if (!state.request) return undefined;
  // Of who has not accepted nobody is told that anything was delivered.
  if (!isRequestedOf(state, viewer)) return conversation.others.some(isReached) ? undefined : "sent";
  const answers = posts.some(({ entry }) => entry.state.kind !== "rejected");
  if (answers || requestAnswer === RequestAnswer.ACCEPTED) return undefined;
  return requestAnswer === RequestAnswer.DECLINED ? "declined" : "open";
}

function isReached({ marks }: StoredConversation["others"][number]): boolean {
  return marks.delivered > 0 || marks.read > 0;
}

/** Whether nobody is to be told what one has read of a conversation, as far as the account's log says. */
export function keepsMarks(
  { id, state }: StoredConversation,
  viewer: string,
  stored: StoredMeta["preferences"],
): boolean {
  if (state === undefined || !isRequestedOf(state, viewer)) return false;
  const preferences: Preferences = stored?.find(({ conversation }) => conversation === id) ?? noPreferences;
  return waitsFor(state, viewer, preferences);
}
