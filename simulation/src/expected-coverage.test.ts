import { expect, test } from "bun:test";
import { Coverage } from "./coverage.ts";
import { faultsOfCoverage } from "./expected-coverage.ts";

test("what is expected and never happened is named, and every fault that never struck", () => {
  const coverage = new Coverage();
  coverage.add("fault of another kind", 0);
  expect(faultsOfCoverage(coverage)).toContain("leader died");
  expect(faultsOfCoverage(coverage)).toContain("fault of another kind");
  for (const name of faultsOfCoverage(coverage)) coverage.add(name);
  expect(faultsOfCoverage(coverage)).toEqual([]);
});

test("the counts of several runs are those of all of them, also where one knows more than another", () => {
  const [one, all] = [new Coverage(), new Coverage()];
  one.add("fault one", 0);
  one.add("fault two", 2);
  all.merge(one.toRecord());
  expect(all.never).toEqual(["fault one"]);
  all.merge({ "fault one": 3 });
  expect(all.never).toEqual([]);
  expect(all.total("fault ")).toBe(5);
});
