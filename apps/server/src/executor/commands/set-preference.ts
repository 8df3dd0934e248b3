import { create } from "@bufbuild/protobuf";
import { noPreferences } from "@parley/log";
import { limits, PreferenceSetSchema, RejectionCode, RequestAnswer, type SetPreference } from "@parley/protocol";
import type { Attempt } from "../attempt.ts";
import type { Refusal } from "../ruling.ts";
import { noAccountEffect, requireOwnAcquaintance } from "./account-log.ts";
import { type CommandHandler, cannot } from "./command-handler.ts";

type Setting = SetPreference["setting"];

export const setPreference: CommandHandler<SetPreference> = {
  authorise: (attempt, { conversation }) => requireOwnAcquaintance(attempt, conversation),
  validate: ({ setting }) => validateSetting(setting),
  async decide(attempt, { conversation, setting: wished }) {
    const { account, ledger } = attempt;
    const setting = await within(attempt, conversation, wished);
    const before = (await ledger.transaction.preference(account, conversation)) ?? noPreferences;
    if (setting.case === undefined || before[setting.case] === setting.value) return noAccountEffect;
    // Who was told of somebody cannot be told no more: accepted is for good. That is what blocking is for.
    if (setting.case === "requestAnswer" && before.requestAnswer === RequestAnswer.ACCEPTED) return noAccountEffect;
    if (setting.case === "pinned" && setting.value && (await isFull(attempt))) {
      return cannot({ code: RejectionCode.PINS_FULL, reason: `At most ${limits.pinsPerAccount} can be pinned.` });
    }
    const value = create(PreferenceSetSchema, { conversation, setting });
    return { kind: "account-event", body: { case: "preferenceSet", value } };
  },
};

async function isFull({ account, ledger }: Attempt): Promise<boolean> {
  return (await ledger.transaction.pinnedCount(account)) >= limits.pinsPerAccount;
}

/** Nothing is archived beyond its end: what comes then must bring it back, also where a restored server has lost the end that the device knew. */
async function within({ ledger }: Attempt, conversation: string, setting: Setting): Promise<Setting> {
  if (setting.case !== "archivedUpTo") return setting;
  const entryHead = (await ledger.log(conversation))?.record?.entryHead ?? 0;
  return { case: setting.case, value: Math.min(setting.value, entryHead) };
}

function validateSetting(setting: Setting): Refusal | undefined {
  switch (setting.case) {
    case undefined:
      return { code: RejectionCode.NOT_SUPPORTED, reason: "setting is none that this server knows." };
    case "mutedUntil": {
      const { value } = setting;
      if (Number.isInteger(value) && value >= 0 && value <= limits.mutedForGood) return undefined;
      return { code: RejectionCode.INVALID, reason: "muted_until is not a time." };
    }
    case "requestAnswer":
      if (setting.value === RequestAnswer.ACCEPTED || setting.value === RequestAnswer.DECLINED) return undefined;
      return { code: RejectionCode.INVALID, reason: "request_answer is no answer." };
    default:
      return undefined;
  }
}
