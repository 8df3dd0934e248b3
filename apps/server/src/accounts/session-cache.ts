import type { Stopwatch } from "../limits/stopwatch.ts";
import type { SignedIn } from "./signed-in.ts";

const KEPT_MS = 30_000;
const SESSIONS = 10_000;

/** Sessions that were looked up a moment ago, so that a burst of calls asks the database once. An ended session is forgotten at once. */
export class SessionCache {
  readonly #stopwatch: Stopwatch;
  readonly #kept = new Map<string, { readonly signedIn: SignedIn; readonly until: number }>();
  /** Grows whenever a session ends: what was looked up before does not count after. */
  #endings = 0;

  constructor(stopwatch: Stopwatch) {
    this.#stopwatch = stopwatch;
  }

  /** @param credential what the caller showed */
  async get(credential: string, lookUp: () => Promise<SignedIn | undefined>): Promise<SignedIn | undefined> {
    const now = this.#stopwatch.elapsed();
    const kept = this.#kept.get(credential);
    if (kept !== undefined && kept.until > now) return kept.signedIn;
    const endings = this.#endings;
    const signedIn = await lookUp();
    this.#kept.delete(credential);
    if (signedIn === undefined) return undefined;
    if (endings !== this.#endings) return this.get(credential, lookUp);
    this.#makeRoom();
    this.#kept.set(credential, { signedIn, until: now + KEPT_MS });
    return signedIn;
  }

  forget(session: string): void {
    this.#endings++;
    for (const [credential, { signedIn }] of this.#kept) {
      if (signedIn.session === session) this.#kept.delete(credential);
    }
  }

  /** The oldest goes first. */
  #makeRoom(): void {
    const oldest = this.#kept.keys().next();
    if (this.#kept.size >= SESSIONS && oldest.value !== undefined) this.#kept.delete(oldest.value);
  }
}
