import { expect, test } from "bun:test";
import { MapStorage } from "../test-support/map-storage.ts";
import { HandOffs } from "./hand-offs.ts";

const post = (id: string, sentAt: number) => ({ id, conversation: "c", text: `text of ${id}`, sentAt });

test("[OUT1] what was handed off is found in the order of typing, for its account alone, until it is removed", () => {
  const storage = new MapStorage();
  const mine = new HandOffs(storage, "ana");
  const others = new HandOffs(storage, "ben");
  for (const draft of [post("b", 2), post("a", 2), post("z", 1)]) mine.put(draft);
  others.put(post("x", 0));
  expect(mine.all()).toEqual([post("z", 1), post("a", 2), post("b", 2)]);
  mine.remove("a");
  expect(mine.all().map(({ id }) => id)).toEqual(["z", "b"]);
  mine.clear();
  expect(mine.all()).toEqual([]);
  expect(others.all()).toEqual([post("x", 0)]);
});

test("what is not a message is passed over, and a browser without storage works", () => {
  const storage = new MapStorage();
  storage.setItem("parley.hand-off.ana.1", "{");
  storage.setItem("parley.hand-off.ana.2", '{"id":"2","conversation":"c","text":5,"sentAt":1}');
  expect(new HandOffs(storage, "ana").all()).toEqual([]);
  const none = new HandOffs(undefined, "ana");
  none.put(post("a", 1));
  none.remove("a");
  expect(none.all()).toEqual([]);
});

test("a full storage loses only the second net", () => {
  const full = new MapStorage(0);
  const handOffs = new HandOffs(full, "ana");
  expect(() => handOffs.put(post("a", 1))).not.toThrow();
});
