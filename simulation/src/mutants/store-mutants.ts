import { fromBinary } from "@bufbuild/protobuf";
import {
  type ClientStore,
  type Clock,
  type OutboxEntry,
  type StoreChange,
  StoreError,
  type YieldingStore,
} from "@parley/client";
import type { MemoryDisk } from "@parley/client-store";
import { CommandSchema } from "@parley/protocol";
import type { Mutant } from "./mutant.ts";
import { overriding } from "./overriding.ts";

const DAY_MS = 24 * 3_600_000;

/** The local store of an engine in a world. */
export type StoreMutation = (store: ClientStore, disk: MemoryDisk, clock: Pick<Clock, "now">) => ClientStore;

export function mutatedStore(mutant: Mutant | undefined): StoreMutation {
  switch (mutant) {
    case "stale owner allowed to write":
      return (store, disk) => neverStale(store, disk);
    case "outbox kept for a day":
      return keptForADay;
    case "room made out of the outbox":
      return giveUpOutbox;
    case "no room made":
      return (store, disk) => givingUp(store, disk, () => []);
    case "history given up, ranges kept":
      return (store, disk) => givingUp(store, disk, (changes) => changes.slice(0, 1));
    case "replaced pictures left on devices":
      return (store) =>
        overriding(store, {
          commit: (generation, changes, durability) =>
            store.commit(
              generation,
              changes.filter(({ kind }) => kind !== "forget-picture"),
              durability,
            ),
        });
    case "full commit taken as stored":
      return (store) => silent(store, "full");
    case "aborted commit taken as stored":
      return (store) => silent(store, "aborted");
    case "aborted commit half stored":
      return halfStored;
    case "aborted operation not tried again":
      return givenUpForGood;
    default:
      return (store) => store;
  }
}

/** The local store of who flushes it without an engine. */
export function mutatedFlushStore(
  mutant: Mutant | undefined,
): (store: YieldingStore, disk: MemoryDisk) => YieldingStore {
  switch (mutant) {
    case "flush leaving no mark":
      return unmarked;
    case "flush taking the store from an engine":
      return (store) => overriding(store, { claimAfter: () => store.claim() });
    case "thawed flush allowed to write":
      return (store, disk) => neverStale(store, disk);
    default:
      return (store) => store;
  }
}

/** What a store that is rebuilt takes over from the one that cannot be read. */
export function mutatedSalvage(mutant: Mutant | undefined): (saved: readonly StoreChange[]) => readonly StoreChange[] {
  if (mutant === "outbox lost in a rebuild") return (saved) => saved.filter(({ kind }) => kind !== "outbox");
  if (mutant === "drafts lost in a rebuild") return (saved) => saved.filter(({ kind }) => kind !== "draft");
  return (saved) => saved;
}

/** Whoever commits is taken for the owner. */
function neverStale<Store extends ClientStore>(store: Store, disk: MemoryDisk): Store {
  const commit: ClientStore["commit"] = (_, changes, durability) => store.commit(disk.generation, changes, durability);
  return overriding<ClientStore>(store, { commit }) as Store;
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

/** What has waited for longer is not sent any more. */
function keptForADay(store: ClientStore, _: MemoryDisk, clock: Pick<Clock, "now">): ClientStore {
  const isYoung = ({ command }: OutboxEntry) => fromBinary(CommandSchema, command).sentAt > clock.now() - DAY_MS;
  return overriding(store, {
    load: async () => {
      const stored = await store.load();
      return { ...stored, outbox: stored.outbox.filter(isYoung) };
    },
  });
}

/** Takes for history, where room is short, what waits to be sent. */
function giveUpOutbox(store: ClientStore, disk: MemoryDisk): ClientStore {
  const waiting = () => disk.image.state().outbox.filter(({ state }) => state.kind === "queued");
  return givingUp(store, disk, (changes) => [
    ...changes,
    ...waiting().map(({ id }) => ({ kind: "forget-outbox", id }) as const),
  ]);
}

/** Gives something else up where room is short. */
function givingUp(
  store: ClientStore,
  disk: MemoryDisk,
  instead: (changes: readonly StoreChange[]) => readonly StoreChange[],
): ClientStore {
  return overriding(store, {
    commit: (generation, changes, durability) => {
      const makesRoom = changes[0]?.kind === "forget-entries" && disk.room < Number.POSITIVE_INFINITY;
      return store.commit(generation, makesRoom ? instead(changes) : changes, durability);
    },
  });
}

/** Says of what failed in this way that it is stored. */
function silent(store: ClientStore, kind: StoreError["kind"]): ClientStore {
  return overriding(store, {
    commit: async (...commit) => {
      try {
        await store.commit(...commit);
      } catch (error) {
        if (!isFailure(error, kind)) throw error;
      }
    },
  });
}

/** Of a transaction that is given up a part stays. */
function halfStored(store: ClientStore, disk: MemoryDisk): ClientStore {
  return overriding(store, {
    commit: async (generation, changes, durability) => {
      try {
        await store.commit(generation, changes, durability);
      } catch (error) {
        if (isFailure(error, "aborted")) {
          disk.commit(generation, changes.slice(Math.floor(changes.length / 2)), durability);
        }
        throw error;
      }
    },
  });
}

/** Takes what the platform gave up once for what it will never do. */
function givenUpForGood(store: ClientStore): ClientStore {
  const once = async <T>(operation: Promise<T>): Promise<T> => {
    try {
      return await operation;
    } catch (error) {
      throw isFailure(error, "aborted") ? new StoreError("unavailable", "it was given up") : error;
    }
  };
  return overriding(store, {
    claim: () => once(store.claim()),
    load: () => once(store.load()),
    entries: (...run) => once(store.entries(...run)),
    entriesById: (...ids) => once(store.entriesById(...ids)),
    disappearing: (most) => once(store.disappearing(most)),
    picture: (conversation) => once(store.picture(conversation)),
    commit: (...commit) => once(store.commit(...commit)),
  });
}

function isFailure(error: unknown, kind: StoreError["kind"]): boolean {
  return error instanceof StoreError && error.kind === kind;
}
