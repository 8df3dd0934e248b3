import { expect, test } from "bun:test";
import { MapStorage } from "../hosts/test-support/map-storage.ts";
import { LocalEmojiMemory } from "./local-emoji-memory.ts";

test("habits are kept for each account, until they are cleared", () => {
  const storage = new MapStorage();
  new LocalEmojiMemory(storage, "ana").write({ tone: 2, recent: ["👍"] });
  expect(new LocalEmojiMemory(storage, "ana").read()).toEqual({ tone: 2, recent: ["👍"] });
  expect(new LocalEmojiMemory(storage, "bo").read()).toEqual({ tone: 0, recent: [] });
  new LocalEmojiMemory(storage, "ana").clear();
  expect(new LocalEmojiMemory(storage, "ana").read()).toEqual({ tone: 0, recent: [] });
});

test("what is not understood counts as nothing", () => {
  for (const stored of ["", "{", "7", '{"tone":9,"recent":[]}', '{"tone":1}']) {
    const storage = new MapStorage();
    storage.setItem("parley.emoji.ana", stored);
    expect(new LocalEmojiMemory(storage, "ana").read()).toEqual({ tone: 0, recent: [] });
  }
});
