import { expect, test } from "bun:test";
import { MapStorage } from "../hosts/test-support/map-storage.ts";
import { LocalDraftKeeper } from "./draft-keeper.ts";

test("all drafts of an account are forgotten at once, and those of others stay", () => {
  const storage = new MapStorage();
  const mine = new LocalDraftKeeper(storage, "ana");
  const others = new LocalDraftKeeper(storage, "anabel");
  mine.write("one", "a secret");
  mine.write("two", "another");
  others.write("one", "hers");
  mine.clearAll();
  expect([mine.read("one"), mine.read("two"), others.read("one")]).toEqual([undefined, undefined, "hers"]);
  expect(storage.length).toBe(1);
});
