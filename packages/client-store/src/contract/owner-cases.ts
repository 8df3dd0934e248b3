import { assertEqual } from "./assert-equal.ts";
import { type ContractCase, expectStale, owned } from "./contract-case.ts";
import { nothing, oneOfEach, someCommand } from "./contract-rows.ts";

export const ownerCases: readonly ContractCase[] = [
  {
    name: "each claim makes a greater generation, whoever makes it",
    async run({ open }) {
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
    async run({ open }) {
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
    async run({ open }) {
      const store = await open();
      await expectStale(store.commit(1, oneOfEach("c"), "strict"));
      const generation = await store.claim();
      await expectStale(store.commit(generation + 1, oneOfEach("c"), "relaxed"));
      assertEqual(await store.load(), nothing, "state");
    },
  },
  {
    name: "[FLU1] who claims after a generation gets the store only if that is still the newest",
    async run({ open }) {
      const [one, other] = [await open(), await open()];
      const known = await one.generation();
      const owner = await other.claim();
      assertEqual(await one.claimAfter(known), undefined, "a claim that comes too late");
      await other.commit(owner, [{ kind: "draft", conversation: "c", text: "still its owner" }], "strict");
      const next = await one.claimAfter(await one.generation());
      assertEqual(next !== undefined && next > owner, true, "a claim in time is greater");
      await expectStale(other.commit(owner, [{ kind: "draft", conversation: "c", text: "late" }], "strict"));
      assertEqual(await other.generation(), next, "the newest generation");
    },
  },
  {
    name: "commits that were not waited for take effect in the order of their calls",
    async run({ open }) {
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
