/** The simulator's truth and its checks, for programs that judge a server from outside. */
export { checkListAtRest, checkNothingLost, checkTimelineAtRest } from "./oracle/check-at-rest.ts";
export { checkBlockedRows } from "./oracle/check-blocked.ts";
export { checkDeviceOrder } from "./oracle/check-order.ts";
export { checkPage } from "./oracle/check-page.ts";
export { checkNothingToRemind, checkReminderRows } from "./oracle/check-reminders.ts";
export { checkReportRows } from "./oracle/check-reports.ts";
export { checkThreads, checkThreadsAtRest } from "./oracle/check-threads.ts";
export { checkTimeline } from "./oracle/check-timeline.ts";
export { Ledger } from "./oracle/ledger.ts";
export type { LogHistory } from "./oracle/log-history.ts";
export { MarkLedger } from "./oracle/mark-ledger.ts";
export { RowMemory } from "./oracle/row-memory.ts";
export { TypedCommands } from "./oracle/typed.ts";
export type { Violation } from "./oracle/violation.ts";
