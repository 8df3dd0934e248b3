import type { Texts } from "./en.ts";

const DAY_MS = 86_400_000;

/** Times as their reader writes them: locale and time zone of the device. */
export class TimeFormat {
  readonly #texts: Texts;
  readonly #time: Intl.DateTimeFormat;
  readonly #weekday: Intl.DateTimeFormat;
  readonly #date: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #dayOfYear: Intl.DateTimeFormat;
  readonly #full: Intl.DateTimeFormat;
  readonly #key: Intl.DateTimeFormat;

  /** @param timeZone that of the device if undefined */
  constructor(texts: Texts, locale: string | undefined, timeZone?: string) {
    const make = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale, timeZone === undefined ? options : { ...options, timeZone });
    this.#texts = texts;
    this.#time = make({ timeStyle: "short" });
    this.#weekday = make({ weekday: "short" });
    this.#date = make({ day: "numeric", month: "numeric", year: "2-digit" });
    this.#day = make({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
    this.#dayOfYear = make({ weekday: "long", day: "numeric", month: "long" });
    this.#full = make({ dateStyle: "full", timeStyle: "medium" });
    this.#key = make({ year: "numeric", month: "2-digit", day: "2-digit" });
  }

  /** "14:05" */
  time(at: number): string {
    return this.#time.format(at);
  }

  /** The same for all times of one day of the reader, and for no other. */
  dayKey(at: number): string {
    return this.#key.format(at);
  }

  /** "Today", "Yesterday", "Monday 3 February", "Monday 3 February 2025" */
  day(at: number, now: number): string {
    const key = this.dayKey(at);
    if (key === this.dayKey(now)) return this.#texts.time.today;
    if (key === this.dayKey(now - DAY_MS)) return this.#texts.time.yesterday;
    return Math.abs(now - at) < 300 * DAY_MS ? this.#dayOfYear.format(at) : this.#day.format(at);
  }

  /** As short as a list needs: "14:05", "Yesterday", "Mon", "03/02/25" */
  short(at: number, now: number): string {
    const key = this.dayKey(at);
    if (key === this.dayKey(now)) return this.time(at);
    if (key === this.dayKey(now - DAY_MS)) return this.#texts.time.yesterday;
    return at < now && now - at < 6 * DAY_MS ? this.#weekday.format(at) : this.#date.format(at);
  }

  /** Everything, for tooltips. */
  full(at: number): string {
    return this.#full.format(at);
  }

  /** "just now", "14:05", "Monday 3 February, 14:05" */
  seen(at: number, now: number): string {
    if (now - at < 120_000) return this.#texts.time.justNow;
    return this.dayKey(at) === this.dayKey(now) ? this.time(at) : `${this.day(at, now)}, ${this.time(at)}`;
  }
}
