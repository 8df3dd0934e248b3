import { describe, expect, test } from "bun:test";
import type { SystemCall } from "../strace/system-call.ts";
import { syncStateOf } from "./unsynced.ts";

const FILE = "/data/log.db-wal";

type Part = Omit<SystemCall, "begin" | "end" | "thread" | "target" | "error"> & Partial<SystemCall>;

const write = (offset: number, bytes: number): Part => ({
  name: "pwrite64",
  offset,
  data: "x".repeat(bytes),
  result: bytes,
});
const sync: Part = { name: "fdatasync", offset: undefined, data: "", result: 0 };

function stateOf(...parts: readonly Part[]) {
  const calls = parts.map((part, place) => ({
    thread: 1,
    target: FILE,
    error: undefined,
    begin: place,
    end: place,
    ...part,
  }));
  return syncStateOf(calls, FILE, 0);
}

describe("what a power cut may take", () => {
  test("is what was written after the last sync", () => {
    const state = stateOf(write(0, 32), write(32, 10), sync, write(42, 8), write(50, 4));
    expect(state).toEqual({
      unsynced: [
        { offset: 42, bytes: 8 },
        { offset: 50, bytes: 4 },
      ],
      syncedEnd: 42,
    });
  });

  test("is nothing after a sync, and all before the first", () => {
    expect(stateOf(write(0, 32), sync)).toEqual({ unsynced: [], syncedEnd: 32 });
    expect(stateOf(write(0, 32))).toEqual({ unsynced: [{ offset: 0, bytes: 32 }], syncedEnd: 0 });
  });

  test("is not made safe by a sync that failed, did not return, or was of another file", () => {
    const failures: Part[] = [
      { ...sync, result: -1, error: "EIO" },
      { ...sync, result: undefined, end: Number.POSITIVE_INFINITY },
      { ...sync, target: "/data/log.db" },
    ];
    for (const failure of failures) {
      expect(stateOf(write(0, 32), failure)).toEqual({ unsynced: [{ offset: 0, bytes: 32 }], syncedEnd: 0 });
    }
  });

  test("is what a sync failed for, also after one that succeeds, until it is written again", () => {
    const failed: Part = { ...sync, result: -1, error: "EIO" };
    const lost = [{ offset: 0, bytes: 32 }];
    expect(stateOf(write(0, 32), failed, write(32, 8), sync)).toEqual({ unsynced: lost, syncedEnd: 40 });
    expect(stateOf(write(0, 32), failed, write(0, 40), sync)).toEqual({ unsynced: [], syncedEnd: 40 });
  });

  test("is what was being written when the sync began", () => {
    const state = stateOf({ ...write(0, 32), end: 1.5 }, sync);
    expect(state).toEqual({ unsynced: [{ offset: 0, bytes: 32 }], syncedEnd: 0 });
  });

  test("is what overwrites the beginning, while what lies behind it is safe", () => {
    const state = stateOf(write(0, 100), sync, write(0, 32));
    expect(state).toEqual({ unsynced: [{ offset: 0, bytes: 32 }], syncedEnd: 100 });
  });
});
