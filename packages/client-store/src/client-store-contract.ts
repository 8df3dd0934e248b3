import type { ClientStore, StoreChange, StoredState } from "@parley/client";
import { StaleOwnerError } from "@parley/client";
import { assertEqual } from "./assert-equal.ts";
import {
  someCommand,
  someConversation,
  someEntries,
  someEntry,
  someLink,
  someMeta,
  someProfile,
} from "./contract-rows.ts";

/** Opens one more store on the same data, as another owner would. The first call of a case finds it empty. */
export type OpenStore = () => Promise<ClientStore>;

export interface ContractCase {
  readonly name: string;
  /** Rejects when the contract is broken. */
  run(open: OpenStore): Promise<void>;
}

/** What every implementation of the client store must do, in a form that runs under any test runner and in a browser. */
export function clientStoreContract(): readonly ContractCase[] {
  return [...stateCases, ...entryCases, ...forgettingCases, ...ownerCases];
}

const nothing: StoredState = { meta: undefined, conversations: [], profiles: [], outbox: [], links: [], drafts: [] };

const stateCases: readonly ContractCase[] = [
  {
    name: "a new store holds nothing",
    async run(open) {
      const store = await open();
      assertEqual(await store.load(), nothing, "state");
      assertEqual(await store.entries("c", 1, 100), [], "entries");
    },
  },
  {
    name: "what was committed is loaded as it was, also by a store opened later",
    async run(open) {
      const { store, commit } = await owned(open);
      const entry = someCommand("c", 2);
      await commit([
        { kind: "meta", meta: someMeta },
        { kind: "conversation", conversation: someConversation("c") },
        { kind: "conversation", conversation: { ...someConversation("d"), state: undefined, newest: undefined } },
        { kind: "profiles", profiles: [someProfile("ana"), someProfile("ben")] },
        { kind: "outbox", entry },
        { kind: "link", link: someLink("c", 2) },
        { kind: "draft", conversation: "c", text: "half a thou" },
      ]);
      const expected: StoredState = {
        meta: someMeta,
        conversations: [someConversation("c"), { ...someConversation("d"), state: undefined, newest: undefined }],
        profiles: [someProfile("ana"), someProfile("ben")],
        outbox: [entry],
        links: [someLink("c", 2)],
        drafts: [{ conversation: "c", text: "half a thou" }],
      };
      assertEqual(await store.load(), expected, "state");
      await store.close();
      assertEqual(await (await open()).load(), expected, "state of another store");
    },
  },
  {
    name: "a row takes the place of the one with its key",
    async run(open) {
      const { store, commit } = await owned(open);
      await commit([
        { kind: "profiles", profiles: [someProfile("ana", 1)] },
        { kind: "outbox", entry: someCommand("c", 1, "x") },
        { kind: "link", link: someLink("c", 1) },
        { kind: "draft", conversation: "c", text: "one" },
        { kind: "meta", meta: someMeta },
      ]);
      const moved = { ...someCommand("c", 9, "x"), possiblySent: true };
      await commit([
        { kind: "profiles", profiles: [someProfile("ana", 2)] },
        { kind: "outbox", entry: moved },
        { kind: "link", link: someLink("c", 9) },
        { kind: "draft", conversation: "c", text: "two" },
        { kind: "meta", meta: { ...someMeta, accountHead: 8 } },
      ]);
      const state = await store.load();
      assertEqual(state.profiles, [someProfile("ana", 2)], "profiles");
      assertEqual(state.outbox, [moved], "outbox");
      assertEqual(state.drafts, [{ conversation: "c", text: "two" }], "drafts");
      assertEqual(state.links, [someLink("c", 9)], "links");
      assertEqual(state.meta?.accountHead, 8, "account head");
    },
  },
  {
    name: "each log's queue is loaded in its order, with the states of its commands",
    async run(open) {
      const { store, commit } = await owned(open);
      const rejected = { ...someCommand("c", 10), state: { kind: "rejected", code: 7, reason: "No." } } as const;
      const held = { ...someCommand("c", 11), state: { kind: "held", id: "x", log: "d" } } as const;
      const accepted = { ...someCommand("d", 1), state: { kind: "accepted", seq: 3, receivedAt: 5 } } as const;
      const queued = someCommand("c", 2);
      await commit([held, accepted, rejected, queued].map((entry) => ({ kind: "outbox", entry })));
      const { outbox } = await store.load();
      assertEqual(
        outbox.filter((entry) => entry.log === "c"),
        [queued, rejected, held],
        "queue of c",
      );
      assertEqual(
        outbox.filter((entry) => entry.log === "d"),
        [accepted],
        "queue of d",
      );
    },
  },
  {
    name: "ten thousand queued commands come back in order",
    async run(open) {
      const { store, commit } = await owned(open);
      const entries = Array.from({ length: 10_000 }, (_, index) => someCommand("c", index + 1));
      await commit(
        entries.map((entry) => ({ kind: "outbox", entry })),
        "strict",
      );
      const { outbox } = await store.load();
      assertEqual(
        outbox.map((entry) => entry.position),
        entries.map((entry) => entry.position),
        "positions",
      );
    },
  },
];

const entryCases: readonly ContractCase[] = [
  {
    name: "entries are read by run, ascending, both ends included, of one conversation",
    async run(open) {
      const { store, commit } = await owned(open);
      const some = [12, 3, 300, 4, 65_536, 5].map((ordinal) => someEntry("c", ordinal));
      await commit([
        { kind: "entries", entries: some },
        { kind: "entries", entries: someEntries("c2", 1, 20) },
        { kind: "entries", entries: someEntries("b", 1, 20) },
      ]);
      const [twelve, three, threeHundred, four, far, five] = some;
      assertEqual(await store.entries("c", 4, 12), [four, five, twelve], "a run");
      assertEqual(await store.entries("c", 1, 0xffffffff), [three, four, five, twelve, threeHundred, far], "all");
      assertEqual(await store.entries("c", 13, 299), [], "a hole");
      assertEqual(await store.entries("c", 5, 4), [], "an empty run");
      assertEqual(await store.entries("nothing", 1, 9), [], "an unknown conversation");
    },
  },
  {
    name: "entries are read by id, within their conversation",
    async run(open) {
      const { store, commit } = await owned(open);
      await commit([
        { kind: "entries", entries: [someEntry("c", 1, "x"), someEntry("c", 2, "y")] },
        { kind: "entries", entries: [someEntry("d", 1, "x"), someEntry("d", 2, "z")] },
      ]);
      const found = [...(await store.entriesById("c", ["y", "z", "x", "x"]))];
      found.sort((one, other) => one.ordinal - other.ordinal);
      assertEqual(found, [someEntry("c", 1, "x"), someEntry("c", 2, "y")], "by id");
      assertEqual(await store.entriesById("c", []), [], "no id");
    },
  },
  {
    name: "an entry is replaced by a newer row of it",
    async run(open) {
      const { store, commit } = await owned(open);
      await commit([{ kind: "entries", entries: someEntries("c", 1, 3) }]);
      const newer = { ...someEntry("c", 2), rev: 99 };
      await commit([{ kind: "entries", entries: [newer] }]);
      assertEqual(await store.entries("c", 1, 3), [someEntry("c", 1), newer, someEntry("c", 3)], "entries");
    },
  },
  {
    name: "entries that moved to other ordinals leave nothing behind",
    async run(open) {
      const { store, commit } = await owned(open);
      const before = ["a", "b", "c", "d"].map((id, index) => someEntry("c", index + 1, id));
      await commit([{ kind: "entries", entries: before }]);
      const later = ["new", "a", "b", "d"].map((id, index) => someEntry("c", index + 1, id));
      await commit([
        { kind: "entries", entries: later },
        { kind: "draft", conversation: "c", text: "after" },
      ]);
      assertEqual(await store.entries("c", 1, 9), later, "entries");
      assertEqual(await store.entriesById("c", ["c"]), [], "the one that was overwritten");
      assertEqual((await store.load()).drafts.length, 1, "the rest of the commit");
    },
  },
];

const forgettingCases: readonly ContractCase[] = [
  {
    name: "a run of entries is forgotten, and nothing beside it",
    async run(open) {
      const { store, commit } = await owned(open);
      await commit([{ kind: "entries", entries: [...someEntries("c", 1, 6), ...someEntries("d", 1, 6)] }]);
      await commit([
        { kind: "forget-entries", conversation: "c", from: 2, to: 5 },
        { kind: "forget-entries", conversation: "d", from: 5, to: 2 },
      ]);
      assertEqual(await store.entries("c", 1, 6), [someEntry("c", 1), someEntry("c", 6)], "c");
      assertEqual(await store.entries("d", 1, 6), someEntries("d", 1, 6), "d");
      assertEqual(await store.entriesById("c", ["c/3"]), [], "by id");
    },
  },
  {
    name: "a conversation is forgotten with its entries; what was typed stays",
    async run(open) {
      const { store, commit } = await owned(open);
      await commit(oneOfEach("c"));
      await commit(oneOfEach("d"));
      await commit([{ kind: "forget-conversation", id: "c" }]);
      const state = await store.load();
      assertEqual(
        state.conversations.map((conversation) => conversation.id),
        ["d"],
        "conversations",
      );
      assertEqual(await store.entries("c", 1, 99), [], "its entries");
      assertEqual(await store.entries("d", 1, 99), someEntries("d", 1, 3), "the other's entries");
      assertEqual(state.outbox.length, 2, "outbox");
      assertEqual(state.drafts.length, 2, "drafts");
    },
  },
  {
    name: "history is forgotten; meta, outbox, links and drafts stay",
    async run(open) {
      const { store, commit } = await owned(open);
      await commit([...oneOfEach("c"), { kind: "meta", meta: someMeta }]);
      await commit([{ kind: "forget-history" }]);
      assertEqual(
        await store.load(),
        {
          ...nothing,
          meta: someMeta,
          outbox: [someCommand("c", 1)],
          links: [someLink("c", 1)],
          drafts: [{ conversation: "c", text: "hm" }],
        },
        "state",
      );
      assertEqual(await store.entries("c", 1, 99), [], "entries");
    },
  },
  {
    name: "commands and drafts are forgotten; forgetting what is not there does nothing",
    async run(open) {
      const { store, commit } = await owned(open);
      await commit(oneOfEach("c"));
      await commit([
        { kind: "forget-outbox", id: "c#1" },
        { kind: "forget-outbox", id: "unknown" },
        { kind: "draft", conversation: "c", text: "" },
        { kind: "draft", conversation: "unknown", text: "" },
        { kind: "forget-conversation", id: "unknown" },
      ]);
      const state = await store.load();
      assertEqual(state.outbox, [], "outbox");
      assertEqual(state.drafts, [], "drafts");
      assertEqual(state.conversations.length, 1, "conversations");
    },
  },
  {
    name: "changes of one commit are applied in their order",
    async run(open) {
      const { store, commit } = await owned(open);
      await commit([
        { kind: "entries", entries: someEntries("c", 1, 3) },
        { kind: "forget-history" },
        { kind: "entries", entries: someEntries("c", 2, 2) },
        { kind: "outbox", entry: someCommand("c", 1) },
        { kind: "forget-outbox", id: "c#1" },
        { kind: "outbox", entry: someCommand("c", 2) },
      ]);
      assertEqual(await store.entries("c", 1, 3), [someEntry("c", 2)], "entries");
      assertEqual((await store.load()).outbox, [someCommand("c", 2)], "outbox");
    },
  },
];

const ownerCases: readonly ContractCase[] = [
  {
    name: "each claim makes a greater generation, whoever makes it",
    async run(open) {
      const [one, other] = [await open(), await open()];
      const generations = [await one.claim(), await other.claim(), await one.claim()];
      assertEqual(
        generations,
        [...new Set(generations)].sort((a, b) => a - b),
        "generations",
      );
      await one.close();
      assertEqual((await (await open()).claim()) > (generations[2] ?? 0), true, "a later claim is greater");
    },
  },
  {
    name: "[STO2] an owner that was superseded changes nothing",
    async run(open) {
      const frozen = await owned(open);
      await frozen.commit([{ kind: "draft", conversation: "c", text: "before" }]);
      const next = await owned(open);
      await expectStale(frozen.commit([{ kind: "draft", conversation: "c", text: "late" }]));
      await expectStale(frozen.commit(oneOfEach("d"), "strict"));
      await next.commit([{ kind: "outbox", entry: someCommand("c", 1) }]);
      const state = await frozen.store.load();
      assertEqual(state.drafts, [{ conversation: "c", text: "before" }], "drafts");
      assertEqual(state.outbox, [someCommand("c", 1)], "outbox");
      assertEqual(state.conversations, [], "conversations");
    },
  },
  {
    name: "[STO2] nobody commits without a claim",
    async run(open) {
      const store = await open();
      await expectStale(store.commit(1, oneOfEach("c"), "strict"));
      const generation = await store.claim();
      await expectStale(store.commit(generation + 1, oneOfEach("c"), "relaxed"));
      assertEqual(await store.load(), nothing, "state");
    },
  },
  {
    name: "commits that were not waited for take effect in the order of their calls",
    async run(open) {
      const { store, commit } = await owned(open);
      const texts = Array.from({ length: 50 }, (_, index) => `draft ${index}`);
      await Promise.all(
        texts.map((text, index) =>
          commit([{ kind: "draft", conversation: "c", text }], index % 3 === 0 ? "strict" : "relaxed"),
        ),
      );
      assertEqual((await store.load()).drafts, [{ conversation: "c", text: "draft 49" }], "drafts");
    },
  },
];

function oneOfEach(id: string): StoreChange[] {
  return [
    { kind: "conversation", conversation: someConversation(id) },
    { kind: "entries", entries: someEntries(id, 1, 3) },
    { kind: "profiles", profiles: [someProfile("ana")] },
    { kind: "outbox", entry: someCommand(id, 1) },
    { kind: "link", link: someLink(id, 1) },
    { kind: "draft", conversation: id, text: "hm" },
  ];
}

async function owned(open: OpenStore) {
  const store = await open();
  const generation = await store.claim();
  return {
    store,
    commit: (changes: readonly StoreChange[], durability: "strict" | "relaxed" = "relaxed") =>
      store.commit(generation, changes, durability),
  };
}

async function expectStale(commit: Promise<void>): Promise<void> {
  const error = await commit.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assertEqual(error instanceof StaleOwnerError, true, "the commit of a stale owner was refused");
}
