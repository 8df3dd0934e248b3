import { expect, test } from "bun:test";
import { pageLock, versionOfPageLock } from "./page-lock.ts";

test("a page's lock names its version, and other locks name none", () => {
  expect(versionOfPageLock(pageLock("b2"))).toBe("b2");
  expect(versionOfPageLock("parley-tab-0190")).toBeUndefined();
});
