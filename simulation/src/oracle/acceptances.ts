import { type AccountEvent, RequestAnswer } from "@parley/protocol";

/** Which message requests accounts accepted by their own logs, and when. */
export class Acceptances {
  /** By account that ever answered one: the seq of its log, by conversation. */
  readonly #accepted = new Map<string, ReadonlyMap<string, number>>();

  /** The account wants to answer a request: its log is to be followed. */
  expect(account: string): void {
    if (!this.#accepted.has(account)) this.#accepted.set(account, new Map());
  }

  get accounts(): readonly string[] {
    return [...this.#accepted.keys()];
  }

  /** All that its log holds. */
  take(account: string, events: readonly AccountEvent[]): void {
    if (!this.#accepted.has(account)) return;
    const accepted = events.flatMap(({ seq, body }): [string, number][] => {
      if (body.case !== "preferenceSet") return [];
      const { conversation, setting } = body.value;
      return setting.case === "requestAnswer" && setting.value === RequestAnswer.ACCEPTED ? [[conversation, seq]] : [];
    });
    this.#accepted.set(account, new Map(accepted));
  }

  /** Whether an account had accepted a request as of a seq of its log. */
  has(account: string, conversation: string, asOf: number): boolean {
    return (this.#accepted.get(account)?.get(conversation) ?? Number.POSITIVE_INFINITY) <= asOf;
  }
}
