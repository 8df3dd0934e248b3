import type { Vacancy } from "@parley/client";
import { parseEngineName } from "../hosts/election/engine-name.ts";
import { ownerLock } from "../hosts/engine-side/claim-account.ts";

/**
 * The place of an account's one engine, by the Web Locks of the hosts: an engine side holds the lock of its own name before it opens anything, and takes
 * the owner's lock from whoever has it, without asking.
 */
export class AccountVacancy implements Vacancy {
  readonly #locks: Pick<LockManager, "request" | "query">;
  readonly #account: string;

  constructor(locks: Pick<LockManager, "request" | "query">, account: string) {
    this.#locks = locks;
    this.#account = account;
  }

  /** Waits until no engine lives here. False if one still does when `signal` ends the waiting. */
  async wait(signal: AbortSignal): Promise<boolean> {
    const { held = [] } = await this.#locks.query();
    const lock = held.find(({ name }) => name === ownerLock(this.#account) || this.#isEngine(name))?.name;
    if (lock === undefined) return true;
    if (signal.aborted) return false;
    try {
      await this.#locks.request(lock, { mode: "shared", signal }, () => undefined);
    } catch {
      return false;
    }
    return this.wait(signal);
  }

  async fill<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await this.#locks.request(ownerLock(this.#account), { ifAvailable: true }, async (lock) => {
        if (lock === null) return undefined;
        const { held = [] } = await this.#locks.query();
        return held.some(({ name }) => this.#isEngine(name)) ? undefined : work();
      });
    } catch (thrown) {
      // An engine has begun.
      if (thrown instanceof DOMException && thrown.name === "AbortError") return undefined;
      throw thrown;
    }
  }

  #isEngine(name: string | undefined): boolean {
    return parseEngineName(name ?? "", this.#account) !== undefined;
  }
}
