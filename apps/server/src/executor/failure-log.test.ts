import { expect, test } from "bun:test";
import { StoreError } from "../store/store-error.ts";
import { failureLog } from "./failure-log.ts";

test("the host is told why commands fail, the same reason once a minute", () => {
  let now = 0;
  const told: unknown[] = [];
  const report = failureLog({ elapsed: () => now }, (reason) => told.push(reason));
  const fault = new Error("A fault.");
  for (const at of [0, 1_000, 59_000, 61_000]) {
    now = at;
    report(fault);
  }
  expect(told).toEqual([fault, fault]);
  report(new StoreError("full", "database or disk is full"));
  expect(told[2]).toStartWith("The disk is full: ");
});
