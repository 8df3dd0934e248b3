import {
  type AccountPreferences,
  type Content,
  type MessageScheduled,
  RejectionCode,
  type ScheduledFailed,
} from "@parley/protocol";
import type { ScheduledItem } from "../api/scheduled-view.ts";
import type { StoredScheduled } from "../ports/client-store.ts";
import { isOpenIn, type Pending } from "./pending.ts";

type StoredList = readonly StoredScheduled[] | undefined;

/** What waits after one more does, or says something else. Without content it waits no more: an event that follows says so. */
export function scheduledAfter(
  stored: StoredList,
  { target: id, conversation, at, content }: MessageScheduled,
): StoredList {
  const others = without(stored, id);
  if (content === undefined) return others;
  return others && [...others, { id, conversation, at, ...wordsOf(content), rejection: 0 }];
}

export function without(stored: StoredList, id: string): StoredList {
  return stored?.filter((one) => one.id !== id);
}

export function failedAfter(stored: StoredList, { target, rejection }: ScheduledFailed): StoredList {
  return stored?.map((one) => (one.id === target ? { ...one, rejection } : one));
}

export function scheduledTold({ scheduled }: AccountPreferences): readonly StoredScheduled[] {
  return scheduled.map(({ id, conversation, at, content, rejection }) => {
    return { id, conversation, at, ...wordsOf(content), rejection };
  });
}

/** What waits, the next one first, with the pending changes: those that are not part of the account log that the device holds. */
export function scheduledWith(
  stored: StoredList,
  accountHead: number,
  commands: readonly Pending[],
): readonly ScheduledItem[] {
  const all = new Map<string, ScheduledItem>((stored ?? []).map((one) => [one.id, itemOf(one)]));
  for (const pending of commands) {
    if (isOpenIn(pending, accountHead)) change(all, pending);
  }
  return [...all.values()].sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
}

function change(all: Map<string, ScheduledItem>, { entry: { id }, command: { body } }: Pending): void {
  switch (body.case) {
    case "scheduleMessage": {
      const { conversation, at, content } = body.value;
      all.set(id, unsent({ id, conversation, at, ...wordsOf(content) }));
      return;
    }
    case "changeScheduled": {
      const { target, at, content } = body.value;
      const known = all.get(target);
      if (known !== undefined) all.set(target, unsent({ ...known, at, ...wordsOf(content) }));
      return;
    }
    case "cancelScheduled":
    case "withdraw":
      all.delete(body.value.target);
      return;
    default:
  }
}

type Words = Pick<StoredScheduled, "text" | "replyTo">;

function wordsOf(content: Content | undefined): Words {
  if (content?.form.case !== "plain") return { text: "", replyTo: "" };
  const { text, replyTo } = content.form.value;
  return { text, replyTo };
}

function itemOf({ rejection, replyTo, ...one }: StoredScheduled): ScheduledItem {
  return { ...one, ...(replyTo !== "" && { replyTo }), state: stateOf(rejection) };
}

function unsent({ id, conversation, at, text, replyTo = "" }: Omit<ScheduledItem, "state">): ScheduledItem {
  return { id, conversation, at, text, ...(replyTo !== "" && { replyTo }), state: "unsent" };
}

function stateOf(rejection: number): ScheduledItem["state"] {
  switch (rejection) {
    case 0:
      return "waiting";
    case RejectionCode.NOT_MEMBER:
      return "not-member";
    case RejectionCode.PERSON_BLOCKED:
      return "person-blocked";
    case RejectionCode.REQUEST_WAITS:
      return "request-waits";
    default:
      return "refused";
  }
}
