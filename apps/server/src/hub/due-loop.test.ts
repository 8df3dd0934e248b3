import { expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import {
  type AccountEvent,
  AccountEventSchema,
  EventSchema,
  MessageScheduledSchema,
  ReminderSetSchema,
} from "@parley/protocol";
import { ManualClock } from "../testing/manual-clock.ts";
import { DueLoop } from "./due-loop.ts";

/** A loop over times at which something is due, which are done when their time has come. */
function setUp(...times: readonly number[]) {
  const clock = new ManualClock();
  const left = times.map((after) => clock.now() + after);
  const done: number[] = [];
  const failures: unknown[] = [];
  let broken = false;
  let looks = 0;
  const work = async () => {
    looks++;
    if (broken) throw new Error("broken");
    // One at a time, as of a transaction that is full.
    const at = left.toSorted((one, other) => one - other)[0];
    if (at !== undefined && at <= clock.now()) done.push(...left.splice(left.indexOf(at), 1));
    return left.length === 0 ? undefined : Math.min(...left);
  };
  const loop = new DueLoop({ clock, work, reportFailure: (error) => failures.push(error) });
  const due = (after: number, say: (at: number) => AccountEvent["body"]) => {
    const at = clock.now() + after;
    left.push(at);
    loop.committed([], [{ account: "", event: create(AccountEventSchema, { body: say(at) }) }]);
  };
  const post = (after: number) => {
    const at = clock.now() + after;
    left.push(at);
    const body = { case: "posted", value: { expiry: { seconds: 5, at } } } as const;
    loop.committed([{ event: create(EventSchema, { body }), touched: 1, joined: [], parted: [] }], []);
  };
  const schedule = (after: number) =>
    due(after, (at) => ({ case: "messageScheduled", value: create(MessageScheduledSchema, { at }) }));
  const breakDown = (is: boolean) => {
    broken = is;
  };
  return { clock, loop, done, failures, due, schedule, post, breakDown, looks: () => looks };
}

test("[SCH1] what came due while nothing ran is done at the start, all of it", async () => {
  const { clock, loop, done } = setUp(-5, -3, -1);
  loop.wake();
  await clock.advance(10);
  expect(done).toHaveLength(3);
});

test("[SCH1] what is said to be due earlier than the next is done at its time", async () => {
  const { clock, loop, done, schedule } = setUp(40_000);
  loop.wake();
  await clock.advance(10);
  schedule(5_000);
  await clock.advance(4_900);
  expect(done).toHaveLength(0);
  await clock.advance(200);
  expect(done).toHaveLength(1);
  await clock.advance(40_000);
  expect(done).toHaveLength(2);
});

test("[REM1] what one is to be reminded of is done at its time", async () => {
  const { clock, loop, done, due } = setUp(40_000);
  loop.wake();
  await clock.advance(10);
  due(5_000, (at) => ({ case: "reminderSet", value: create(ReminderSetSchema, { at }) }));
  await clock.advance(5_100);
  expect(done).toHaveLength(1);
});

test("[DIS3] what disappears is waited for as soon as it is posted", async () => {
  const { clock, loop, done, post } = setUp();
  loop.wake();
  post(5_000);
  await clock.advance(4_900);
  expect(done).toHaveLength(0);
  await clock.advance(200);
  expect(done).toHaveLength(1);
});

test("a clock that is set on is noticed within a minute", async () => {
  const { clock, loop, done } = setUp(24 * 3_600_000);
  loop.wake();
  await clock.advance(10);
  clock.jump(24 * 3_600_000);
  await clock.advance(60_000);
  expect(done).toHaveLength(1);
});

test("where nothing waits nothing is looked for", async () => {
  const { clock, loop, looks } = setUp();
  loop.wake();
  await clock.advance(10 * 60_000);
  expect(looks()).toBe(1);
});

test("after a failure it is tried again", async () => {
  const { clock, loop, done, failures, breakDown } = setUp(-1);
  breakDown(true);
  loop.wake();
  await clock.advance(2_500);
  expect(done).toHaveLength(0);
  expect(failures.length).toBeGreaterThan(1);
  breakDown(false);
  await clock.advance(1_000);
  expect(done).toHaveLength(1);
});

test("once stopped it does nothing", async () => {
  const { clock, loop, done } = setUp(5_000);
  loop.wake();
  await clock.advance(10);
  loop.stop();
  await clock.advance(60_000);
  expect(done).toHaveLength(0);
});

test("[SCH1] after a failure it is tried again in a second, whatever is scheduled for later meanwhile", async () => {
  const { clock, loop, done, schedule, breakDown } = setUp(-1);
  breakDown(true);
  loop.wake();
  await clock.advance(10);
  schedule(24 * 3_600_000);
  breakDown(false);
  await clock.advance(1_100);
  expect(done).toHaveLength(1);
});
