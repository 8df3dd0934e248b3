import { asOfTime } from "@parley/log";
import { isFolded } from "../core/account-blocked.ts";
import { applyAccountEvent } from "../core/account-log.ts";
import { applyChanges } from "../core/apply-changes.ts";
import { applyEvent } from "../core/apply-event.ts";
import { applyReset } from "../core/apply-reset.ts";
import { stepCatchUp } from "../core/catch-up.ts";
import { carryOver } from "../core/draft-text.ts";
import { followQuoted } from "../core/follow-quoted.ts";
import { headsToName } from "../core/heads-to-name.ts";
import { joinEntries, joinPage, joinRows } from "../core/join-page.ts";
import { leftOut } from "../core/left-out.ts";
import { isOtherHistory, isSetBack, mayLackOwn } from "../core/other-history.ts";
import { takeSubmissions } from "../core/take-submissions.ts";
import { leavesNoTrace } from "../core/timeline-rows.ts";
import { unreadCount } from "../core/unread-count.ts";

/**
 * The pure functions that decide what a device holds after an input, and shows of it. The engine is given them, so that a test can break one rule at a time and see
 * that it is noticed.
 */
export interface EngineRules {
  readonly asOfTime: typeof asOfTime;
  readonly applyAccountEvent: typeof applyAccountEvent;
  readonly applyEvent: typeof applyEvent;
  readonly applyChanges: typeof applyChanges;
  readonly applyReset: typeof applyReset;
  readonly joinPage: typeof joinPage;
  readonly joinEntries: typeof joinEntries;
  readonly joinRows: typeof joinRows;
  readonly stepCatchUp: typeof stepCatchUp;
  readonly unreadCount: typeof unreadCount;
  readonly isOtherHistory: typeof isOtherHistory;
  readonly isSetBack: typeof isSetBack;
  readonly mayLackOwn: typeof mayLackOwn;
  readonly carryOver: typeof carryOver;
  readonly followQuoted: typeof followQuoted;
  readonly headsToName: typeof headsToName;
  readonly takeSubmissions: typeof takeSubmissions;
  readonly leavesNoTrace: typeof leavesNoTrace;
  readonly isFolded: typeof isFolded;
  readonly leftOut: typeof leftOut;
}

export const engineRules: EngineRules = {
  asOfTime,
  applyAccountEvent,
  applyEvent,
  applyChanges,
  applyReset,
  joinPage,
  joinEntries,
  joinRows,
  stepCatchUp,
  unreadCount,
  isOtherHistory,
  isSetBack,
  mayLackOwn,
  carryOver,
  followQuoted,
  headsToName,
  takeSubmissions,
  leavesNoTrace,
  isFolded,
  leftOut,
};
