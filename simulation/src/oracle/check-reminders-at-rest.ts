import type { Device } from "../device/device.ts";
import { linesOfReminders, type StoredReminders } from "./check-reminders.ts";
import type { Violation } from "./violation.ts";

/** At rest all devices of an account hold, and show, what the server has stored. */
export function checkRemindersAtRest(devices: readonly Device[], stored: StoredReminders): Violation[] {
  const violations: Violation[] = [];
  for (const { name, account, disk, owner } of devices) {
    const all = stored.get(account) ?? [];
    const [wanted, held] = [linesOfReminders(all), linesOfReminders(disk.image.state().meta?.reminders ?? [])];
    if (wanted !== held)
      violations.push({ rule: "REM3", detail: `${name} holds [${held}], and [${wanted}] is stored` });
    if (owner === undefined) continue;
    // What is shown is by the device's clock.
    const { offsetMs = 0 } = disk.image.state().meta?.clockError ?? {};
    const shown = (owner.engine.account.get().reminders ?? []).map(
      ({ message, at, state }) => `${message} ${at + offsetMs} ${state}`,
    );
    const right = all.map(({ message, at, due }) => `${message} ${at} ${due ? "due" : "upcoming"}`);
    if (shown.toSorted().join() !== right.toSorted().join()) {
      violations.push({ rule: "REM3", detail: `${name} shows the reminders [${shown}], not [${right}]` });
    }
    for (const screen of owner.screens) {
      for (const row of screen.messages) {
        const set = all.find((one) => one.conversation === screen.conversation && one.message === row.id);
        // The time that a row tells may be by a clock that was corrected since.
        if (row.reminder?.due === set?.due) continue;
        violations.push({ rule: "REM3", detail: `${name} shows ${row.id} with another reminder` });
      }
    }
  }
  return violations;
}
