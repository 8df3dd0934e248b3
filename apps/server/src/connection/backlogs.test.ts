import { expect, test } from "bun:test";
import { Backlogs } from "./backlogs.ts";

const MIB = 1024 * 1024;

function tooMuch(...behind: readonly (readonly [account: string | undefined, reader: string, bytes: number])[]) {
  const backlogs = new Backlogs<string>();
  for (const [account, reader, bytes] of behind) backlogs.add(account, reader, bytes);
  return backlogs.tooMuch();
}

test("an account may let 32 MiB wait on all its sockets together, however many", () => {
  expect(tooMuch(...Array.from({ length: 8 }, (_, index) => ["ada", `${index}`, 4 * MIB] as const))).toEqual([]);
});

test("beyond that those for whom most waits go, no more of them than have to", () => {
  const small = Array.from({ length: 30 }, (_, index) => ["ada", `small ${index}`, MIB] as const);
  expect(tooMuch(["ada", "large", 3 * MIB], ["ada", "largest", 4 * MIB], ...small)).toEqual(["largest", "large"]);
});

test("what is on its way does not count, nor what waits for others", () => {
  const onTheirWay = Array.from({ length: 2_000 }, (_, index) => ["ada", `${index}`, 60_000] as const);
  expect(tooMuch(["ada", "slow", 4 * MIB], ["ben", "slow too", 30 * MIB], ...onTheirWay)).toEqual([]);
  expect(tooMuch([undefined, "nobody", 100 * MIB])).toEqual([]);
});
