import { assertEqual } from "./assert-equal.ts";
import { type ContractCase, expectFailure, owned } from "./contract-case.ts";
import { nothing, oneOfEach, someCommand, someMeta } from "./contract-rows.ts";

export const lossCases: readonly ContractCase[] = [
  {
    name: "[STO5] a store whose data are thrown away says so once, and refuses from then on",
    async run({ open, remove }) {
      let told = 0;
      const { store, commit } = await owned(() => open(() => told++));
      await commit([...oneOfEach("c"), { kind: "meta", meta: someMeta }], "strict");
      await remove();
      await expectFailure(store.load(), "closed");
      await expectFailure(store.entries("c", 1, 9), "closed");
      await expectFailure(commit([{ kind: "outbox", entry: someCommand("c", 2) }], "strict"), "closed");
      await expectFailure(store.claim(), "closed");
      assertEqual(told, 1, "how often it was told");
    },
  },
  {
    name: "[STO5] after its data were thrown away, a store that is opened holds nothing and works",
    async run({ open, remove }) {
      const before = await owned(open);
      await before.commit(oneOfEach("c"), "strict");
      await remove();
      const after = await owned(open);
      assertEqual(await after.store.load(), nothing, "state");
      await after.commit([{ kind: "outbox", entry: someCommand("c", 1) }], "strict");
      await expectFailure(before.commit(oneOfEach("d")), "closed");
      assertEqual(await after.store.load(), { ...nothing, outbox: [someCommand("c", 1)] }, "state of now");
    },
  },
  {
    name: "a store that was closed by its owner refuses, and tells nobody",
    async run({ open, remove }) {
      let told = 0;
      const { store, commit } = await owned(() => open(() => told++));
      await store.close();
      await expectFailure(store.load(), "closed");
      await expectFailure(commit(oneOfEach("c"), "strict"), "closed");
      await remove();
      assertEqual(told, 0, "how often it was told");
    },
  },
];
