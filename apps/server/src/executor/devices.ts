import { limits } from "@parley/protocol";
import type { LogTransaction } from "../log/log-transaction.ts";
import type { DeviceOutcome, DeviceRegistration } from "../log/log-writer.ts";
import type { DeviceRecord } from "../log/records.ts";

/** A device that returns sooner is not written again: when everybody reconnects at once, that would be a write for each. */
const SEEN_ACCURACY_MS = 10 * 60 * 1_000;

/** Registers a device for a session, or finds it; the session's former device is closed, and so is one that is too many. */
export async function registerDevice(
  transaction: LogTransaction,
  { account, session, device: id, name }: DeviceRegistration,
  now: number,
): Promise<DeviceOutcome> {
  const known = await transaction.device(id);
  if (known !== undefined && (known.account !== account || known.closedAt !== 0)) return { kind: "refused" };
  if (isRegistered(known, { account, session, device: id, name }) && isSeenLately(known, now)) {
    return { kind: "open", replaced: undefined, abandoned: undefined, crowdedOut: undefined };
  }
  const former = await transaction.openDeviceOf(session);
  const replaced = former !== undefined && former.id !== id ? former : undefined;
  if (replaced !== undefined) await transaction.putDevice({ ...replaced, closedAt: closingTime(now) });
  const device: DeviceRecord = {
    id,
    account,
    session,
    name,
    createdAt: known?.createdAt ?? now,
    lastSeenAt: now,
    closedAt: 0,
  };
  await transaction.putDevice(device);
  const abandoned = known?.session === session ? undefined : known?.session;
  const crowdedOut = known === undefined ? await makeRoom(transaction, device) : undefined;
  return { kind: "open", replaced: replaced?.id, abandoned, crowdedOut };
}

/** A new device must not leave more behind than an account may have. */
async function makeRoom(transaction: LogTransaction, { account, id, createdAt: now }: DeviceRecord) {
  const others = (await transaction.openDevices(account)).filter((device) => device.id !== id);
  const oldest = others.toSorted((one, other) => one.lastSeenAt - other.lastSeenAt)[0];
  const crowdedOut = others.length < limits.devicesPerAccount ? undefined : oldest;
  if (crowdedOut !== undefined) await transaction.putDevice({ ...crowdedOut, closedAt: closingTime(now) });
  await transaction.forgetClosedDevices(account, limits.closedDevicesPerAccount);
  return crowdedOut === undefined ? undefined : { device: crowdedOut.id, session: crowdedOut.session };
}

/** Whether a device is open and known just as it comes. */
export function isRegistered(
  known: DeviceRecord | undefined,
  { account, session, name }: DeviceRegistration,
): known is DeviceRecord {
  if (known === undefined || known.account !== account || known.closedAt !== 0) return false;
  return known.session === session && known.name === name;
}

/** Whether it is too early to note again that a device was seen. */
export function isSeenLately(known: DeviceRecord, now: number): boolean {
  return Math.abs(now - known.lastSeenAt) < SEEN_ACCURACY_MS;
}

/** What a device hears of which nothing needs to be written; undefined for one that must be registered first. */
export async function knownDevice(
  transaction: LogTransaction,
  { account, session, device: id }: DeviceRegistration,
): Promise<DeviceOutcome | undefined> {
  const known = await transaction.device(id);
  if (known === undefined) return undefined;
  if (known.account !== account || known.closedAt !== 0) return { kind: "refused" };
  if (known.session !== session) return undefined;
  return { kind: "open", replaced: undefined, abandoned: undefined, crowdedOut: undefined };
}

/** The session of the device it closed; undefined if the account has no such open device. */
export async function closeDevice(
  transaction: LogTransaction,
  account: string,
  id: string,
  now: number,
): Promise<string | undefined> {
  const device = await transaction.device(id);
  if (device === undefined || device.account !== account || device.closedAt !== 0) return undefined;
  await transaction.putDevice({ ...device, closedAt: closingTime(now) });
  return device.session;
}

/** A closed device must not look open, whatever the clock says. */
function closingTime(now: number): number {
  return Math.max(1, now);
}
