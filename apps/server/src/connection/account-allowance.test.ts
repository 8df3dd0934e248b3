import { describe, expect, test } from "bun:test";
import { ManualClock } from "../testing/manual-clock.ts";
import { AccountAllowance, AccountAllowances } from "./account-allowance.ts";

const limits = {
  socketsPerAccount: 3,
  openings: { burst: 4, refillMs: 100 },
  kibibytes: { burst: 8, refillMs: 10 },
  lookUps: { burst: 2, refillMs: 500 },
};

describe("what an account may do", () => {
  test("so many sockets at once, whatever came and went", () => {
    const allowance = new AccountAllowance(limits, new ManualClock());
    expect([1, 2, 3].map(() => allowance.enter(0))).toEqual([0, 0, 0]);
    expect(allowance.enter(0)).toBeGreaterThan(0);
    allowance.leave();
    expect(allowance.enter(0)).toBe(0);
  });

  test("so many openings, then one after the other", () => {
    const allowance = new AccountAllowance(limits, new ManualClock());
    for (let index = 0; index < 4; index++) {
      expect(allowance.enter(0)).toBe(0);
      allowance.leave();
    }
    expect(allowance.enter(0)).toBe(100);
    expect(allowance.enter(100)).toBe(0);
  });

  test("so many bytes, on all its sockets together", () => {
    const allowance = new AccountAllowance(limits, new ManualClock());
    expect(allowance.takeBytes(6 * 1024, 0)).toBe(true);
    expect(allowance.takeBytes(3 * 1024, 0)).toBe(false);
    expect(allowance.takeBytes(2 * 1024, 0)).toBe(true);
    expect(allowance.takeBytes(1, 0)).toBe(false);
    expect(allowance.takeBytes(1024, 10)).toBe(true);
    allowance.giveBack(3 * 1024, 10);
    expect(allowance.takeBytes(3 * 1024, 10)).toBe(true);
    expect(allowance.takeBytes(1, 10)).toBe(false);
  });

  test("an account that comes again has what it had, and one at rest is forgotten", () => {
    const allowances = new AccountAllowances(limits, new ManualClock());
    const one = allowances.of("one");
    expect(one.takeBytes(8 * 1024, 0)).toBe(true);
    expect(allowances.of("one")).toBe(one);
    expect(one.atRest(79)).toBe(false);
    expect(one.atRest(80)).toBe(true);
  });
});
