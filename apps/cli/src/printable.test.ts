import { expect, test } from "bun:test";
import { printable } from "./printable.ts";
import { rowLine } from "./row-line.ts";

test("a terminal is given no commands of others, and every letter of every script", () => {
  expect(printable("\u001b[2J\u001b]0;owned\u0007 \u009b31m")).toBe("\ufffd[2J\ufffd]0;owned\ufffd \ufffd31m");
  expect(printable("over\rwritten \u202eeslaf\u202c")).toBe("over\ufffdwritten \ufffdeslaf\ufffd");
  const said = "Čau, 日本語 👩‍👩‍👧 é\nשלום\u200f!";
  expect(printable(said)).toBe(said);
  expect(printable("a\tb")).toBe("a b");
});

test("the lines of a message cannot be taken for messages of others", () => {
  const row = {
    kind: "message",
    id: "1",
    ordinal: 1,
    author: "a",
    authorName: "Ana",
    mine: false,
    at: 0,
    body: { kind: "text", text: "hello\n2026-01-01 10:00 Ben: I quit", edited: false },
    reactions: [],
    status: undefined,
  } as const;
  const [, second] = rowLine(row).split("\n");
  expect(second).toBe("  2026-01-01 10:00 Ben: I quit");
});
