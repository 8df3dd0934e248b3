import type { MessageInitShape } from "@bufbuild/protobuf";
import { AccountService, ProblemCode, type Session, type SignUpRequestSchema } from "@parley/protocol";
import type { Caller } from "./caller.ts";
import { freshId, freshUserName } from "./ids.ts";
import type { Person } from "./person.ts";

/** How long a sign-up may be put off, and how often. */
const PATIENCE_MS = 15_000;
const ATTEMPTS = 8;

/** Sign-ups are dear: a password is hashed for each, and an address may make only so many. So people go from case to case. */
export class Pool {
  readonly #caller: Caller;
  readonly #free: Person[] = [];
  #made = 0;

  /** @param caller without a session */
  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** How many accounts the kit has made. */
  get made(): number {
    return this.#made;
  }

  /** Somebody whom no running case knows, perhaps with conversations of earlier cases. */
  async lend(): Promise<Person> {
    return this.#free.shift() ?? this.make();
  }

  /** Somebody to whom nothing has happened yet. */
  async make(): Promise<Person> {
    const userName = freshUserName();
    const displayName = `Conformance ${userName.slice(-8)}`;
    const password = freshId();
    const { profile, token } = await this.#signUp({ userName, displayName, password });
    this.#made++;
    return { account: profile?.account ?? "", userName, displayName, password, seat: { token, device: freshId() } };
  }

  /** Somebody comes back from a case, with their first session and its device as they were. */
  giveBack(person: Person): void {
    this.#free.push(person);
  }

  /** An address that has made many accounts waits for its next. */
  async #signUp(input: MessageInitShape<typeof SignUpRequestSchema>): Promise<Session> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#caller.outcome(AccountService.method.signUp, input);
      if (outcome.ok) return outcome.value;
      const { code = 0, retryAfterMs = 0, reason = "" } = outcome.problem ?? {};
      const worthWaiting = code === ProblemCode.RATE_LIMITED && retryAfterMs <= PATIENCE_MS && attempt <= ATTEMPTS;
      if (!worthWaiting) throw new Error(`No account can be made: ${outcome.status} ${reason}`);
      await Bun.sleep(retryAfterMs);
    }
  }
}
