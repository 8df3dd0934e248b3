import { describe, expect, test } from "bun:test";
import { type StoreChange, StoreError } from "@parley/client";
import { clientStoreContract } from "./contract/client-store-contract.ts";
import { MemoryDisk } from "./memory-disk.ts";
import { MemoryStore } from "./memory-store.ts";

describe("the client store contract, in memory", () => {
  for (const { name, run } of clientStoreContract()) {
    test(name, async () => {
      const disk = new MemoryDisk();
      await run({
        open: async (closed) => new MemoryStore(disk, closed === undefined ? {} : { closed }),
        remove: async () => disk.evict(),
      });
    });
  }
});

describe("a memory disk that crashes", () => {
  test("[STO4] keeps everything up to the last strict commit, and of the rest what it is told", async () => {
    const disk = new MemoryDisk();
    const { store, generation } = await opened(disk);
    await store.commit(generation, [draft("a")], "relaxed");
    await store.commit(generation, [draft("b")], "strict");
    for (const conversation of ["c", "d", "e"]) await store.commit(generation, [draft(conversation)], "relaxed");
    expect(disk.relaxedCommits).toBe(3);
    disk.crash({ keepRelaxed: 1 });
    expect(await drafts(disk)).toEqual(["a", "b", "c"]);
  });

  test("answers nobody who was there before", async () => {
    const disk = new MemoryDisk();
    const { store, generation } = await opened(disk);
    const late = store.commit(generation, [draft("late")], "strict");
    disk.crash({ keepRelaxed: 9 });
    const first = await Promise.race([late.then(() => "settled"), Bun.sleep(5).then(() => "silent")]);
    expect(first).toBe("silent");
    expect(await drafts(disk)).toEqual([]);
  });

  test("gives no generation twice", async () => {
    const disk = new MemoryDisk();
    const before = await opened(disk);
    disk.crash({ keepRelaxed: 0 });
    expect((await opened(disk)).generation).toBeGreaterThan(before.generation);
  });
});

describe("a memory disk that fails", () => {
  test("[STO1] a commit that was made to fail changes nothing, and the store works on", async () => {
    const disk = new MemoryDisk();
    const { store, generation } = await opened(disk);
    const faults = ["aborted", "full", undefined] as const;
    let commits = 0;
    disk.faults = (operation) => (operation === "commit" ? faults[commits++] : undefined);
    for (const kind of ["aborted", "full"]) {
      const error = await store.commit(generation, [draft("a")], "strict").catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({ kind });
      expect(await drafts(disk)).toEqual([]);
    }
    await store.commit(generation, [draft("a")], "strict");
    expect(await drafts(disk)).toEqual(["a"]);
  });

  test("without room it takes what frees some, or replaces, and refuses whole commits that need more", async () => {
    const disk = new MemoryDisk();
    const { store, generation } = await opened(disk);
    await store.commit(generation, [draft("a"), draft("b")], "strict");
    disk.room = 2;
    const refused = store.commit(generation, [draft("a"), draft("c")], "strict");
    expect(await refused.catch((thrown: unknown) => thrown)).toMatchObject({ kind: "full" });
    await store.commit(generation, [draft("a")], "strict");
    await store.commit(generation, [{ kind: "draft", conversation: "a", text: "" }, draft("c")], "strict");
    expect(await drafts(disk)).toEqual(["b", "c"]);
  });
});

function draft(conversation: string): StoreChange {
  return { kind: "draft", conversation, text: "x" };
}

async function opened(disk: MemoryDisk) {
  const store = new MemoryStore(disk);
  return { store, generation: await store.claim() };
}

async function drafts(disk: MemoryDisk): Promise<string[]> {
  return (await new MemoryStore(disk).load()).drafts.map(({ conversation }) => conversation);
}
