import { describe, expect, test } from "bun:test";
import { parseSync } from "oxc-parser";
import { impurities } from "./impurities.ts";

function found(text: string): string[] {
  return impurities(parseSync("example.ts", text).program);
}

describe("impurities", () => {
  test.each([
    ["const t = Date.now();", "Date.now"],
    ["const t = new Date();", "new Date()"],
    ["const n = Math.random();", "Math.random"],
    ["setTimeout(() => {}, 5);", "setTimeout"],
    ["const id = crypto.randomUUID();", "crypto"],
    ["export const f = () => globalThis.fetch;", "globalThis"],
    ["const o = { now: performance.now() };", "performance"],
  ])("%s", (text, name) => {
    expect(found(text)).toEqual([name]);
  });

  test.each([
    ["a time that was given", "export const f = (now: number) => new Date(now).getTime();"],
    ["a method of a port with such a name", "export const f = (clock: Clock) => clock.setTimeout(5);"],
    ["a key with such a name", "export const o = { process: 1, window: 2 };"],
    ["a parameter with such a name", "export function f(window: number) { return window + 1; }"],
    ["a comment", "// Date.now() and setTimeout are for ports\nexport const x = 1;"],
    ["pure functions of Math", "export const m = Math.max(1, 2);"],
  ])("not %s", (_what, text) => {
    expect(found(text)).toEqual([]);
  });
});
