import type { Presence, Privacy, Profile } from "@parley/protocol";

/** An account as the hub knows it: one object for each, however many rooms it has a seat in. */
export class Person {
  readonly account: string;
  /** Undefined until it was needed. */
  profile: Profile | undefined;
  /** Grows with everything that may change its attendance: what was read before does not count after. */
  moves = 0;
  /** What it keeps to itself; undefined until it was read. */
  privacy: Privacy | undefined;
  /** Whom it blocks; undefined for nobody, or while that was not needed. */
  blocked: ReadonlySet<string> | undefined;
  /** What others are told of its being there, ready to be sent; undefined while nobody was told. */
  presence: Presence | undefined;
  /** When it was there last, while it is not; undefined until that was read. */
  lastSeen: number | undefined;
  /** Which arrival of all arrivals its last one was. */
  arrival = 0;
  /** Stops the announcement that it has gone. */
  cancelLeaving: (() => void) | undefined;

  constructor(account: string) {
    this.account = account;
  }

  /** Whether it is not told what others have read. */
  get blind(): boolean {
    return this.privacy?.hidesReads === true;
  }

  /** Whether others are not told that it is there, nor it that they are. */
  get hidden(): boolean {
    return this.privacy?.hidesPresence === true;
  }

  /** Whether it counts and hears nothing of somebody. */
  blocks(account: string): boolean {
    return this.blocked?.has(account) === true;
  }

  /** Whom it blocks now. Most people nobody. */
  learnBlocked(accounts: readonly string[]): void {
    this.blocked = accounts.length === 0 && this.blocked === undefined ? undefined : new Set(accounts);
  }

  /** Takes in what was read or changed; what is older changes nothing. */
  learnPrivacy(privacy: Privacy): void {
    if (privacy.rev >= (this.privacy?.rev ?? 0)) this.privacy = privacy;
  }

  /** Takes in a profile; an older one changes nothing. */
  learn(profile: Profile): void {
    if (profile.rev > (this.profile?.rev ?? 0)) this.profile = profile;
  }
}

/** Whether neither of two people is told that the other one types, or is there. */
export function areApart(one: Person, other: Person): boolean {
  return one.blocks(other.account) || other.blocks(one.account);
}
