/** What this device last told the others about its own typing in a conversation. */
export type TypingReport = { readonly kind: "quiet" } | { readonly kind: "typing"; readonly toldAt: number };

export interface TypingReportStep {
  readonly state: TypingReport;
  /** What to tell now; undefined for nothing. */
  readonly tell: boolean | undefined;
}

/** Shorter than the lease, so that it never runs out between two reports. */
const REPORT_EVERY_MS = 3_000;

export const quiet: TypingReport = { kind: "quiet" };

/** The first keystroke is told at once, further ones at most every 3 s, the end at once. */
export function stepTypingReport(state: TypingReport, active: boolean, now: number): TypingReportStep {
  if (!active) return { state: quiet, tell: state.kind === "typing" ? false : undefined };
  if (state.kind === "typing" && now - state.toldAt < REPORT_EVERY_MS) return { state, tell: undefined };
  return { state: { kind: "typing", toldAt: now }, tell: true };
}
