import type { StoreChange, StoredState } from "@parley/client";
import { assertEqual } from "./assert-equal.ts";
import { type ContractCase, owned } from "./contract-case.ts";
import {
  nothing,
  someCommand,
  someConversation,
  someEntries,
  someLink,
  someMeta,
  someProfile,
} from "./contract-rows.ts";

export const stateCases: readonly ContractCase[] = [
  {
    name: "a new store holds nothing",
    async run({ open }) {
      const store = await open();
      assertEqual(await store.load(), nothing, "state");
      assertEqual(await store.entries("c", 1, 100), [], "entries");
    },
  },
  {
    name: "what was committed is loaded as it was, also by a store opened later",
    async run({ open }) {
      const { store, commit } = await owned(open);
      const entry = someCommand("c", 2);
      await commit([
        { kind: "meta", meta: someMeta },
        { kind: "conversation", conversation: someConversation("c") },
        { kind: "conversation", conversation: { ...someConversation("d"), state: undefined, newest: undefined } },
        ...["c", "d"].flatMap((id): StoreChange[] => [
          { kind: "entries", entries: someEntries(id, 1, 5) },
          { kind: "entries", entries: someEntries(id, 10, 40) },
        ]),
        { kind: "profiles", profiles: [someProfile("ana"), someProfile("ben")] },
        { kind: "outbox", entry },
        { kind: "link", link: someLink("c", 2) },
        { kind: "draft", conversation: "c", text: "half a thou" },
        { kind: "confirmed-draft", draft: { conversation: "c", version: 7, text: "half", sent: ["half a"] } },
        { kind: "confirmed-draft", draft: { conversation: "d", version: 8, text: "", sent: [] } },
      ]);
      const expected: StoredState = {
        meta: someMeta,
        conversations: [someConversation("c"), { ...someConversation("d"), state: undefined, newest: undefined }],
        profiles: [someProfile("ana"), someProfile("ben")],
        outbox: [entry],
        links: [someLink("c", 2)],
        drafts: [{ conversation: "c", text: "half a thou" }],
        confirmedDrafts: [
          { conversation: "c", version: 7, text: "half", sent: ["half a"] },
          { conversation: "d", version: 8, text: "", sent: [] },
        ],
      };
      assertEqual(await store.load(), expected, "state");
      await store.close();
      assertEqual(await (await open()).load(), expected, "state of another store");
    },
  },
  {
    name: "a row takes the place of the one with its key",
    async run({ open }) {
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
    async run({ open }) {
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
    async run({ open }) {
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
