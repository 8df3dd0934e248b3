import { afterBlocked, type HiddenRuns, noHiddenRuns, type Range, whileBlocked } from "@parley/log";
import type { AccountEvent, BlockedSet, Entry } from "@parley/protocol";

interface Step {
  readonly seq: number;
  readonly id: string;
  readonly set: BlockedSet;
}

interface Left extends Range {
  /** Of the event that ended the block. */
  readonly seq: number;
}

/** Whom accounts block, as their logs say: where a block begins and ends is known there alone. */
export class BlockLedger {
  /** By account that ever wanted to block somebody. */
  readonly #steps = new Map<string, readonly Step[]>();
  /** Whom each ever blocked, as also devices may know that were told before a backup was copied back. */
  readonly #ever = new Map<string, Set<string>>();

  /** The account wants to block somebody, or no more: its log is to be followed. */
  expect(account: string): void {
    if (!this.#steps.has(account)) this.#steps.set(account, []);
  }

  get accounts(): readonly string[] {
    return [...this.#steps.keys()];
  }

  /** All that its log holds. */
  take(account: string, events: readonly AccountEvent[]): void {
    const steps = events.flatMap(({ seq, id, body }) =>
      body.case === "blockedSet" ? [{ seq, id, set: body.value }] : [],
    );
    this.#steps.set(account, steps);
    const ever = this.#ever.get(account) ?? new Set();
    for (const { set } of steps) ever.add(set.account);
    this.#ever.set(account, ever);
  }

  /** Whom an account blocks, and since which place, as of a seq of its log. */
  blockedBy(account: string, asOf = Number.POSITIVE_INFINITY): ReadonlyMap<string, BlockedSet> {
    const blocked = new Map<string, BlockedSet>();
    for (const { set } of this.#until(account, asOf)) {
      if (set.blocked) blocked.set(set.account, set);
      else blocked.delete(set.account);
    }
    return blocked;
  }

  /** Whether an account is shown a message folded. */
  folds(account: string, { author, conversation, contentRev, body }: Entry): boolean {
    const set = this.blockedBy(account).get(author);
    if (set === undefined || body.case !== "message") return false;
    return set.conversation !== conversation || contentRev > set.seq;
  }

  /** The last entry of a direct conversation before its other member was blocked; undefined where nobody is. */
  cutOf(account: string, conversation: string): number | undefined {
    return [...this.blockedBy(account).values()].find((set) => set.conversation === conversation)?.ordinal;
  }

  /** Whether it ever blocked the other member of a direct conversation. */
  everCut(account: string, conversation: string): boolean {
    return this.#until(account, Number.POSITIVE_INFINITY).some(({ set }) => set.conversation === conversation);
  }

  /** Whom it ever blocked. */
  everBlockedBy(account: string): ReadonlySet<string> {
    return this.#ever.get(account) ?? new Set();
  }

  /** What blocks that are over have left hidden in a direct conversation, in the order in which they ended. */
  leftIn(account: string, conversation: string, asOf = Number.POSITIVE_INFINITY): readonly Left[] {
    return this.#until(account, asOf).flatMap(({ seq, set: { conversation: direct, hidden } }) =>
      direct === conversation && hidden !== undefined ? [{ ...hidden, seq }] : [],
    );
  }

  /** That, and what one hides there now. */
  hiddenIn(account: string, conversation: string, asOf = Number.POSITIVE_INFINITY): HiddenRuns {
    const left = this.leftIn(account, conversation, asOf).reduce(afterBlocked, noHiddenRuns);
    const open = [...this.blockedBy(account, asOf).values()].find((set) => set.conversation === conversation);
    return open === undefined ? left : whileBlocked(left, open);
  }

  #until(account: string, asOf: number): readonly Step[] {
    return (this.#steps.get(account) ?? []).filter(({ seq }) => seq <= asOf);
  }
}
