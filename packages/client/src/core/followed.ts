import { type Intervals, memberOf } from "@parley/log";
import { type Conversation, ConversationKind } from "@parley/protocol";

/** Whether the viewer is a member now; of a thread: whether it follows it. */
export function isPresent(state: Conversation | undefined, viewer: string): boolean {
  return state !== undefined && memberOf(state, viewer)?.present === true;
}

/**
 * Whether the viewer may read a thread that it does not follow. The server says nothing of it by itself: what is held of it is as of when somebody
 * looked at it last.
 */
export function isOnlyLookedAt(state: Conversation | undefined, viewer: string): boolean {
  return state?.kind === ConversationKind.THREAD && !isPresent(state, viewer);
}

const everything: Intervals = [{ $typeName: "parley.v1.Interval", from: 1, to: 0 }];

/** What the viewer may see. Of a thread that is only looked at the server gives what is inherited, and nothing else is held. */
export function sightOf(state: Conversation | undefined, viewer: string): Intervals {
  if (state === undefined) return [];
  return isOnlyLookedAt(state, viewer) ? everything : (memberOf(state, viewer)?.intervals ?? []);
}
