import { describe, expect, test } from "bun:test";
import type { SystemCall } from "../strace/system-call.ts";
import { judgeSyncs, type SyncProblem } from "./judge-syncs.ts";

const LOG = "/data/log.db-wal";
const ADA = "TCP:[127.0.0.1:8080->127.0.0.1:41000]";
const BEN = "TCP:[127.0.0.1:8080->127.0.0.1:42000]";
const message = { text: "tea at five", command: "command-1", author: "device-ada", reader: "device-ben" };

/** A call without a place happens where it stands. */
type Part = Omit<SystemCall, "begin" | "end"> & Partial<Pick<SystemCall, "begin" | "end">>;

function call(name: string, target: string, data = "", result: number = data.length): Part {
  return { thread: 1, name, target, data, offset: undefined, result, error: undefined };
}

const frame = (databasePages: number) => `\0\0\0\x07\0\0\0${String.fromCharCode(databasePages)}${"s".repeat(16)}`;
const welcomes = [call("sendto", ADA, '{"device":"device-ada"}'), call("sendto", BEN, "\x12device-ben")];
const row = call("pwrite64", LOG, "\r\0 tea at five \0");
const otherPage = call("pwrite64", LOG, "\n\0 an index \0");
const writes = [call("pwrite64", LOG, frame(0)), row, call("pwrite64", LOG, frame(9)), otherPage];
const sync = call("fdatasync", LOG, "", 0);
const event = call("sendto", BEN, "\x22 tea at five");
const answer = call("sendto", ADA, '{"answers":{"answers":[{"id":"command-1"}]}}');

/** The calls one after another, and what is wrong with them. */
function problems(...parts: readonly Part[]): SyncProblem[] {
  const calls = parts.map((part, place) => ({ begin: place, end: place, ...part }));
  return judgeSyncs(calls, LOG, [message]).map(({ problem }) => problem);
}

const UNSYNCED: SyncProblem = "no sync of the log between its write and the first word of it on a socket";

describe("[CMD9] the judge of syncs", () => {
  test("is content when write, sync, answer and event follow each other", () => {
    expect(problems(...welcomes, ...writes, sync, event, answer)).toEqual([]);
    expect(problems(...welcomes, ...writes, sync, answer, event)).toEqual([]);
  });

  test("sees that a sync is missing", () => {
    expect(problems(...welcomes, ...writes, event, answer)).toEqual([UNSYNCED]);
  });

  test("sees that a sync comes late: after the answer, or after the event of another", () => {
    expect(problems(...welcomes, ...writes, answer, sync, event)).toEqual([UNSYNCED]);
    expect(problems(...welcomes, ...writes, event, sync, answer)).toEqual([UNSYNCED]);
  });

  test("sees that a sync had not returned when the answer left", () => {
    const returnsLate = { ...sync, begin: 6, end: 7.5 };
    expect(problems(...welcomes, ...writes, returnsLate, answer, event)).toEqual([UNSYNCED]);
  });

  test("sees that a sync began before the write had returned", () => {
    const early = { ...sync, begin: 1.5, end: 4 };
    expect(problems(...welcomes, early, ...writes, event, answer)).toEqual([UNSYNCED]);
  });

  test("does not count the sync of another file", () => {
    const others = ["/data/log.db", "/data/accounts.db-wal", `${LOG}(deleted)`];
    for (const other of others) {
      expect(problems(...welcomes, ...writes, { ...sync, target: other }, event, answer)).toEqual([UNSYNCED]);
    }
  });

  test("does not count a sync that failed or never returned", () => {
    const failed = { ...sync, result: -1, error: "EIO" };
    expect(problems(...welcomes, ...writes, failed, event, answer)).toEqual([UNSYNCED]);
    const endless = { ...sync, result: undefined, end: Number.POSITIVE_INFINITY };
    expect(problems(...welcomes, ...writes, endless, event, answer)).toEqual([UNSYNCED]);
  });

  test("sees that the text was not written, was written to another file, or only in part", () => {
    const missing: SyncProblem = "never written to the log";
    expect(problems(...welcomes, sync, event, answer)).toEqual([missing]);
    expect(problems(...welcomes, { ...row, target: "/data/log.db" }, sync, event, answer)).toEqual([missing]);
    expect(problems(...welcomes, { ...row, result: 5 }, sync, event, answer)).toEqual([missing]);
  });

  test("sees that the end of the transaction was written after the sync", () => {
    const [half, rest] = [writes.slice(0, 2), writes.slice(2)];
    expect(problems(...welcomes, ...half, sync, ...rest, event, answer)).toEqual(["its sync did not cover a commit"]);
  });

  test("sees that nobody was answered, or nobody was told", () => {
    expect(problems(...welcomes, ...writes, sync, event)).toEqual(["never acknowledged"]);
    expect(problems(...welcomes, ...writes, sync, answer)).toEqual(["never delivered"]);
    const crossed = [
      { ...event, target: ADA },
      { ...answer, target: BEN },
    ];
    expect(problems(...welcomes, ...writes, sync, ...crossed)).toEqual(["never acknowledged", "never delivered"]);
  });
});
