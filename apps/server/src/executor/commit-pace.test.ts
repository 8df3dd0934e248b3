import { expect, test } from "bun:test";
import { ManualClock } from "../testing/manual-clock.ts";
import { commitPace } from "./commit-pace.ts";

test("what comes after a pause begins at once, what follows closely a little later", async () => {
  const clock = new ManualClock();
  const soon = commitPace(clock, 3);
  const begun: number[] = [];
  const commit = () => soon(() => begun.push(clock.elapsed()));
  const start = clock.elapsed();
  commit();
  await clock.advance(1);
  commit();
  await clock.advance(10);
  commit();
  await clock.advance(0);
  expect(begun.map((at) => at - start)).toEqual([0, 3, 11]);
});
