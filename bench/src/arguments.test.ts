import { expect, test } from "bun:test";
import { readArguments } from "./arguments.ts";

test("everything is measured three times unless less is asked for", () => {
  expect(readArguments([])).toEqual({ only: [], quick: false, runs: 3, slowDisk: true, to: undefined });
  expect(readArguments(["--quick"])).toMatchObject({ quick: true, runs: 1 });
  expect(readArguments(["--runs", "5", "--quick"])).toMatchObject({ quick: true, runs: 5 });
  expect(readArguments(["--to", "here"])).toMatchObject({ to: "here", runs: 3 });
  expect(readArguments(["--only", "fan-out,durable", "--no-slow-disk"])).toMatchObject({
    only: ["fan-out", "durable"],
    slowDisk: false,
  });
});

test("what cannot be meant is said", () => {
  expect(readArguments(["--runs"])).toContain("--runs");
  expect(readArguments(["--runs", "0"])).toContain("--runs");
  expect(readArguments(["--to"])).toContain("--to");
  expect(readArguments(["--fast"])).toBe("There is no option --fast.");
});
