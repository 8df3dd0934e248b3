import { expect, test } from "bun:test";
import { MapStorage } from "../hosts/test-support/map-storage.ts";
import { LocalDraftKeeper } from "./draft-keeper.ts";

test("what an earlier version of the app kept is read as a text, whatever it looks like", () => {
  const storage = new MapStorage();
  const keeper = new LocalDraftKeeper(storage, "ana");
  for (const text of ["Half a thought", "5", '{"text":7}', "null"]) {
    storage.setItem("parley.draft.ana.c", text);
    expect(keeper.read("c")).toEqual({ text, base: "" });
  }
  keeper.write("c", { text: "Tea", base: "Te" });
  expect(keeper.read("c")).toEqual({ text: "Tea", base: "Te" });
});

test("all drafts of an account are forgotten at once, and those of others stay", () => {
  const storage = new MapStorage();
  const mine = new LocalDraftKeeper(storage, "ana");
  const others = new LocalDraftKeeper(storage, "anabel");
  mine.write("one", kept("a secret"));
  mine.write("two", kept("another"));
  others.write("one", kept("hers"));
  mine.clearAll();
  expect([mine.read("one"), mine.read("two"), others.read("one")]).toEqual([undefined, undefined, kept("hers")]);
  expect(storage.length).toBe(1);
});

test("[RPL4] which message a draft answers is kept by its id, and forgotten with the account", () => {
  const storage = new MapStorage();
  const keeper = new LocalDraftKeeper(storage, "ana");
  keeper.writeReply("one", "m1");
  keeper.writeReply("two", "m2");
  keeper.writeReply("two", undefined);
  const next = new LocalDraftKeeper(storage, "ana");
  expect([next.readReply("one"), next.readReply("two")]).toEqual(["m1", undefined]);
  keeper.clearAll();
  expect(storage.length).toBe(0);
});

function kept(text: string) {
  return { text, base: "" };
}
