import type { Texts } from "./en.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Times as their reader writes them: locale and time zone of the device. */
export class TimeFormat {
  readonly #texts: Texts;
  readonly #locale: string | undefined;
  readonly #zoneNow: () => string;
  #zone: string;
  #formats: Formats;
  #yesterday = { of: "", key: "" };

  /** @param zoneNow the time zone of the device */
  constructor(texts: Texts, locale: string | undefined, zoneNow: () => string = zoneOfDevice) {
    this.#texts = texts;
    this.#locale = isLocale(locale) ? locale : undefined;
    this.#zoneNow = zoneNow;
    this.#zone = zoneNow();
    this.#formats = formatsIn(this.#locale, this.#zone);
  }

  /** The time zone that times are told in. */
  get zone(): string {
    return this.#zone;
  }

  /** A device may be taken to another zone, and a browser never tells. */
  followDevice(): void {
    const zone = this.#zoneNow();
    if (zone === this.#zone) return;
    this.#zone = zone;
    this.#formats = formatsIn(this.#locale, zone);
    this.#yesterday = { of: "", key: "" };
  }

  /** What is told of a time stays the same as long as this does. */
  today(now: number): string {
    return `${this.#zone} ${this.dayKey(now)}`;
  }

  /** "14:05" */
  time(at: number): string {
    return this.#formats.time.format(at);
  }

  /** The same for all times of one day of the reader, and for no other: "2025-02-03", whatever the locale. */
  dayKey(at: number): string {
    return this.#formats.key.format(at);
  }

  /** "Today", "Yesterday", "Monday 3 February", "Monday 3 February 2025" */
  day(at: number, now: number): string {
    const key = this.dayKey(at);
    if (key === this.dayKey(now)) return this.#texts.time.today;
    if (key === this.#keyOfYesterday(now)) return this.#texts.time.yesterday;
    return Math.abs(now - at) < 300 * DAY_MS ? this.#formats.dayOfYear.format(at) : this.#formats.day.format(at);
  }

  /** As short as a list needs: "14:05", "Yesterday", "Mon", "03/02/25" */
  short(at: number, now: number): string {
    const key = this.dayKey(at);
    if (key === this.dayKey(now)) return this.time(at);
    if (key === this.#keyOfYesterday(now)) return this.#texts.time.yesterday;
    return at < now && now - at < 6 * DAY_MS ? this.#formats.weekday.format(at) : this.#formats.date.format(at);
  }

  /** The beginning of the reader's next day, to within a minute. */
  nextDay(now: number): number {
    const today = this.dayKey(now);
    let before = now;
    let after = now + HOUR_MS;
    while (this.dayKey(after) === today) {
      before = after;
      after += HOUR_MS;
    }
    while (after - before > MINUTE_MS) {
      const between = (before + after) / 2;
      if (this.dayKey(between) === today) before = between;
      else after = between;
    }
    return after;
  }

  /** Days are 23 to 25 hours long where clocks are changed, and a zone may leave one out. */
  #keyOfYesterday(now: number): string {
    const today = this.dayKey(now);
    if (this.#yesterday.of !== today) {
      let at = now;
      do at -= HOUR_MS;
      while (this.dayKey(at) === today);
      this.#yesterday = { of: today, key: this.dayKey(at) };
    }
    return this.#yesterday.key;
  }

  /** Everything, for tooltips. */
  full(at: number): string {
    return this.#formats.full.format(at);
  }

  /** "just now", "14:05", "Monday 3 February, 14:05" */
  seen(at: number, now: number): string {
    return now - at < 120_000 ? this.#texts.time.justNow : this.moment(at, now);
  }

  /** "14:05", "Monday 3 February, 14:05" */
  moment(at: number, now: number): string {
    return this.dayKey(at) === this.dayKey(now) ? this.time(at) : `${this.day(at, now)}, ${this.time(at)}`;
  }
}

type Formats = ReturnType<typeof formatsIn>;

/** Some browsers pass on what their system says, such as "C". */
function isLocale(tag: string | undefined): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

function formatsIn(locale: string | undefined, timeZone: string) {
  const make = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...options, timeZone });
  return {
    time: make({ timeStyle: "short" }),
    weekday: make({ weekday: "short" }),
    date: make({ day: "numeric", month: "numeric", year: "2-digit" }),
    day: make({ weekday: "long", day: "numeric", month: "long", year: "numeric" }),
    dayOfYear: make({ weekday: "long", day: "numeric", month: "long" }),
    full: make({ dateStyle: "full", timeStyle: "medium" }),
    // As people in Sweden write a date is as machines do.
    key: new Intl.DateTimeFormat("sv-SE", { year: "numeric", month: "2-digit", day: "2-digit", timeZone }),
  };
}

function zoneOfDevice(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
