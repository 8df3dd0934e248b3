import {
  type ClientStore,
  type EngineRules,
  engineRules,
  type Remains,
  type StoredConversation,
  type YieldingStore,
} from "@parley/client";
import type { MemoryDisk } from "@parley/client-store";
import { addRange, isCountable } from "@parley/log";
import type { Mutant } from "./mutant.ts";
import { overriding } from "./overriding.ts";

/** In what the devices of a world differ from the product. */
export interface ClientMutation {
  readonly rules: EngineRules;
  readonly store: (store: ClientStore, disk: MemoryDisk) => ClientStore;
  /** The store of who flushes it without an engine. */
  readonly flushStore: (store: YieldingStore) => YieldingStore;
  /** How many hand-offs the tabs of a browser can keep. */
  readonly handOffs: number;
  /** What of a lost store is handed on to the next engine. */
  readonly remains: (remains: Remains | undefined) => Remains | undefined;
}

export function clientMutation(mutant: Mutant | undefined): ClientMutation {
  const store = mutatedStore(mutant);
  const handOffs = mutant === "hand-offs kept nowhere" ? 0 : Number.POSITIVE_INFINITY;
  const remains: ClientMutation["remains"] = (held) => (mutant === "remains forgotten" ? undefined : held);
  const flushStore = mutant === "flush leaving no mark" ? unmarked : (inner: YieldingStore) => inner;
  return { rules: { ...engineRules, ...mutatedRules(mutant) }, store, flushStore, handOffs, remains };
}

function mutatedStore(mutant: Mutant | undefined): ClientMutation["store"] {
  if (mutant === "stale owner allowed to write") return staleOwners();
  return mutant === "room made out of the outbox" ? giveUpOutbox : (store) => store;
}

/** Nothing is stored as possibly sent before it is. */
function unmarked(store: YieldingStore): YieldingStore {
  return overriding(store, {
    commit: (generation, changes, durability) => {
      const marks = changes.filter((change) => change.kind === "outbox" && change.entry.state.kind === "queued");
      return store.commit(
        generation,
        changes.filter((change) => !marks.includes(change)),
        durability,
      );
    },
  });
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
    case "unread incremented":
      return { unreadCount: incrementedCount() };
    case "drafts not joined":
      return { carryOver: (from, to, current) => (current === from ? to : current) };
    case "draft left by its post":
      return { carryOver: (from, to, current) => (to === "" ? current : engineRules.carryOver(from, to, current)) };
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
    return { unread, certain: true };
  };
}

/** Takes for history, where room is short, what waits to be sent. */
function giveUpOutbox(store: ClientStore, disk: MemoryDisk): ClientStore {
  return overriding(store, {
    commit: (generation, changes, durability) => {
      const makesRoom = changes[0]?.kind === "forget-entries" && disk.room < Number.POSITIVE_INFINITY;
      const waiting = disk.image.state().outbox.filter(({ state }) => state.kind === "queued");
      const forgotten = makesRoom ? waiting.map(({ id }) => ({ kind: "forget-outbox", id }) as const) : [];
      return store.commit(generation, [...changes, ...forgotten], durability);
    },
  });
}

/** Whoever commits is taken for the owner. */
function staleOwners(): ClientMutation["store"] {
  const newest = new Map<MemoryDisk, number>();
  return (store, disk) =>
    overriding(store, {
      claim: async () => {
        const generation = await store.claim();
        newest.set(disk, generation);
        return generation;
      },
      commit: (generation, changes, durability) => store.commit(newest.get(disk) ?? generation, changes, durability),
    });
}
