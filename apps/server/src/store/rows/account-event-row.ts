import { create } from "@bufbuild/protobuf";
import { type AccountEvent, AccountEventSchema, binaryDecoder, binaryEncoder } from "@parley/protocol";
import type { AccountEventsTable } from "../tables.ts";

const eventOf = binaryDecoder(AccountEventSchema);
const bytesOf = binaryEncoder(AccountEventSchema);

export function accountEventRow(account: string, { seq, id, receivedAt, body }: AccountEvent): AccountEventsTable {
  return { account, seq, id, received_at: receivedAt, body: bytesOf(create(AccountEventSchema, { body })) };
}

export function accountEventOf(row: Omit<AccountEventsTable, "account">): AccountEvent {
  return Object.assign(eventOf(row.body), { seq: row.seq, id: row.id, receivedAt: row.received_at });
}
