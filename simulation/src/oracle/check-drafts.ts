import type { Device } from "../device/device.ts";
import type { Ledger } from "./ledger.ts";
import type { Violation } from "./violation.ts";

/** What a device shows of one draft. */
interface Shown {
  readonly device: string;
  readonly text: string;
}

/** At rest all devices of an account show the same draft wherever the account is a member. */
export function checkDraftsAtRest(devices: readonly Device[], ledger: Ledger): Violation[] {
  const violations: Violation[] = [];
  for (const [account, own] of Map.groupBy(devices, (device) => device.account)) {
    for (const [conversation, history] of ledger.logs) {
      if (!history.isPresent(account)) continue;
      const shown = own.map((device) => ({ device: device.name, text: draftOn(device, conversation) }));
      violations.push(...differences(conversation, shown));
    }
  }
  return violations;
}

function differences(conversation: string, shown: readonly Shown[]): Violation[] {
  const [first, ...others] = shown;
  if (first === undefined) return [];
  return others
    .filter(({ text }) => text !== first.text)
    .map(({ device, text }) => ({
      rule: "DRF1",
      detail: `${device} shows "${text}" as the draft of ${conversation}, ${first.device} "${first.text}"`,
    }));
}

/** What a device shows as the draft of a conversation. */
export function draftOn({ owner }: Device, conversation: string): string {
  const listed = owner?.engine.conversations.get().conversations;
  return listed?.find(({ id }) => id === conversation)?.draft ?? "";
}
