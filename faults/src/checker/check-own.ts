import type { ScheduledItem } from "@parley/client";
import type { Command } from "@parley/protocol";
import type { Ledger, Violation } from "@parley/simulation/oracle";
import type { DeviceHistory, History } from "../history/history.ts";

/** What accounts keep for themselves: every device of one shows what was accepted last, and what was scheduled is posted or still told. */
export function checkOwn(history: History, ledger: Ledger): Violation[] {
  return history.accounts.flatMap((account) => {
    const devices = history.devices.filter((device) => device.account === account);
    const accepted = acceptedOf(account, devices, ledger);
    return [
      ...devices.flatMap((device) => [...checkPinned(device, accepted), ...checkSaved(device, accepted)]),
      ...checkScheduled(account, devices, ledger),
    ];
  });
}

/** What was accepted in the log of an account, in its order. */
function acceptedOf(account: string, devices: readonly DeviceHistory[], ledger: Ledger): Command[] {
  return devices
    .flatMap(({ submitted }) => submitted.filter(({ log }) => log === account))
    .flatMap((command) => {
      const outcome = ledger.verdictOf(command.id)?.outcome;
      return outcome?.case === "accepted" ? [{ command, seq: outcome.value.seq }] : [];
    })
    .sort((one, other) => one.seq - other.seq)
    .map(({ command }) => command);
}

function checkPinned({ name, atRest }: DeviceHistory, accepted: readonly Command[]): Violation[] {
  const wanted = new Map<string, boolean>();
  for (const { body } of accepted) {
    if (body.case !== "setPreference" || body.value.setting.case !== "pinned") continue;
    wanted.set(body.value.conversation, body.value.setting.value);
  }
  return (atRest?.listed ?? []).flatMap(({ id, pinned }) => {
    if (pinned === (wanted.get(id) ?? false)) return [];
    return [{ rule: "PRF1", detail: `${name} shows ${id} ${pinned ? "" : "not "}pinned` }];
  });
}

function checkSaved({ name, atRest }: DeviceHistory, accepted: readonly Command[]): Violation[] {
  if (atRest === undefined) return [];
  const wanted = new Set<string>();
  for (const { body } of accepted) {
    if (body.case !== "setSaved") continue;
    const { conversation, message, saved } = body.value;
    if (saved) wanted.add(`${conversation} ${message}`);
    else wanted.delete(`${conversation} ${message}`);
  }
  if (atRest.saved === wanted.size) return [];
  return [{ rule: "SAV1", detail: `${name} says that ${atRest.saved} are saved, not ${wanted.size}` }];
}

/** Each message that was scheduled, and is no more, is in its conversation: the ledger has judged that it is there once. What could not be posted is told. */
function checkScheduled(account: string, devices: readonly DeviceHistory[], ledger: Ledger): Violation[] {
  const violations: Violation[] = [];
  for (const { target, conversation } of ledger.scheduled.current(account).values()) {
    const posted = ledger.log(conversation).events.some((event) => ledger.scheduled.targetOf(event) === target);
    for (const { name, atRest } of devices) {
      const told = atRest?.scheduled.find(({ id }) => id === target);
      if (atRest === undefined || (posted ? told === undefined : hasFailed(told))) continue;
      const detail = `${name} tells of ${target} ${told?.state ?? "nothing"}, which was ${posted ? "" : "not "}posted`;
      violations.push({ rule: "SCH1", detail });
    }
  }
  return violations;
}

function hasFailed(told: ScheduledItem | undefined): boolean {
  return told?.state === "not-member" || told?.state === "refused";
}
