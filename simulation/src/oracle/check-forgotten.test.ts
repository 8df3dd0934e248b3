import { expect, test } from "bun:test";
import { checkForgotten } from "./check-forgotten.ts";
import { SampleLog } from "./sample-log.ts";

test("[LOG5] a former member that still holds what was erased is noticed, a member on its way is not", () => {
  const log = new SampleLog();
  log.begin("ada", "ben");
  log.post("ada", "one");
  log.post("ada", "two");
  log.leave("ben");
  const history = log.ledger.log(log.conversation);
  const held = history.allSeen("ben", history.head);
  const check = (viewer: string, rows = held) => checkForgotten("phone", viewer, history, rows).map(({ rule }) => rule);
  expect(check("ben")).toEqual([]);
  log.erase("ada", 3);
  expect(check("ben")).toEqual(["LOG5"]);
  expect(check("ada")).toEqual([]);
  expect(check("ben", history.allSeen("ben", history.head))).toEqual([]);
});
