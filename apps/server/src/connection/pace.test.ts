import { expect, test } from "bun:test";
import { Pace } from "./pace.ts";

test("each caller begins one thing in a turn, in the order of asking", async () => {
  let turns: (() => void)[] = [];
  const pace = new Pace({
    after(_delayMs, task) {
      turns.push(task);
      return () => undefined;
    },
  });
  const passATurn = async () => {
    const due = turns;
    turns = [];
    for (const task of due) task();
    await Bun.sleep(0);
  };
  const begun: string[] = [];
  for (const name of ["a1", "a2", "b1", "a3"]) void pace.turn(name.slice(0, 1)).then(() => begun.push(name));
  await Bun.sleep(0);
  expect(begun).toEqual(["a1", "b1"]);
  await passATurn();
  expect(begun).toEqual(["a1", "b1", "a2"]);
  await passATurn();
  expect(begun).toEqual(["a1", "b1", "a2", "a3"]);
  await passATurn();
  expect(turns).toEqual([]);
  void pace.turn("a").then(() => begun.push("a4"));
  await Bun.sleep(0);
  expect(begun.at(-1)).toBe("a4");
});
