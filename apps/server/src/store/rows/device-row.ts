import type { DeviceRecord } from "../../log/records.ts";
import type { DevicesTable } from "../tables.ts";

export function deviceRow(device: DeviceRecord): DevicesTable {
  return {
    account: device.account,
    id: device.id,
    session: device.session,
    name: device.name,
    created_at: device.createdAt,
    last_seen_at: device.lastSeenAt,
    closed_at: device.closedAt,
  };
}

export function deviceRecord(row: DevicesTable): DeviceRecord {
  return {
    id: row.id,
    account: row.account,
    session: row.session,
    name: row.name,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    closedAt: row.closed_at,
  };
}
