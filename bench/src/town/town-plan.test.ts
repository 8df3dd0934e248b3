import { expect, test } from "bun:test";
import { SeededRandom } from "@parley/simulation";
import { conversationsPerAccount, planTown } from "./town-plan.ts";

const random = new SeededRandom("town");

test("everybody is a member of exactly twenty conversations", () => {
  expect(conversationsPerAccount).toBe(20);
  for (const accounts of [26, 100, 1_002]) {
    const count = new Map<number, number>();
    for (const { members } of planTown(accounts, random)) {
      expect(new Set(members).size).toBe(members.length);
      expect(members.length).toBeGreaterThan(1);
      for (const member of members) count.set(member, (count.get(member) ?? 0) + 1);
    }
    expect(count.size).toBe(accounts);
    expect(new Set(count.values())).toEqual(new Set([20]));
  }
});

test("no two directs have the same pair", () => {
  const directs = planTown(100, random).filter(({ kind }) => kind === "direct");
  const keys = directs.map(({ members }) => [...members].sort((one, other) => one - other).join("-"));
  expect(new Set(keys).size).toBe(directs.length);
});

test("one conversation in twenty changes", () => {
  const planned = planTown(1_000, random);
  const share = planned.filter(({ changes }) => changes).length / planned.length;
  expect(share).toBeGreaterThan(0.04);
  expect(share).toBeLessThan(0.06);
});

test("a number of accounts that does not fit is refused", () => {
  expect(() => planTown(101, random)).toThrow(RangeError);
  expect(() => planTown(24, random)).toThrow(RangeError);
});
