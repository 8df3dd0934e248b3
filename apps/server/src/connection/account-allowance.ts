import { type Bucket, fullBucket, isFull, returnToken, takeToken, waitForToken } from "../limits/token-bucket.ts";
import type { Clock } from "./clock.ts";
import type { ConnectionLimits } from "./connection-limits.ts";

type Limits = Pick<ConnectionLimits, "socketsPerAccount" | "openings" | "kibibytes" | "lookUps">;

const KIBIBYTE = 1024;
/** When a socket that is one too many may be tried again: by then others may have been closed. */
const CROWDED_RETRY_MS = 5_000;
/** Above this number of accounts those at rest are forgotten. */
const REMEMBERED_ACCOUNTS = 10_000;

/** What the sockets of one account may do together, so that nobody takes from others by opening more of them. */
export class AccountAllowance {
  readonly #limits: Limits;
  #openings: Bucket;
  #kibibytes: Bucket;
  #lookUps: Bucket;
  #sockets = 0;

  constructor(limits: Limits, clock: Clock) {
    const now = clock.elapsed();
    this.#limits = limits;
    this.#openings = fullBucket(limits.openings, now);
    this.#kibibytes = fullBucket(limits.kibibytes, now);
    this.#lookUps = fullBucket(limits.lookUps, now);
  }

  /** Lets another socket in. 0, or after how many milliseconds it may come again; only one that was let in leaves. */
  enter(now: number): number {
    const { openings, socketsPerAccount } = this.#limits;
    if (this.#sockets >= socketsPerAccount) return CROWDED_RETRY_MS;
    const left = takeToken(openings, this.#openings, now);
    if (left === undefined) return waitForToken(openings, this.#openings, now);
    this.#openings = left;
    this.#sockets++;
    return 0;
  }

  leave(): void {
    this.#sockets--;
  }

  /** Whether a message of so many bytes may still be read. */
  takeBytes(bytes: number, now: number): boolean {
    const left = takeToken(this.#limits.kibibytes, this.#kibibytes, now, bytes / KIBIBYTE);
    if (left !== undefined) this.#kibibytes = left;
    return left !== undefined;
  }

  /** Looks up what a link leads to: 0, or after how many milliseconds that is allowed. */
  lookUp(now: number): number {
    const { lookUps } = this.#limits;
    const left = takeToken(lookUps, this.#lookUps, now);
    if (left === undefined) return waitForToken(lookUps, this.#lookUps, now);
    this.#lookUps = left;
    return 0;
  }

  /** What was read was of use, and does not count. */
  giveBack(bytes: number, now: number): void {
    this.#kibibytes = returnToken(this.#limits.kibibytes, this.#kibibytes, now, bytes / KIBIBYTE);
  }

  /** Whether it is as good as new, so that it need not be remembered. */
  atRest(now: number): boolean {
    const { openings, kibibytes, lookUps } = this.#limits;
    if (this.#sockets > 0 || !isFull(lookUps, this.#lookUps, now)) return false;
    return isFull(openings, this.#openings, now) && isFull(kibibytes, this.#kibibytes, now);
  }
}

/** The allowances of all accounts that are or were connected a moment ago. */
export class AccountAllowances {
  readonly #limits: Limits;
  readonly #clock: Clock;
  readonly #byAccount = new Map<string, AccountAllowance>();
  /** Grows with what is left after forgetting, so that a crowd does not make every socket look at everybody. */
  #forgetFrom = REMEMBERED_ACCOUNTS;

  constructor(limits: Limits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  of(account: string): AccountAllowance {
    const known = this.#byAccount.get(account);
    if (known !== undefined) return known;
    if (this.#byAccount.size >= this.#forgetFrom) this.#forget(this.#clock.elapsed());
    const allowance = new AccountAllowance(this.#limits, this.#clock);
    this.#byAccount.set(account, allowance);
    return allowance;
  }

  #forget(now: number): void {
    for (const [account, allowance] of this.#byAccount) {
      if (allowance.atRest(now)) this.#byAccount.delete(account);
    }
    this.#forgetFrom = Math.max(REMEMBERED_ACCOUNTS, 2 * this.#byAccount.size);
  }
}
