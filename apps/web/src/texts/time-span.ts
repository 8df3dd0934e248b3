import type { Texts } from "./en.ts";

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** How long something takes, in the greatest unit that says it exactly: "7 days", "90 minutes". */
export function timeSpan(seconds: number, { disappearing }: Texts): string {
  const [unit, length] = UNITS.find(([, one]) => seconds % one === 0) ?? (["second", 1] as const);
  return disappearing.span[unit](seconds / length);
}
