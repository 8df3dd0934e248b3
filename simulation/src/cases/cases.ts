import { blockedCases } from "./blocked-cases.ts";
import type { Case } from "./case.ts";
import { crashCases } from "./crash-cases.ts";
import { draftCases } from "./draft-cases.ts";
import { flushCases } from "./flush-cases.ts";
import { groupCases } from "./group-cases.ts";
import { hiddenCases } from "./hidden-cases.ts";
import { inviteCases } from "./invite-cases.ts";
import { mentionCases } from "./mention-cases.ts";
import { notesCases } from "./notes-cases.ts";
import { pictureCases } from "./picture-cases.ts";
import { pinnedCases } from "./pinned-cases.ts";
import { pollingCases } from "./polling-cases.ts";
import { preferenceCases } from "./preference-cases.ts";
import { reactionCases } from "./reaction-cases.ts";
import { reminderCases } from "./reminder-cases.ts";
import { replyCases } from "./reply-cases.ts";
import { reportCases } from "./report-cases.ts";
import { requestCases } from "./request-cases.ts";
import { savedCases } from "./saved-cases.ts";
import { scheduledCases } from "./scheduled-cases.ts";
import { seeingCases } from "./seeing-cases.ts";
import { sendingCases } from "./sending-cases.ts";
import { sleepCases } from "./sleep-cases.ts";
import { storeCases } from "./store-cases.ts";
import { tabCases } from "./tab-cases.ts";
import { threadCases } from "./thread-cases.ts";
import { timerCases } from "./timer-cases.ts";
import { weekCases } from "./week-cases.ts";

/** Pinned cases, each by its name. */
export const cases = {
  ...sendingCases,
  ...seeingCases,
  ...replyCases,
  ...crashCases,
  ...draftCases,
  ...preferenceCases,
  ...groupCases,
  ...inviteCases,
  ...notesCases,
  ...savedCases,
  ...hiddenCases,
  ...blockedCases,
  ...requestCases,
  ...scheduledCases,
  ...reportCases,
  ...reminderCases,
  ...timerCases,
  ...pictureCases,
  ...pinnedCases,
  ...reactionCases,
  ...threadCases,
  ...mentionCases,
  ...tabCases,
  ...storeCases,
  ...flushCases,
  ...pollingCases,
  ...sleepCases,
  ...weekCases,
} satisfies Record<string, Case>;

export type CaseName = keyof typeof cases;
