import { describe, expect, test } from "bun:test";
import { parseTrace } from "./system-call.ts";

const hex = (text: string) => [...text].map((one) => `\\x${one.charCodeAt(0).toString(16).padStart(2, "0")}`).join("");
const file = hex("/data/log.db-wal");

describe("reading a trace", () => {
  test("a call has a file, bytes, a result and its place", () => {
    expect(parseTrace(`7 fsync(3<${file}>) = 0\n7 pwrite64(10<${file}>, "${hex('a"\0b')}", 4, 4152) = 4\n`)).toEqual([
      {
        thread: 7,
        name: "fsync",
        target: "/data/log.db-wal",
        data: "",
        offset: undefined,
        result: 0,
        error: undefined,
        begin: 0,
        end: 0,
      },
      {
        thread: 7,
        name: "pwrite64",
        target: "/data/log.db-wal",
        data: 'a"\0b',
        offset: 4152,
        result: 4,
        error: undefined,
        begin: 1,
        end: 1,
      },
    ]);
  });

  test("a socket is named by both its ends, and the parts of a gathered write are put together", () => {
    const socket = "TCP:[127.0.0.1:8080->127.0.0.1:41052]";
    const vector = `[{iov_base="${hex("ab")}", iov_len=2}, {iov_base="${hex("c")}", iov_len=1}]`;
    const [call] = parseTrace(`7 writev(20<${socket}>, ${vector}, 2) = 3`);
    expect(call).toMatchObject({ target: socket, data: "abc", result: 3 });
  });

  test("an error is named, also one that was injected, and a delay is not taken for one", () => {
    const calls = parseTrace(
      [
        `7 fsync(3<${file}>) = -1 EIO (Input/output error) (INJECTED)`,
        `7 fsync(3<${file}>) = 0 (DELAYED)`,
        `7 openat(AT_FDCWD<${hex("/data")}>, "${hex("x")}", O_RDONLY) = 5<${hex("/data/x")}>`,
      ].join("\n"),
    );
    expect(calls.map(({ result, error }) => [result, error])).toEqual([
      [-1, "EIO"],
      [0, undefined],
      [5, undefined],
    ]);
  });

  test("a call that others overtook begins at one line and ends at another", () => {
    const calls = parseTrace(
      [
        `7 fsync(3<${file}> <unfinished ...>`,
        `8 write(4<anon>, "${hex("w")}", 1) = 1`,
        "7 --- SIGTERM {si_signo=SIGTERM} ---",
        "7 <... fsync resumed>) = 0",
        "7 +++ exited with 0 +++",
      ].join("\n"),
    );
    expect(calls.map(({ name, begin, end, result }) => [name, begin, end, result])).toEqual([
      ["fsync", 0, 3, 0],
      ["write", 1, 1, 1],
    ]);
  });

  test("a call that never returned has no result and no end", () => {
    const calls = parseTrace(`7 fsync(3<${file}> <unfinished ...>\n8 fsync(3<${file}>) = ?\n`);
    expect(calls.map(({ result, end }) => [result, end])).toEqual([
      [undefined, Number.POSITIVE_INFINITY],
      [undefined, 1],
    ]);
  });

  test("a file that was deleted is another one than its path says", () => {
    expect(parseTrace(`7 fsync(3<${file}>(deleted)) = 0`)[0]?.target).toBe("/data/log.db-wal(deleted)");
  });
});
