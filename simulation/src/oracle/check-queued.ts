import type { Device } from "../device/device.ts";
import type { Ledger } from "./ledger.ts";
import type { TypedCommand } from "./typed.ts";
import type { Violation } from "./violation.ts";

/**
 * A message that the engine has just said to be queued is on the disk of its device, or has its verdict. What a tab hears of it comes later, when the platform may
 * have thrown the store away, so that only an app of its own is judged.
 */
export function checkQueued(device: Device, { id, kind }: TypedCommand, ledger: Ledger): Violation[] {
  if (kind !== "post" || device.browser !== undefined || ledger.verdictOf(id) !== undefined) return [];
  if (device.disk.image.state().outbox.some((entry) => entry.id === id)) return [];
  return [{ rule: "STO9", detail: `${device.name} says that ${id} is queued, and has not stored it` }];
}
