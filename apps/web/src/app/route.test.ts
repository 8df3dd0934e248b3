import { expect, test } from "bun:test";
import { formatRoute, parseRoute } from "./route.ts";

test("an address names a conversation and comes back as itself", () => {
  const id = "0190a2b4-77aa-7c11-8a01-0242ac120002";
  expect(parseRoute(formatRoute({ conversation: id }))).toEqual({ conversation: id });
  const thread = "0190a2b4-77aa-7c11-8a01-0242ac120003";
  expect(parseRoute(formatRoute({ conversation: id, thread }))).toEqual({ conversation: id, thread });
  expect(parseRoute(formatRoute({ conversation: undefined }))).toEqual({ conversation: undefined });
});

test("an address that is none leads to the list", () => {
  for (const hash of ["", "#", "#/c/", "#/c/../../x", "#/settings"]) {
    expect(parseRoute(hash)).toEqual({ conversation: undefined });
  }
});
