import { describe, expect, test } from "bun:test";
import { committed } from "./committed.ts";

/** A transaction that ends as it is told. */
function transaction() {
  const { promise: done, resolve, reject } = Promise.withResolvers<void>();
  const ending = {
    done,
    error: null as DOMException | null,
    aborted: false,
    abort: () => {
      ending.aborted = true;
    },
  };
  const fail = (error: DOMException) => {
    ending.error = error;
    reject(error);
  };
  return { ending, succeed: resolve, fail };
}

const never = new Promise<void>(() => undefined);

describe("[STO9] what waits for a transaction", () => {
  test("goes on when it is committed, and not before", async () => {
    const { ending, succeed } = transaction();
    let over = false;
    const waiting = committed(ending, async () => undefined).then(() => {
      over = true;
    });
    await Bun.sleep(1);
    expect(over).toBe(false);
    succeed();
    await waiting;
  });

  test("learns why it ended, also if its requests are never answered", async () => {
    const { ending, fail } = transaction();
    const full = new DOMException("no room", "QuotaExceededError");
    const waiting = committed(ending, () => never).catch((thrown: unknown) => thrown);
    fail(full);
    expect(await waiting).toBe(full);
  });

  test("ends it itself where the work fails", async () => {
    const { ending } = transaction();
    const failure = new Error("cannot be written");
    expect(await committed(ending, () => Promise.reject(failure)).catch((thrown: unknown) => thrown)).toBe(failure);
    expect(ending.aborted).toBe(true);
  });
});
