const HOUR_MS = 60 * 60_000;
/** "In 20 minutes" */
const SOON_MS = 20 * 60_000;
const STEP_MS = 5 * 60_000;
const EVENING = 18;
const MORNING = 9;
const MONDAY = 1;

/** What a time that is proposed is called. */
export type ProposedTimeName = "minutes" | "hour" | "hours" | "evening" | "tomorrow" | "monday";

export interface ProposedTime {
  readonly name: ProposedTimeName;
  readonly at: number;
}

/** Times at which something may sensibly be sent, in the reader's time zone, the next one first. */
export function proposedTimes(now: number): readonly ProposedTime[] {
  const hour = Math.ceil((now + HOUR_MS) / STEP_MS) * STEP_MS;
  const evening = onDay(now, 0, EVENING);
  const times: readonly ProposedTime[] = [
    { name: "hour", at: hour },
    ...(evening > hour ? [{ name: "evening", at: evening } as const] : []),
    ...mornings(now),
  ];
  return times.toSorted((one, other) => one.at - other.at);
}

/** Times at which one may want to be reminded of something, likewise. */
export function reminderTimes(now: number): readonly ProposedTime[] {
  const times: readonly ProposedTime[] = [
    { name: "minutes", at: now + SOON_MS },
    { name: "hour", at: now + HOUR_MS },
    { name: "hours", at: now + 3 * HOUR_MS },
    ...mornings(now),
  ];
  return times.toSorted((one, other) => one.at - other.at);
}

function mornings(now: number): readonly ProposedTime[] {
  const tomorrow = onDay(now, 1, MORNING);
  const monday = onDay(now, daysToMonday(now), MORNING);
  return [{ name: "tomorrow", at: tomorrow }, ...(monday > tomorrow ? [{ name: "monday", at: monday } as const] : [])];
}

/** By the calendar: days are 23 to 25 hours long where clocks are changed. */
function onDay(now: number, daysAhead: number, hours: number): number {
  const today = new Date(now);
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() + daysAhead, hours).getTime();
}

/** 1 to 7. */
function daysToMonday(now: number): number {
  return ((MONDAY - new Date(now).getDay() + 6) % 7) + 1;
}
