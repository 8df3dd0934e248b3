import type { ConversationView, DisappearanceView, TimelineView } from "@parley/client";
import type { Texts } from "../../../texts/en.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";
import { timeSpan } from "../../../texts/time-span.ts";

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Of which people choose; 0: messages stay. */
const CHOICES = [0, HOUR, DAY, 7 * DAY, 90 * DAY] as const;

/** After how long messages disappear here. */
export interface ConversationTimer {
  readonly seconds: number;
  /** "New messages disappear after 1 hour"; empty where they stay. */
  readonly label: string;
  /** How it works. */
  readonly explanation: string;
  /** What it can be set to; undefined for who may not. */
  readonly choices: readonly TimerChoice[] | undefined;
}

export interface TimerChoice {
  readonly seconds: number;
  readonly label: string;
}

export function conversationTimer(
  { timerSeconds: seconds, rights }: Pick<TimelineView, "timerSeconds" | "rights">,
  kind: ConversationView["kind"] | undefined,
  texts: Texts,
): ConversationTimer {
  const words = texts.disappearing;
  const labelOf = (each: number) => (each === 0 ? words.off : words.after(timeSpan(each, texts)));
  // Another client may have set another one.
  const choices = [...new Set([...CHOICES, seconds])].sort((one, other) => one - other);
  return {
    seconds,
    label: seconds === 0 ? "" : words.on(timeSpan(seconds, texts)),
    explanation: kind === "notes" ? words.explainedInNotes : words.explained,
    choices: rights.setTimer ? choices.map((each) => ({ seconds: each, label: labelOf(each) })) : undefined,
  };
}

/** When a message disappears, in words. */
export function disappearanceText(
  { seconds, at, running }: DisappearanceView,
  texts: Texts,
  format: TimeFormat,
): string {
  const words = texts.disappearing;
  return running ? words.at(format.full(at)) : words.once(timeSpan(seconds, texts), format.full(at));
}
