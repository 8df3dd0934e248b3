import { StaleOwnerError } from "@parley/client";
import { assertEqual } from "./assert-equal.ts";
import { type ContractCase, owned } from "./contract-case.ts";
import {
  nothing,
  oneOfEach,
  someCommand,
  someEntries,
  someEntry,
  someLink,
  someMeta,
  somePicture,
} from "./contract-rows.ts";

export const forgettingCases: readonly ContractCase[] = [
  {
    name: "a run of entries is forgotten, and nothing beside it",
    async run({ open }) {
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
    name: "[STO10] who cannot become the owner gives up pictures and history, and changes nothing else",
    async run({ open }) {
      const { store, commit } = await owned(open);
      await commit([...oneOfEach("c"), { kind: "meta", meta: someMeta }]);
      const [conversation] = (await store.load()).conversations;
      if (conversation === undefined) throw new Error("nothing is stored");
      await store.commit("none", [{ kind: "forget-picture", conversation: "c" }], "relaxed");
      assertEqual(await store.picture("c"), undefined, "the picture");
      const left = { ...conversation, ranges: [{ from: 3, to: 3 }] };
      const forget = { kind: "forget-entries", conversation: "c", from: 1, to: 2 } as const;
      await store.commit("none", [forget, { kind: "conversation", conversation: left }], "relaxed");
      assertEqual(await store.entries("c", 1, 99), [someEntry("c", 3)], "entries");
      assertEqual((await store.load()).conversations, [left], "the record");
      for (const change of [
        { kind: "forget-outbox", id: someCommand("c", 1).id } as const,
        { kind: "meta", meta: someMeta } as const,
      ]) {
        const refused = await store.commit("none", [forget, change], "relaxed").catch((error: unknown) => error);
        assertEqual(refused instanceof StaleOwnerError, true, change.kind);
      }
      assertEqual((await store.load()).outbox.length, 1, "the outbox");
    },
  },
  {
    name: "a conversation is forgotten with its entries; what was typed stays",
    async run({ open }) {
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
      assertEqual(await store.picture("c"), undefined, "its picture");
      assertEqual(await store.picture("d"), somePicture("d"), "the other's picture");
      assertEqual(state.outbox.length, 2, "outbox");
      assertEqual(state.drafts.length, 2, "drafts");
    },
  },
  {
    name: "[PIC2] a picture is replaced by the next one of its conversation, and forgotten alone",
    async run({ open }) {
      const { store, commit } = await owned(open);
      await commit([...oneOfEach("c"), ...oneOfEach("d")]);
      await commit([{ kind: "picture", picture: somePicture("c", "two") }]);
      assertEqual(await store.picture("c"), somePicture("c", "two"), "the next one");
      await commit([
        { kind: "forget-picture", conversation: "c" },
        { kind: "forget-picture", conversation: "unknown" },
      ]);
      assertEqual(await store.picture("c"), undefined, "what was forgotten");
      assertEqual(await store.picture("d"), somePicture("d"), "the other's");
      assertEqual((await store.load()).conversations.length, 2, "conversations");
    },
  },
  {
    name: "[DRF9] history is forgotten, versions of drafts with it; meta, outbox, links and what drafts say stay",
    async run({ open }) {
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
      assertEqual(await store.picture("c"), undefined, "the picture");
    },
  },
  {
    name: "commands and drafts are forgotten; forgetting what is not there does nothing",
    async run({ open }) {
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
    async run({ open }) {
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
