import type { Clock } from "../connection/clock.ts";

/** What a crowd may take of the event loop's time while it comes in. */
export interface DoorRules {
  /** Part of the time, on the average. */
  readonly share: number;
  /** How much of its share it may save up, in milliseconds: that much is taken in a row. */
  readonly savedMs: number;
  /** After this long nobody else comes in within the same turn of the event loop. */
  readonly turnMs: number;
  /** For how long the next one waits at most because commands are under way. */
  readonly deferenceMs: number;
  /** For how long the crowd then comes in all the same: at first, and when it is pressing. */
  readonly insistenceMs: readonly [number, number];
  /** Who waits for longer than this makes it pressing. */
  readonly patientMs: number;
  /** Who waits for as long as this makes it as pressing as can be: the crowd rests no more. */
  readonly pressingMs: number;
}

/** A device gives up after ten seconds. */
export const doorRules: DoorRules = {
  share: 0.45,
  savedMs: 2,
  turnMs: 0.5,
  deferenceMs: 20,
  insistenceMs: [1, 8],
  patientMs: 3_500,
  pressingMs: 7_000,
};

/** How soon it is looked again whether commands are still under way. */
const LOOK_AGAIN_MS = 1;

interface Waiting {
  readonly since: number;
  readonly enter: () => void;
}

/**
 * Says whose turn it is where many come at once:
 *
 *     turn ──nobody before──► in
 *       └──► waiting ──► in, for half a millisecond of each turn of the event loop, so that whatever else has arrived is served in between
 *               │ ▲
 *               ▼ │
 *              rest: commands are under way, or the crowd has taken its share of the time
 *
 * Who comes alone never waits. The longer somebody waits, the less the crowd rests.
 */
export class Doorkeeper {
  readonly #clock: Clock;
  readonly #commandsUnderWay: () => boolean;
  readonly #rules: DoorRules;
  readonly #waiting: Waiting[] = [];
  /** Whether a look is due: nobody else comes in before it, but for the next in the same turn. */
  #looking = false;
  #savedMs: number;
  #countedAt: number;
  /** Whether somebody came in since it was counted. */
  #entered = false;
  #turnBegan = Number.NEGATIVE_INFINITY;
  /** Since when commands keep the next one waiting. */
  #defersSince: number | undefined;
  #insistsUntil = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, commandsUnderWay: () => boolean, rules = doorRules) {
    this.#clock = clock;
    this.#commandsUnderWay = commandsUnderWay;
    this.#rules = rules;
    this.#savedMs = rules.savedMs;
    this.#countedAt = clock.elapsed();
  }

  /** The time elapsed, by which those who wait say when they came. */
  get now(): number {
    return this.#clock.elapsed();
  }

  /** Whether somebody waits. */
  get crowded(): boolean {
    return this.#waiting.length > 0;
  }

  /**
   * Resolves when it is the caller's turn.
   *
   * @param since when it came, by `now`
   */
  turn(since: number): Promise<void> {
    if (!this.#looking) {
      this.#count();
      if (this.#savedMs > 0) {
        this.#beginTurn();
        return Promise.resolve();
      }
      this.#lookIn(this.#restMs());
    }
    return new Promise((enter) => this.#waiting.push({ since, enter }));
  }

  /** To be called when who had a turn has done what it came for: there may be time for another one in the same turn of the loop. */
  done(): void {
    if (!this.#entered || this.#waiting.length === 0) return;
    this.#count();
    const isOver = this.#countedAt - this.#turnBegan >= this.#rules.turnMs;
    if (isOver || this.#savedMs <= 0 || this.#deferenceMs() > 0) return;
    this.#letIn();
  }

  #beginTurn(): void {
    this.#turnBegan = this.#countedAt;
    this.#entered = true;
    this.#lookIn(0);
  }

  #letIn(): void {
    this.#entered = true;
    this.#waiting.shift()?.enter();
  }

  #lookIn(ms: number): void {
    this.#looking = true;
    this.#clock.after(ms, () => this.#look());
  }

  #look(): void {
    this.#looking = false;
    this.#count();
    if (this.#waiting.length === 0) return;
    const wait = this.#savedMs > 0 ? this.#deferenceMs() : this.#restMs();
    if (wait > 0) {
      this.#lookIn(wait);
      return;
    }
    this.#beginTurn();
    this.#letIn();
  }

  /** Adds what was saved since the last time, and takes off what was used: all the time since then, if somebody came in. */
  #count(): void {
    const now = this.#clock.elapsed();
    const passed = now - this.#countedAt;
    const used = this.#entered ? passed : 0;
    this.#savedMs = Math.min(this.#rules.savedMs, this.#savedMs + passed * this.#share()) - used;
    this.#countedAt = now;
    this.#entered = false;
  }

  /** Until half of what can be saved is. */
  #restMs(): number {
    return Math.max(1, Math.ceil((this.#rules.savedMs / 2 - this.#savedMs) / this.#share()));
  }

  #deferenceMs(): number {
    const now = this.#countedAt;
    if (now < this.#insistsUntil) return 0;
    if (!this.#commandsUnderWay()) {
      this.#defersSince = undefined;
      return 0;
    }
    this.#defersSince ??= now;
    if (now - this.#defersSince < this.#rules.deferenceMs) return LOOK_AGAIN_MS;
    const [atFirst, pressed] = this.#rules.insistenceMs;
    this.#defersSince = undefined;
    this.#insistsUntil = now + atFirst + (pressed - atFirst) * this.#haste();
    return 0;
  }

  #share(): number {
    const { share } = this.#rules;
    return share + (1 - share) * this.#haste();
  }

  /** How pressing it is, 0 to 1: by who has waited longest of those whose turn is near. */
  #haste(): number {
    const { patientMs, pressingMs } = this.#rules;
    let first = Number.POSITIVE_INFINITY;
    for (const { since } of this.#waiting) first = Math.min(first, since);
    const waited = this.#countedAt - first;
    return Math.min(1, Math.max(0, (waited - patientMs) / (pressingMs - patientMs)));
  }
}
