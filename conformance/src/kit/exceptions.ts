/** A part of the schema that no case can bring about from outside. */
interface Exception {
  readonly part: string;
  readonly reason: string;
  /** It can, where the kit may stop the server, and start others. */
  readonly unlessOperated?: true;
}

const NOT_BUILT = "no server keeps these yet: asking for them is refused, and that is checked";
const OF_THE_STORE = "takes a store in trouble; the fault tests bring it about";
const OF_ADMINS = "for admins, whom the server's configuration names; its own tests name some";
const WHERE_STRANGERS_WAIT = "takes a server on which what strangers begin waits to be accepted";
const NO_REASON_TO_CLOSE = "an answer to a call or a request, never a reason to close";

/** All exceptions. One that is covered after all fails the kit, so that the list stays short. */
export const exceptions: readonly Exception[] = [
  { part: "received Encryption=MLS", reason: NOT_BUILT },
  { part: "received Content.form=sealed", reason: NOT_BUILT },
  {
    part: "received Event.body=created",
    reason: "who is there when a conversation begins joins by it, and gets a Reset",
  },
  { part: "received RejectionCode=GONE", reason: "accounts cannot be deleted yet" },
  {
    part: "received RejectionCode=DEVICE_CLOSED",
    reason: "a device's socket ends with the device, so that its commands come late only in a race",
  },
  { part: "received InviteStanding=FULL", reason: "takes a group of 256 members", unlessOperated: true },
  { part: "received RejectionCode=JOIN_REQUESTS_FULL", reason: "takes 51 accounts", unlessOperated: true },
  { part: "received RejectionCode=EDIT_TOO_LATE", reason: "takes a server that is told so", unlessOperated: true },
  ...[
    "sent SetPreference.setting=request_answer",
    "sent RequestAnswer=ACCEPTED",
    "sent RequestAnswer=DECLINED",
    "received RejectionCode=REQUEST_WAITS",
    "received PreferenceSet.setting=request_answer",
    "received RequestAnswer=ACCEPTED",
    "received RequestAnswer=DECLINED",
  ].map((part) => ({ part, reason: WHERE_STRANGERS_WAIT, unlessOperated: true }) as const),
  { part: "received RejectionCode=LOG_FULL", reason: "takes 4,294,967,295 events" },
  { part: "received RejectionCode=FAILED", reason: "takes a defect of the server" },
  { part: "received RejectionCode=DEPENDENCY", reason: "never sent by a server" },
  { part: "received RetryCode=STORAGE_FULL", reason: OF_THE_STORE },
  { part: "received RetryCode=UNAVAILABLE", reason: OF_THE_STORE },
  { part: "received RetryCode=SHUTTING_DOWN", reason: "takes a command in the moment in which a server stops" },
  { part: "received ProblemCode=UNAVAILABLE", reason: OF_THE_STORE },
  {
    part: "received ProblemCode=FORBIDDEN_ORIGIN",
    reason: "a wrong origin is refused with 403 before there is a socket or a call",
  },
  { part: "received Report", reason: OF_ADMINS },
  { part: "received ReportedMessage", reason: OF_ADMINS },
  { part: "received ListReportsResponse", reason: OF_ADMINS },
  { part: "received CloseReportResponse", reason: OF_ADMINS },
  {
    part: "received RejectionCode=REPORTS_FULL",
    reason: "takes an account for itself; the server's own tests have one",
  },
  { part: "received RejectionCode=HIDDEN_FULL", reason: "takes thousands of messages" },
  { part: "received RejectionCode=BLOCKED_FULL", reason: "takes 1,001 accounts; the server's own tests make them" },
  { part: "received ProblemCode=SHUTTING_DOWN", reason: "takes a server that stops", unlessOperated: true },
  { part: "close code SHUTTING_DOWN", reason: "takes a server that stops", unlessOperated: true },
  { part: "close code UNAVAILABLE", reason: OF_THE_STORE },
  { part: "close code FORBIDDEN_ORIGIN", reason: "a wrong origin is refused with 403 before there is a socket" },
  { part: "close code RATE_LIMITED", reason: NO_REASON_TO_CLOSE },
  { part: "close code NOT_FOUND", reason: NO_REASON_TO_CLOSE },
  { part: "close code INVALID", reason: NO_REASON_TO_CLOSE },
  { part: "close code WRONG_CREDENTIALS", reason: NO_REASON_TO_CLOSE },
  { part: "close code NAME_TAKEN", reason: NO_REASON_TO_CLOSE },
];

const NUMBERED = "the cases of polling bring it about request by request (POLL8), which is no link that is counted";
const OF_CALLS = "an answer to a call, never on a link";

/** Those of the second transport, which is polling, alone. */
export const exceptionsOverSecond: readonly Exception[] = [
  { part: "received ProblemCode=TOO_SLOW", reason: NUMBERED },
  { part: "close code TOO_SLOW", reason: NUMBERED },
  { part: "received ProblemCode=WRONG_CREDENTIALS", reason: OF_CALLS },
  { part: "received ProblemCode=NAME_TAKEN", reason: OF_CALLS },
];
