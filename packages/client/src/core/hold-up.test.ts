import { expect, test } from "bun:test";
import { create, toBinary } from "@bufbuild/protobuf";
import { CommandSchema, RetryCode } from "@parley/protocol";
import { holdUpOf } from "./hold-up.ts";
import { pendingOf } from "./pending.ts";
import { emptyQueue, type Queue, stepQueue } from "./queue.ts";

function putOff(log: string, code: RetryCode | undefined): Queue {
  const id = `of ${log}`;
  const command = toBinary(CommandSchema, create(CommandSchema, { id, log }));
  const pending = pendingOf({ id, log, position: 1, command, possiblySent: true, state: { kind: "queued" } });
  return { ...stepQueue(emptyQueue(log, undefined), { kind: "enqueued", pending }).queue, holdUp: code };
}

test("[CMD6] of several queues the most serious reason is named, whatever their order", () => {
  const { RATE_LIMITED, SHUTTING_DOWN, STORAGE_FULL, UNAVAILABLE } = RetryCode;
  const queues = [undefined, RATE_LIMITED, SHUTTING_DOWN, UNAVAILABLE, STORAGE_FULL].map((code, index) =>
    putOff(`log ${index}`, code),
  );
  const worst = (count: number) => [holdUpOf(queues.slice(0, count)), holdUpOf(queues.slice(0, count).reverse())];
  expect(worst(1)).toEqual([undefined, undefined]);
  expect(worst(2)).toEqual(["rate-limited", "rate-limited"]);
  expect(worst(3)).toEqual(["shutting-down", "shutting-down"]);
  expect(worst(4)).toEqual(["unavailable", "unavailable"]);
  expect(worst(5)).toEqual(["storage-full", "storage-full"]);
});

test("a reason that this device does not know is named as well", () => {
  expect(holdUpOf([putOff("log", RetryCode.UNSPECIFIED)])).toBe("unavailable");
});

test("where nothing waits nothing is held up", () => {
  expect(holdUpOf([{ ...emptyQueue("log", undefined), holdUp: RetryCode.STORAGE_FULL }])).toBeUndefined();
});
