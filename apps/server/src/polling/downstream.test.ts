import { expect, test } from "bun:test";
import fc from "fast-check";
import { Downstream } from "./downstream.ts";

const KIB = 1024;

test("[POLL4] a batch is given again until the next is asked for, and then no more", () => {
  const downstream = new Downstream();
  downstream.push("one");
  expect(downstream.take(1)?.frames).toEqual(["one"]);
  downstream.push("two");
  expect(downstream.take(1)?.frames).toEqual(["one"]);
  expect(downstream.bytes).toBe(6);
  expect([0, 1, 2, 3].map((number) => downstream.has(number))).toEqual([false, true, true, false]);
  expect(downstream.take(2)?.frames).toEqual(["two"]);
  expect([1, 2, 3, 4].map((number) => downstream.has(number))).toEqual([false, true, true, false]);
});

test("to ask for what is not there yet acknowledges what came before, and can be asked again", () => {
  const downstream = new Downstream();
  downstream.push("one");
  downstream.take(1);
  expect(downstream.take(2)).toBeUndefined();
  expect(downstream.bytes).toBe(0);
  expect([1, 2, 3].map((number) => downstream.has(number))).toEqual([false, true, false]);
  downstream.push("two");
  expect(downstream.take(2)?.frames).toEqual(["two"]);
});

test("a batch takes frames up to a size, and one that is larger goes alone", () => {
  const downstream = new Downstream();
  const sizes = [100, 150, 10, 600, 1, 1].map((kib) => kib * KIB);
  for (const size of sizes) downstream.push(new Uint8Array(size));
  const batches = [1, 2, 3, 4].map((number) => downstream.take(number)?.frames.map(({ length }) => length / KIB));
  expect(batches).toEqual([[100, 150], [10], [600], [1, 1]]);
});

test("of a crowd that is dropped the last frame is left", () => {
  const downstream = new Downstream();
  for (const frame of ["one", "two", "goodbye"]) downstream.push(frame);
  downstream.keepLast();
  expect(downstream.bytes).toBe(7);
  expect(downstream.take(1)?.frames).toEqual(["goodbye"]);
});

test("however answers are lost, every frame arrives once and in order", () => {
  const steps = fc.array(fc.constantFrom("push", "ask", "lose"), { maxLength: 200 });
  fc.assert(
    fc.property(steps, (sequence) => {
      const downstream = new Downstream();
      let [pushed, wanted] = [0, 1];
      const arrived: unknown[] = [];
      const ask = (lost: boolean) => {
        const batch = downstream.take(wanted);
        if (batch === undefined || lost) return;
        arrived.push(...batch.frames);
        wanted++;
      };
      for (const step of sequence) {
        if (step === "push") downstream.push(String(++pushed));
        else ask(step === "lose");
      }
      while (downstream.bytes > 0) ask(false);
      expect(arrived).toEqual(Array.from({ length: pushed }, (_, index) => String(index + 1)));
    }),
  );
});
