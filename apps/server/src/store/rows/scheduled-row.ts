import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { type ScheduledMessage, ScheduledMessageSchema } from "@parley/protocol";
import type { ScheduledRecord } from "../../log/records.ts";
import type { ScheduledMessagesTable } from "../tables.ts";

export function scheduledRow(account: string, seq: number, scheduled: ScheduledMessage): ScheduledMessagesTable {
  const message = toBinary(ScheduledMessageSchema, scheduled);
  return { account, id: scheduled.id, seq, at: scheduled.at, bytes: message.byteLength, message };
}

export function scheduledRecord({ seq, message }: ScheduledMessagesTable): ScheduledRecord {
  return { seq, message: fromBinary(ScheduledMessageSchema, message) };
}
