import { describe, expect, test } from "bun:test";
import type { StoreChange } from "@parley/client";
import { clientStoreContract } from "./contract/client-store-contract.ts";
import { MemoryDisk } from "./memory-disk.ts";
import { MemoryStore } from "./memory-store.ts";

describe("the client store contract, in memory", () => {
  for (const { name, run } of clientStoreContract()) {
    test(name, async () => {
      const disk = new MemoryDisk();
      await run(async () => new MemoryStore(disk));
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
