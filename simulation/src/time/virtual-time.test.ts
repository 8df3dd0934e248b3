import { expect, test } from "bun:test";
import { SeededRandom } from "../random/seeded-random.ts";
import { DeviceClock } from "./device-clock.ts";
import { Process } from "./process.ts";
import { VirtualTime } from "./virtual-time.ts";

test("tasks run in the order of their times, equal times in the order of scheduling", async () => {
  const time = new VirtualTime(1_000);
  const random = new SeededRandom("order");
  const ran: { at: number; planned: number; index: number }[] = [];
  for (let index = 0; index < 500; index++) {
    const delay = random.integer(0, 50);
    time.after(delay, () => ran.push({ at: time.now(), planned: 1_000 + delay, index }));
  }
  await time.run(100);
  expect(ran).toHaveLength(500);
  expect(ran.every(({ at, planned }) => at === planned)).toBe(true);
  const sorted = [...ran].sort((one, other) => one.at - other.at || one.index - other.index);
  expect(ran).toEqual(sorted);
  expect(time.now()).toBe(1_100);
});

test("everything a task set in motion ends before the next task begins", async () => {
  const time = new VirtualTime(0);
  const seen: string[] = [];
  time.after(1, async () => {
    for (let hop = 0; hop < 200; hop++) await Promise.resolve();
    seen.push("first");
  });
  time.after(1, () => seen.push("second"));
  await time.run(1);
  expect(seen).toEqual(["first", "second"]);
});

test("a cancelled task does not run, and waiting for it ends", async () => {
  const time = new VirtualTime(0);
  let ran = false;
  time.after(5, () => {
    ran = true;
  })();
  await time.run(10);
  expect(ran).toBe(false);
  expect(await time.step()).toBe(false);
});

test("waiting for a promise that never settles ends with an error at the limit", async () => {
  const time = new VirtualTime(0);
  expect(time.await(new Promise<void>(() => undefined), 50)).rejects.toThrow("still waiting after 50 ms");
});

test("a dead process runs nothing; a frozen one runs everything once it thaws, in order", async () => {
  const time = new VirtualTime(0);
  const dead = new Process("dead", time);
  const frozen = new Process("frozen", time);
  const seen: string[] = [];
  dead.after(1, () => seen.push("dead"));
  frozen.after(1, () => seen.push("one"));
  frozen.after(2, () => seen.push("two"));
  dead.kill();
  frozen.freeze();
  await time.run(10);
  expect(seen).toEqual([]);
  frozen.thaw();
  await time.run(1);
  expect(seen).toEqual(["one", "two"]);
});

test("a skewed clock lies about the date and not about durations", async () => {
  const time = new VirtualTime(10_000);
  const clock = new DeviceClock(time, new Process("device", time), -4_000);
  let at = 0;
  clock.after(100, () => {
    at = time.now();
  });
  expect(clock.now()).toBe(6_000);
  await time.run(200);
  expect(at).toBe(10_100);
});
