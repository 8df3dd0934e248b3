import type { ConformanceCase } from "../kit/conformance-case.ts";
import { accountLogCases } from "./account-log-cases.ts";
import { accountServiceCases } from "./account-service-cases.ts";
import { authorityCases } from "./authority-cases.ts";
import { blockedCases } from "./blocked-cases.ts";
import { conversationServiceCases } from "./conversation-service-cases.ts";
import { createCases } from "./create-cases.ts";
import { crowdCases } from "./crowd-cases.ts";
import { draftCases } from "./draft-cases.ts";
import { eventCases } from "./event-cases.ts";
import { fieldLimitCases } from "./field-limit-cases.ts";
import { frameCases } from "./frame-cases.ts";
import { frameLimitCases } from "./frame-limit-cases.ts";
import { goldenCases } from "./golden-cases.ts";
import { helloCases } from "./hello-cases.ts";
import { hiddenCases } from "./hidden-cases.ts";
import { httpCases } from "./http-cases.ts";
import { inviteCases } from "./invite-cases.ts";
import { joinRequestCases } from "./join-request-cases.ts";
import { memberCases } from "./member-cases.ts";
import { mentionCases } from "./mention-cases.ts";
import { messageCases } from "./message-cases.ts";
import { orderCases } from "./order-cases.ts";
import { paceCases } from "./pace-cases.ts";
import { pictureCases } from "./picture-cases.ts";
import { pinnedMessageCases } from "./pinned-message-cases.ts";
import { pollingCases } from "./polling-cases.ts";
import { preferenceCases } from "./preference-cases.ts";
import { privacyCases } from "./privacy-cases.ts";
import { reactionLimitCases } from "./reaction-limit-cases.ts";
import { receiptCases } from "./receipt-cases.ts";
import { registerCases } from "./register-cases.ts";
import { reminderCases } from "./reminder-cases.ts";
import { reportCases } from "./report-cases.ts";
import { requestCases } from "./request-cases.ts";
import { roleCases } from "./role-cases.ts";
import { rowCases } from "./row-cases.ts";
import { savedCases } from "./saved-cases.ts";
import { scheduledCases } from "./scheduled-cases.ts";
import { slowReaderCases } from "./slow-reader-cases.ts";
import { socketCases } from "./socket-cases.ts";
import { submitCases } from "./submit-cases.ts";
import { threadCases } from "./thread-cases.ts";
import { timerCases } from "./timer-cases.ts";
import { verdictCases } from "./verdict-cases.ts";
import { versionCases } from "./version-cases.ts";
import { welcomeCases } from "./welcome-cases.ts";

const linkCases: readonly ConformanceCase[] = [
  ...socketCases,
  ...frameCases,
  ...helloCases,
  ...welcomeCases,
  ...submitCases,
  ...orderCases,
  ...verdictCases,
  ...frameLimitCases,
  ...fieldLimitCases,
  ...paceCases,
  ...requestCases,
  ...receiptCases,
  ...mentionCases,
  ...versionCases,
  ...privacyCases,
  ...blockedCases,
  ...registerCases,
  ...draftCases,
  ...createCases,
  ...messageCases,
  ...pinnedMessageCases,
  ...threadCases,
  ...timerCases,
  ...pictureCases,
  ...memberCases,
  ...roleCases,
  ...inviteCases,
  ...joinRequestCases,
  ...eventCases,
  ...accountLogCases,
  ...preferenceCases,
  ...savedCases,
  ...scheduledCases,
  ...reportCases,
  ...reminderCases,
  ...hiddenCases,
  ...rowCases,
  ...goldenCases,
  ...crowdCases,
  ...reactionLimitCases,
];

/**
 * Everything that the kit checks but hostile input and the fuzzer. Those that sign people up themselves come first, while an address still may; then the slowest, so that
 * nobody waits for them alone.
 */
export const allCases: readonly ConformanceCase[] = [
  ...authorityCases,
  ...accountServiceCases,
  ...linkCases.map((each) => ({ ...each, everyTransport: true as const })),
  ...pollingCases,
  ...httpCases,
  ...conversationServiceCases,
  ...slowReaderCases,
];
