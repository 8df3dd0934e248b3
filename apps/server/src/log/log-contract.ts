import { afterAll, beforeAll, describe } from "bun:test";
import type { Log } from "../store/open-log.ts";
import { Stage } from "../testing/log-stage.ts";
import { blockedContract } from "./contract/blocked-contract.ts";
import { commandContract } from "./contract/command-contract.ts";
import { conversationContract } from "./contract/conversation-contract.ts";
import { deviceContract } from "./contract/device-contract.ts";
import { draftContract } from "./contract/draft-contract.ts";
import { durabilityContract } from "./contract/durability-contract.ts";
import { expiryContract } from "./contract/expiry-contract.ts";
import { followerContract } from "./contract/follower-contract.ts";
import { hiddenContract } from "./contract/hidden-contract.ts";
import { inviteContract } from "./contract/invite-contract.ts";
import { markContract } from "./contract/mark-contract.ts";
import { mentionContract } from "./contract/mention-contract.ts";
import { preferenceContract } from "./contract/preference-contract.ts";
import { privacyContract } from "./contract/privacy-contract.ts";
import { readContract } from "./contract/read-contract.ts";
import { receiptContract } from "./contract/receipt-contract.ts";
import { remindersContract } from "./contract/reminders-contract.ts";
import { savedContract } from "./contract/saved-contract.ts";
import { scheduledContract } from "./contract/scheduled-contract.ts";
import { threadContract } from "./contract/thread-contract.ts";
import { versionContract } from "./contract/version-contract.ts";
import { visibilityContract } from "./contract/visibility-contract.ts";

/** A log under test. */
export interface TestedLog {
  readonly log: Log;
  /** Closes the log and opens it again on the same data. */
  reopen(): Promise<Log>;
  dispose(): Promise<void>;
}

/** What every implementation of `LogWriter` and `LogReader` must do. */
export function logContract(name: string, open: () => Promise<TestedLog>): void {
  describe(`log contract: ${name}`, () => {
    let tested: TestedLog;
    let stage: Stage;
    beforeAll(async () => {
      tested = await open();
      stage = new Stage(tested.log);
    });
    afterAll(() => tested.dispose());
    const on = () => stage;
    commandContract(on);
    conversationContract(on);
    visibilityContract(on);
    threadContract(on);
    readContract(on);
    versionContract(on);
    inviteContract(on);
    markContract(on);
    mentionContract(on);
    receiptContract(on);
    privacyContract(on);
    draftContract(on);
    preferenceContract(on);
    savedContract(on);
    scheduledContract(on);
    remindersContract(on);
    expiryContract(on);
    hiddenContract(on);
    blockedContract(on);
    deviceContract(on);
    followerContract(on);
    durabilityContract(on, async () => {
      stage.log = await tested.reopen();
    });
  });
}
