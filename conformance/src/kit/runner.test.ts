import { expect, test } from "bun:test";
import type { ConformanceCase } from "./conformance-case.ts";
import { runCases } from "./runner.ts";

const nowhere = "http://127.0.0.1:9";
const fine: ConformanceCase = { title: "fine", run: async () => undefined };
const broken: ConformanceCase = {
  title: "broken",
  run: async () => {
    throw new Error("It was not\nas it should be.");
  },
};

test("every case runs in every encoding, failures are counted and explained", async () => {
  const lines: string[] = [];
  const tally = await runCases([fine, broken], {
    url: nowhere,
    encodings: ["proto", "json"],
    print: (line) => lines.push(line),
  });
  expect(tally).toMatchObject({ passed: 2, failed: 2, accounts: 0 });
  expect(lines.filter((line) => line.startsWith("✗"))).toHaveLength(2);
  expect(lines.filter((line) => line === "    It was not\n    as it should be.")).toHaveLength(2);
});

test("a case may ask for one encoding, and for being alone", async () => {
  const order: string[] = [];
  const noted = (name: string, settings: Partial<ConformanceCase>): ConformanceCase => ({
    title: name,
    run: async ({ encoding }) => {
      order.push(`${name} begins in ${encoding}`);
      await Bun.sleep(5);
      order.push(`${name} ends`);
    },
    ...settings,
  });
  const cases = [noted("crowd", { alone: true }), noted("text", { only: "json" })];
  await runCases(cases, { url: nowhere, encodings: ["proto", "json"], print: () => undefined });
  expect(order).toEqual([
    ...["text begins in json", "text ends"],
    ...["crowd begins in proto", "crowd ends"],
    ...["crowd begins in json", "crowd ends"],
  ]);
});

test("a server that is not there fails every case that needs it", async () => {
  const needing: ConformanceCase = { title: "people", run: async (session) => void (await session.person()) };
  const tally = await runCases([needing], { url: nowhere, encodings: ["json"], print: () => undefined });
  expect(tally).toMatchObject({ passed: 0, failed: 1 });
});
