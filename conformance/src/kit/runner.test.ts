import { expect, test } from "bun:test";
import type { ConformanceCase } from "./conformance-case.ts";
import { runCases } from "./runner.ts";
import type { Transport } from "./transport.ts";

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

test("what must pass over every transport runs once more over the second, in the encodings by turns", async () => {
  const ran: string[] = [];
  const second: Transport = { name: "second", open: () => Promise.reject(new Error("It was reached.")) };
  const linking = (name: string, settings: Partial<ConformanceCase>): ConformanceCase => ({
    title: name,
    run: async (session) => {
      const outcome = await session.connectWith("", {}).catch((error: Error) => error.message);
      ran.push(`${name} in ${session.encoding}: ${outcome === "It was reached." ? "second" : "first"}`);
    },
    ...settings,
  });
  const cases = [
    linking("one", { everyTransport: true }),
    linking("two", { everyTransport: true }),
    linking("text", { everyTransport: true, only: "json" }),
    linking("calls", {}),
  ];
  const encodings = ["proto", "json"] as const;
  await runCases(cases, { url: nowhere, encodings, print: () => undefined, secondTransport: second });
  expect(ran.filter((each) => each.endsWith("second")).sort()).toEqual([
    "one in proto: second",
    "text in json: second",
    "two in json: second",
  ]);
  expect(ran).toHaveLength(10);
});

test("a server that is not there fails every case that needs it", async () => {
  const needing: ConformanceCase = { title: "people", run: async (session) => void (await session.person()) };
  const tally = await runCases([needing], { url: nowhere, encodings: ["json"], print: () => undefined });
  expect(tally).toMatchObject({ passed: 0, failed: 1 });
});
