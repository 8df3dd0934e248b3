import { expect, test } from "bun:test";
import { MapStorage } from "../test-support/map-storage.ts";
import { HandOffs } from "./hand-offs.ts";

const post = (id: string, sentAt: number) => ({ id, conversation: "c", text: `text of ${id}`, sentAt });

test("[OUT1] what was handed off is found in the order of typing, for its account alone, until it is removed", () => {
  const storage = new MapStorage();
  const mine = new HandOffs(storage, "ana");
  const others = new HandOffs(storage, "ben");
  // Within a millisecond, and with a clock that was set back meanwhile.
  for (const draft of [post("b", 2), post("a", 2), post("z", 1)]) expect(mine.put(draft)).toBe(true);
  others.put(post("x", 0));
  expect(mine.all()).toEqual([post("b", 2), post("a", 2), post("z", 1)]);
  // By a tab that was opened since, which posts what it found and then something of its own.
  const next = new HandOffs(storage, "ana");
  next.put(post("a", 2));
  next.put(post("c", 0));
  mine.remove("b");
  expect(next.all().map(({ id }) => id)).toEqual(["a", "z", "c"]);
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
  expect(none.put(post("a", 1))).toBe(false);
  none.remove("a");
  expect(none.all()).toEqual([]);
});

test("[OUT1] a full storage says that it keeps nothing more, and what it has stays", () => {
  const full = new MapStorage(1);
  const handOffs = new HandOffs(full, "ana");
  expect(handOffs.put(post("a", 1))).toBe(true);
  expect(handOffs.put(post("b", 1))).toBe(false);
  expect(handOffs.put(post("a", 1))).toBe(true);
  expect(handOffs.all()).toEqual([post("a", 1)]);
});
