import { describe, expect, test } from "bun:test";
import { formatEngineName } from "../hosts/election/engine-name.ts";
import { claimAccount } from "../hosts/engine-side/claim-account.ts";
import { MemoryLocks } from "../hosts/test-support/memory-locks.ts";
import { AccountVacancy } from "./account-vacancy.ts";

const account = "018f0000-0000-7000-8000-00000000000a";
const engine = formatEngineName({ account, number: 3, version: "shared-worker /worker.js" });

function held(client: LockManager, name: string): Promise<() => void> {
  return new Promise((holds) => {
    void client.request(name, () => new Promise<void>((release) => holds(release)));
  });
}

describe("[FLU1] the place of the account's engine", () => {
  test("is filled while nobody has it, by one at a time", async () => {
    const locks = new MemoryLocks();
    const vacancy = new AccountVacancy(locks.client(), account);
    const inner = await vacancy.fill(async () => [
      await new AccountVacancy(locks.client(), account).fill(async () => 1),
    ]);
    expect(inner).toEqual([undefined]);
    expect(await vacancy.fill(async () => 2)).toBe(2);
  });

  test.each([
    ["the lock of an engine side", engine],
    ["the owner's lock", `parley-owner-${account}`],
  ])("is not filled while somebody holds %s, and can be waited for", async (_, name) => {
    const locks = new MemoryLocks();
    const release = await held(locks.client(), name);
    const vacancy = new AccountVacancy(locks.client(), account);
    expect(await vacancy.fill(async () => 1)).toBeUndefined();
    expect(await vacancy.wait(AbortSignal.timeout(1))).toBe(false);
    const waiting = vacancy.wait(new AbortController().signal);
    release();
    expect(await waiting).toBe(true);
    expect(await vacancy.fill(async () => 1)).toBe(1);
  });

  test("is not that of another account", async () => {
    const locks = new MemoryLocks();
    await held(locks.client(), engine.replace(account, "018f0000-0000-7000-8000-00000000000b"));
    expect(await new AccountVacancy(locks.client(), account).fill(async () => 1)).toBe(1);
  });

  test("is taken by an engine that begins, without waiting for the work", async () => {
    const locks = new MemoryLocks();
    const work = Promise.withResolvers<number>();
    const filled = new AccountVacancy(locks.client(), account).fill(() => work.promise);
    await Bun.sleep(0);
    claimAccount(locks.client(), account, () => undefined);
    expect(await filled).toBeUndefined();
    work.resolve(1);
  });
});
