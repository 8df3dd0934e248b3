import { expect, test } from "bun:test";
import { MapEmojiMemory, sampleEmojis } from "../../../testing/sample-emojis.ts";
import { Emojis } from "./emojis.ts";

test("the emojis are fetched once, when they are wanted; where that failed, they are fetched again", async () => {
  let fetches = 0;
  const emojis = new Emojis(async () => {
    fetches++;
    if (fetches === 1) throw new Error("offline");
    return sampleEmojis();
  }, new MapEmojiMemory());
  expect(emojis.book).toBeUndefined();
  expect(fetches).toBe(0);
  await expect(emojis.open()).rejects.toThrow("offline");
  const [one, other] = await Promise.all([emojis.open(), emojis.open()]);
  expect(one).toBe(other);
  expect(emojis.book).toBe(one);
  expect(fetches).toBe(2);
});

test("what was used last comes first, each once, and 24 of them are kept", () => {
  const memory = new MapEmojiMemory();
  const emojis = new Emojis(async () => sampleEmojis(), memory);
  for (const text of ["😀", "👍", "😀"]) emojis.used(text);
  expect(emojis.habits.get().recent).toEqual(["😀", "👍"]);
  for (let index = 0; index < 30; index++) emojis.used(String(index));
  expect(emojis.habits.get().recent).toHaveLength(24);
  expect(memory.habits.recent[0]).toBe("29");
});

test("what another tab kept meanwhile stays, and all goes with the account", () => {
  const memory = new MapEmojiMemory();
  const [here, elsewhere] = [0, 1].map(() => new Emojis(async () => sampleEmojis(), memory));
  here?.used("😀");
  elsewhere?.chooseTone(4);
  here?.used("👍");
  expect(memory.habits).toEqual({ tone: 4, recent: ["👍", "😀"] });
  expect(here?.habits.get()).toEqual(memory.habits);
  here?.forget();
  expect(memory.habits).toEqual({ tone: 0, recent: [] });
});
