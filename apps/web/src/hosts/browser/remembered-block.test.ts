import { expect, test } from "bun:test";
import { RememberedBlock } from "./remembered-block.ts";

test("[CON5] where nothing can be kept, what was found out holds for as long as this runs", () => {
  expect("indexedDB" in globalThis).toBe(false);
  const memory = new RememberedBlock();
  memory.keep(5);
  expect(memory.recall()).toBe(5);
  memory.keep(0);
  expect(memory.recall()).toBe(0);
});
