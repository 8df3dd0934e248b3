import {
  type Clock,
  type EngineRules,
  engineRules,
  type Http,
  type Remains,
  type StoredConversation,
  type Transport,
} from "@parley/client";
import { addRange, isCountable } from "@parley/log";
import type { Mutant } from "./mutant.ts";
import { overriding } from "./overriding.ts";
import { mutatedPolling } from "./polling-mutants.ts";
import { mutatedFlushStore, mutatedSalvage, mutatedStore, type StoreMutation } from "./store-mutants.ts";

/** In what the devices of a world differ from the product. */
export interface ClientMutation {
  readonly rules: EngineRules;
  readonly store: StoreMutation;
  readonly flushStore: ReturnType<typeof mutatedFlushStore>;
  /** What a store that is rebuilt takes over from the one that cannot be read. */
  readonly salvage: ReturnType<typeof mutatedSalvage>;
  /** How many hand-offs the tabs of a browser can keep. */
  readonly handOffs: number;
  /** What of a lost store is handed on to the next engine. */
  readonly remains: (remains: Remains | undefined) => Remains | undefined;
  readonly polling: (http: Http, transportOver: (http: Http) => Transport) => Transport;
  /** By which the engine measures. */
  readonly clock: (clock: Clock) => Clock;
  /** By which it is noticed that the device slept. */
  readonly watchClock: (clock: Clock) => Clock;
}

export function clientMutation(mutant: Mutant | undefined): ClientMutation {
  return {
    rules: { ...engineRules, ...mutatedRules(mutant) },
    store: mutatedStore(mutant),
    flushStore: mutatedFlushStore(mutant),
    salvage: mutatedSalvage(mutant),
    handOffs: mutant === "hand-offs kept nowhere" ? 0 : Number.POSITIVE_INFINITY,
    remains: (held) => (mutant === "remains forgotten" ? undefined : held),
    polling: (http, transportOver) => mutatedPolling(mutant, http, transportOver),
    clock: (clock) =>
      mutant === "pauses measured by the device's clock" ? overriding(clock, { elapsed: () => clock.now() }) : clock,
    watchClock: (clock) =>
      mutant === "sleep measured by a clock that stood still"
        ? overriding(clock, { now: () => clock.elapsed() })
        : clock,
  };
}

function mutatedRules(mutant: Mutant | undefined): Partial<EngineRules> {
  switch (mutant) {
    case "gap fill off":
      return { stepCatchUp: (state, input) => ({ ...engineRules.stepCatchUp(state, input), ask: false }) };
    case "page joined without re-applying events":
      return {
        joinPage: (conversation, page, journal) =>
          engineRules.joinPage(conversation, page, { ...journal, items: [] }, []),
      };
    case "reset leaving old ranges fresh":
      return {
        applyReset: (conversation, reset) => {
          const applied = engineRules.applyReset(conversation, reset);
          return { ...applied, conversation: withStaleAsFresh(applied.conversation) };
        },
      };
    case "messages left until the server erases them":
      return { asOfTime: (entry) => entry };
    case "what has disappeared drawn as deleted":
      return { leavesNoTrace: () => false };
    case "messages of blocked people drawn as ever":
      return { isFolded: () => false };
    case "left out without a word":
      return { leftOut: () => [] };
    case "pinned messages fetched and not kept":
      return { joinRows: (conversation) => ({ conversation, entries: [], fetch: [], recount: false }) };
    case "pins joined without re-applying events":
      return {
        joinRows: (conversation, rows, journal) =>
          engineRules.joinRows(conversation, rows, { ...journal, items: [] }, []),
      };
    case "reactions taken back ignored":
      return {
        applyEvent: (conversation, event, target) =>
          engineRules.applyEvent(conversation, event, event.body.case === "reactionUnset" ? undefined : target),
      };
    case "mentions not continued":
      return {
        unreadCount: (basis) => ({ ...engineRules.unreadCount(basis), mentions: basis.base.mentions, certain: true }),
      };
    case "unread incremented":
      return { unreadCount: incrementedCount() };
    case "drafts not joined":
      return { carryOver: (from, to, current) => (current === from ? to : current) };
    case "draft left by its post":
      return { carryOver: (from, to, current) => (to === "" ? current : engineRules.carryOver(from, to, current)) };
    case "settings of other devices ignored":
      return { applyAccountEvent: (meta, { seq }) => ({ ...meta, accountHead: Math.max(meta.accountHead, seq) }) };
    case "edits of what is quoted ignored":
      return { followQuoted: (entry) => entry };
    case "saved elsewhere ignored":
      return {
        applyAccountEvent: (meta, event) => ({ ...engineRules.applyAccountEvent(meta, event), saved: meta.saved }),
      };
    case "scheduled elsewhere ignored":
      return {
        applyAccountEvent: (meta, event) => ({
          ...engineRules.applyAccountEvent(meta, event),
          scheduled: meta.scheduled,
        }),
      };
    case "reminders elsewhere ignored":
      return {
        applyAccountEvent: (meta, event) => ({
          ...engineRules.applyAccountEvent(meta, event),
          reminders: meta.reminders,
        }),
      };
    case "hidden counted as unread":
      return {
        unreadCount: (basis) =>
          engineRules.unreadCount({
            ...basis,
            hidden: { ...basis.hidden, runs: [], asOf: 0, pending: new Set(), pendingUpTo: 0 },
          }),
      };
    case "blocked elsewhere ignored":
      return {
        applyAccountEvent: (meta, event) => ({ ...engineRules.applyAccountEvent(meta, event), blocked: meta.blocked }),
      };
    case "blocked counted as unread":
      return {
        unreadCount: (basis) =>
          engineRules.unreadCount({
            ...basis,
            hidden: { ...basis.hidden, blocked: new Map(), blockedInLog: new Set() },
          }),
      };
    case "deleted chats kept in the lists of other devices":
      return {
        applyAccountEvent: (meta, event) => {
          const after = engineRules.applyAccountEvent(meta, event);
          const hidden = after.hidden?.map((one) => ({ ...one, unlistedUpTo: 0 }));
          return hidden === undefined ? after : { ...after, hidden };
        },
      };
    case "conversations caught up in any order":
      return { headsToName: (conversations) => engineRules.headsToName(conversations).toReversed() };
    case "queue that is put off holding up the others":
      return { takeSubmissions: takeInOneLine() };
    case "incarnation ignored":
      return { isOtherHistory: () => false, mayLackOwn: () => false };
    default:
      return {};
  }
}

function withStaleAsFresh(conversation: StoredConversation): StoredConversation {
  const ranges = conversation.staleRanges.reduce(addRange, conversation.ranges);
  return { ...conversation, ranges, staleRanges: [] };
}

/** Counts up with every new message, and never down. */
function incrementedCount(): EngineRules["unreadCount"] {
  const counts = new Map<string, { readonly read: number; readonly entryHead: number; readonly unread: number }>();
  return (basis) => {
    const { read, entryHead, rows, viewer } = basis;
    const key = `${viewer} ${basis.base.conversation}`;
    const before = counts.get(key);
    const continues = before !== undefined && before.read === read && before.entryHead <= entryHead;
    const unread = continues
      ? before.unread + rows.filter((row) => row.ordinal > before.entryHead && isCountable(row, viewer)).length
      : engineRules.unreadCount(basis).unread;
    counts.set(key, { read, entryHead, unread });
    return { unread, mentions: engineRules.unreadCount(basis).mentions, certain: true };
  };
}

/** Nothing is sent as long as any queue is put off. */
function takeInOneLine(): EngineRules["takeSubmissions"] {
  let until = Number.NEGATIVE_INFINITY;
  return (queue, allowance) => {
    until = Math.max(until, queue.retryAt ?? until);
    return engineRules.takeSubmissions(queue, allowance.now < until ? { ...allowance, credit: 0 } : allowance);
  };
}
