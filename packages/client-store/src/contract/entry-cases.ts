import { asOfTime } from "@parley/log";
import { assertEqual } from "./assert-equal.ts";
import { type ContractCase, owned } from "./contract-case.ts";
import { someEntries, someEntry, timed } from "./contract-rows.ts";

export const entryCases: readonly ContractCase[] = [
  {
    name: "entries are read by run, ascending, both ends included, of one conversation",
    async run({ open }) {
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
    async run({ open }) {
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
    async run({ open }) {
      const { store, commit } = await owned(open);
      await commit([{ kind: "entries", entries: someEntries("c", 1, 3) }]);
      const newer = { ...someEntry("c", 2), rev: 99 };
      await commit([{ kind: "entries", entries: [newer] }]);
      assertEqual(await store.entries("c", 1, 3), [someEntry("c", 1), newer, someEntry("c", 3)], "entries");
    },
  },
  {
    name: "entries that disappear are found in the order of their times, until they have",
    async run({ open }) {
      const { store, commit } = await owned(open);
      const [late, soon, gone] = [
        timed(someEntry("c", 1), 900),
        timed(someEntry("d", 1), 300),
        timed(someEntry("c", 2), 1),
      ];
      await commit([{ kind: "entries", entries: [late, soon, gone, someEntry("c", 3)] }]);
      assertEqual(await store.disappearing(9), [gone, soon, late], "all");
      await commit([{ kind: "entries", entries: [asOfTime(gone, 2)] }]);
      assertEqual(await store.disappearing(1), [soon], "the first");
      await commit([{ kind: "forget-entries", conversation: "d", from: 1, to: 1 }]);
      assertEqual(await store.disappearing(9), [late], "what is left");
    },
  },
  {
    name: "entries that moved to other ordinals leave nothing behind",
    async run({ open }) {
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
