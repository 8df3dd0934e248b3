import { expect, test } from "bun:test";
import { Pace } from "./pace.ts";

test("one piece of work in a turn, in the order of asking, also after one that fails", async () => {
  const turns: (() => void)[] = [];
  const pace = new Pace({
    after(_delayMs, task) {
      turns.push(task);
      return () => undefined;
    },
  });
  const passATurn = async () => {
    turns.shift()?.();
    await Bun.sleep(0);
  };
  const done: number[] = [];
  const work = (number: number) => async () => {
    done.push(number);
    if (number === 1) throw new Error("failed");
  };
  const results = Promise.allSettled([1, 2, 3].map((number) => pace.run(work(number))));
  for (const expected of [[1], [1, 2], [1, 2, 3]]) {
    await Bun.sleep(0);
    expect(done).toEqual(expected);
    await passATurn();
  }
  expect((await results).map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
  await pace.run(work(4));
  expect(done).toEqual([1, 2, 3, 4]);
  expect(turns).toHaveLength(1);
});
