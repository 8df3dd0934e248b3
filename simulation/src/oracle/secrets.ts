import type { Privacy } from "@parley/protocol";

type Secret = "hidesReads" | "hidesPresence";
/** What somebody asks to be changed of it. */
export type PrivacyChange = { readonly [secret in Secret]: boolean | undefined };

/** A choice on its way to the store. */
interface Choice {
  /** It is stored, and whoever tells others knows of it. */
  made(privacy: Privacy): void;
  /** Nothing more comes of it. */
  over(): void;
}

/** A mark on its way to the store. */
interface Reading {
  readonly account: string;
  readonly conversation: string;
  /** Whether its account has hidden what it reads all the time since it came. */
  hidden: boolean;
}

const key = (account: string, conversation: string) => `${account} ${conversation}`;
const changesTo = (change: PrivacyChange, secret: Secret, value: boolean) => change[secret] === value;

/**
 * What accounts keep to themselves, and so the most that others may be told of what they read. While a choice is under way it counts as the one that allows
 * more: nobody can say what was first.
 */
export class Secrets {
  readonly #kept = new Map<string, Privacy>();
  readonly #choices = new Map<string, Set<PrivacyChange>>();
  /** How far others may be told that an account has read in a conversation. */
  readonly #tellable = new Map<string, number>();
  /** What was under way when a server died stays until the next one begins: it may have been stored. */
  readonly #readings = new Set<Reading>();

  get accounts(): Iterable<string> {
    return this.#kept.keys();
  }

  hides(account: string, secret: Secret): boolean {
    const underWay = [...(this.#choices.get(account) ?? [])].some((change) => changesTo(change, secret, false));
    return this.#kept.get(account)?.[secret] === true && !underWay;
  }

  tellable(account: string, conversation: string): number {
    return this.#tellable.get(key(account, conversation)) ?? 0;
  }

  choose(account: string, change: PrivacyChange): Choice {
    const choices = this.#choices.get(account) ?? new Set();
    this.#choices.set(account, choices.add(change));
    if (changesTo(change, "hidesReads", false)) this.#endHiding(account);
    return {
      made: (privacy) => this.#keep(account, privacy),
      over: () => choices.delete(change),
    };
  }

  /** A mark comes. The answer takes in what the server made of it; undefined if nothing. */
  mark(account: string, conversation: string): (read: number | undefined) => void {
    const reading: Reading = { account, conversation, hidden: this.hides(account, "hidesReads") };
    this.#readings.add(reading);
    return (read) => {
      this.#readings.delete(reading);
      if (read !== undefined && !reading.hidden) this.tell(account, conversation, read);
    };
  }

  /** A server starts with this; a choice that was under way is over. */
  begin(account: string, privacy: Privacy): void {
    this.#choices.delete(account);
    this.#kept.set(account, privacy);
    if (!privacy.hidesReads) this.#endHiding(account);
  }

  /** Whether others may be told this: it was read openly, or a mark under way may have been stored already that says so. */
  mayShow(account: string, conversation: string, shown: number): boolean {
    const mayHaveBeenRead = [...this.#readings].some(
      (reading) => reading.account === account && reading.conversation === conversation && !reading.hidden,
    );
    return shown <= this.tellable(account, conversation) || mayHaveBeenRead;
  }

  /** Others may be told from now on that an account has read up to here. */
  tell(account: string, conversation: string, read: number): void {
    this.#tellable.set(key(account, conversation), Math.max(read, this.tellable(account, conversation)));
  }

  /** A server was told everything that it starts with. */
  begun(): void {
    this.#readings.clear();
  }

  /** The data was set back. */
  clear(): void {
    this.#kept.clear();
    this.#choices.clear();
    this.#tellable.clear();
    this.begun();
  }

  #keep(account: string, privacy: Privacy): void {
    if (privacy.rev < (this.#kept.get(account)?.rev ?? 0)) return;
    this.#kept.set(account, privacy);
    if (!privacy.hidesReads) this.#endHiding(account);
  }

  #endHiding(account: string): void {
    for (const reading of this.#readings) if (reading.account === account) reading.hidden = false;
  }
}
