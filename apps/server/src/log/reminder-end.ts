import { create } from "@bufbuild/protobuf";
import { isVisible, type ReminderPlaced } from "@parley/log";
import { type AccountEvent, ReminderEnd, ReminderEndedSchema, ReminderPlaceSchema } from "@parley/protocol";
import type { LogSnapshot } from "./log-snapshot.ts";
import { presentSight } from "./present-sight.ts";

/** Why an account can be reminded of a message no more, as it is now; undefined while it can. */
export async function whyReminderEnds(
  snapshot: LogSnapshot,
  account: string,
  { conversation, message }: ReminderPlaced,
): Promise<ReminderEnd | undefined> {
  const intervals = await presentSight(snapshot, account, conversation);
  const entry = (await snapshot.entry(conversation, message))?.entry;
  if (intervals === undefined || entry === undefined || !isVisible(intervals, entry.seq)) {
    return ReminderEnd.OUT_OF_SIGHT;
  }
  const isDeleted = entry.body.case === "message" && entry.body.value.state.case === "deleted";
  return isDeleted ? ReminderEnd.DELETED : undefined;
}

/** What is said to the account. */
export function reminderEnded(places: readonly ReminderPlaced[], why: ReminderEnd): AccountEvent["body"] {
  const reminders = places.map(({ conversation, message }) => create(ReminderPlaceSchema, { conversation, message }));
  return { case: "reminderEnded", value: create(ReminderEndedSchema, { reminders, why }) };
}
