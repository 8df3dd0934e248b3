import type { ScheduledItem } from "@parley/client";
import type { Ledger, Violation } from "@parley/simulation/oracle";
import type { DeviceHistory, History, StoredAccount } from "../history/history.ts";
import { type AcceptedCommand, checkOwnLog } from "./check-own-log.ts";

/** What accounts keep for themselves: their logs have it, every device of one shows what was accepted last, and what was scheduled is posted or still told. */
export function checkOwn(history: History, ledger: Ledger): Violation[] {
  return history.accounts.flatMap((account) => {
    const devices = history.devices.filter((device) => device.account === account);
    const accepted = acceptedOf(account, devices, ledger);
    const kept = history.kept.find((one) => one.account === account);
    return [
      ...(kept === undefined ? [] : checkOwnLog(kept, accepted, ledger)),
      ...devices.flatMap((device) => [
        ...checkPinned(device, accepted),
        ...checkSaved(device, accepted),
        ...(kept === undefined ? [] : checkKept(device, kept)),
      ]),
      ...checkScheduled(account, devices, ledger),
    ];
  });
}

/** What was accepted in the log of an account, in its order. */
function acceptedOf(account: string, devices: readonly DeviceHistory[], ledger: Ledger): AcceptedCommand[] {
  return devices
    .flatMap(({ submitted }) => submitted.filter(({ log }) => log === account))
    .flatMap((command) => {
      const outcome = ledger.verdictOf(command.id)?.outcome;
      return outcome?.case === "accepted" ? [{ command, seq: outcome.value.seq }] : [];
    })
    .sort((one, other) => one.seq - other.seq);
}

function checkPinned({ name, atRest }: DeviceHistory, accepted: readonly AcceptedCommand[]): Violation[] {
  const wanted = new Map<string, boolean>();
  for (const { command } of accepted) {
    const { body } = command;
    if (body.case !== "setPreference" || body.value.setting.case !== "pinned") continue;
    wanted.set(body.value.conversation, body.value.setting.value);
  }
  return (atRest?.listed ?? []).flatMap(({ id, pinned }) => {
    if (pinned === (wanted.get(id) ?? false)) return [];
    return [{ rule: "PRF1", detail: `${name} shows ${id} ${pinned ? "" : "not "}pinned` }];
  });
}

function checkSaved({ name, atRest }: DeviceHistory, accepted: readonly AcceptedCommand[]): Violation[] {
  if (atRest === undefined) return [];
  const wanted = new Set<string>();
  for (const { command } of accepted) {
    const { body } = command;
    if (body.case !== "setSaved") continue;
    const { conversation, message, saved } = body.value;
    if (saved) wanted.add(`${conversation} ${message}`);
    else wanted.delete(`${conversation} ${message}`);
  }
  if (atRest.saved === wanted.size) return [];
  return [{ rule: "SAV1", detail: `${name} says that ${atRest.saved} are saved, not ${wanted.size}` }];
}

/** Every device shows whom the account blocks, and of what it is to be reminded. */
function checkKept({ name, atRest }: DeviceHistory, { blocked, reminders }: StoredAccount): Violation[] {
  if (atRest === undefined) return [];
  const violations: Violation[] = [];
  const wanted = blocked.map((person) => person.account).sort();
  const said = atRest.blocked.toSorted();
  if (said.join() !== wanted.join()) {
    violations.push({ rule: "BLK1", detail: `${name} says that [${said}] are blocked, not [${wanted}]` });
  }
  const right = reminders.map(({ message, due }) => `${message} ${due ? "due" : "upcoming"}`).sort();
  const shown = atRest.reminders.map(({ message, state }) => `${message} ${state}`).sort();
  if (shown.join() !== right.join()) {
    violations.push({ rule: "REM3", detail: `${name} shows the reminders [${shown}], not [${right}]` });
  }
  return violations;
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
  return told !== undefined && told.state !== "waiting" && told.state !== "unsent";
}
