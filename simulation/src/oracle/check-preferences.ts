import type { ConversationView, OutboxEntry } from "@parley/client";
import { applyPreference, noPreferences, type Preferences } from "@parley/log";
import { type AccountEvent, type ConversationPreferences, RejectionCode, RequestAnswer } from "@parley/protocol";
import type { Device } from "../device/device.ts";
import type { Ledger } from "./ledger.ts";
import type { Violation } from "./violation.ts";

/** What the server stores for each account. */
export type StoredPreferences = ReadonlyMap<string, readonly ConversationPreferences[]>;

/** The table says what the account's log says. */
export function checkPreferenceRows(
  account: string,
  events: readonly AccountEvent[],
  stored: readonly ConversationPreferences[],
): Violation[] {
  const folded = new Map<string, Preferences>();
  for (const { body } of events) {
    if (body.case !== "preferenceSet") continue;
    const { conversation, setting } = body.value;
    folded.set(conversation, applyPreference(folded.get(conversation) ?? noPreferences, setting));
  }
  const [told, kept] = [textOf(folded), textOf(new Map(stored.map((one) => [one.conversation, one])))];
  return told === kept ? [] : [{ rule: "PRF1", detail: `${account} set ${told}, and ${kept} is stored` }];
}

/** At rest all devices of an account hold, and show, what the server has stored. */
export function checkPreferencesAtRest(devices: readonly Device[], stored: StoredPreferences): Violation[] {
  const violations: Violation[] = [];
  for (const { name, account, disk, owner } of devices) {
    const ofServer = new Map((stored.get(account) ?? []).map((one) => [one.conversation, one]));
    const ofDevice = new Map((disk.image.state().meta?.preferences ?? []).map((one) => [one.conversation, one]));
    const [wanted, held] = [textOf(ofServer), textOf(ofDevice)];
    if (wanted !== held) violations.push({ rule: "PRF1", detail: `${name} holds ${held}, and ${wanted} is stored` });
    for (const { id, pinned, request, markedUnread = false } of owner?.engine.conversations.get().conversations ?? []) {
      const answer = ofServer.get(id)?.requestAnswer ?? RequestAnswer.UNSPECIFIED;
      if (isUnheard(request, answer)) {
        violations.push({
          rule: "REQ4",
          detail: `${name} shows the request ${id} as ${request}, answered by ${answer}`,
        });
      }
      if (markedUnread !== (ofServer.get(id)?.markedUnread ?? false)) {
        violations.push({ rule: "PRF6", detail: `${name} shows ${id} ${markedUnread ? "" : "not "}marked as unread` });
      }
      if (pinned === (ofServer.get(id)?.pinned ?? false)) continue;
      violations.push({ rule: "PRF5", detail: `${name} shows ${id} ${pinned ? "" : "not "}pinned` });
    }
  }
  return violations;
}

/** Whether a message request stands otherwise than it was answered. */
function isUnheard(request: ConversationView["request"], answer: RequestAnswer): boolean {
  if (request === "open") return answer !== RequestAnswer.UNSPECIFIED;
  return request === "declined" && answer !== RequestAnswer.DECLINED;
}

/** What is done to one's own account log. */
const OWN_KINDS: ReadonlySet<string> = new Set(["block", "unblock", "clear", "hide", "prefer", "save", "unsave"]);

/** At rest everything that was set has its verdict. */
export function checkNothingUnset(devices: readonly Device[], ledger: Ledger): Violation[] {
  return devices.flatMap(({ name, typed, disk }) => {
    // What was set of a conversation whose creation is rejected falls with it: the server has not heard of it.
    const rejected = disk.image.state().outbox.filter(({ state }) => isFallen(state));
    const fallen = new Set(rejected.map(({ id }) => id));
    return [...typed.all()]
      .filter(({ kind, durable, discarded, lostWith }) => {
        return OWN_KINDS.has(kind) && durable && !discarded && lostWith === undefined;
      })
      .filter(({ id }) => ledger.verdictOf(id) === undefined && !ledger.wasRejectedBefore(id) && !fallen.has(id))
      .map(({ id }) => ({ rule: "SYN5", detail: `${id}, which was set on ${name}, has no verdict` }));
  });
}

function isFallen(state: OutboxEntry["state"]): boolean {
  return state.kind === "rejected" && state.code === RejectionCode.DEPENDENCY;
}

function textOf(preferences: ReadonlyMap<string, Preferences>): string {
  const lines = [...preferences].map(([conversation, settings]) => {
    const { pinned, mutedUntil, archivedUpTo, markedUnread, requestAnswer } = settings;
    return `${conversation} ${pinned} ${mutedUntil} ${archivedUpTo} ${markedUnread} ${requestAnswer}`;
  });
  return `[${lines.sort().join(", ")}]`;
}
