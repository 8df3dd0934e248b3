import type { ReminderPlaced } from "@parley/log";
import { ReminderEnd } from "@parley/protocol";
import type { LogSnapshot } from "../log/log-snapshot.ts";
import { reminderEnded, whyReminderEnds } from "../log/reminder-end.ts";
import type { Consequence, Follower } from "./follower.ts";

/** Ends reminders of messages that were deleted, and those of an account in a conversation that it has parted from. */
export const reminderFollower: Follower = {
  name: "reminders",

  concerns({ body }) {
    return body.case === "erased" || body.case === "membersRemoved" || body.case === "memberLeft";
  },

  async consequences(snapshot, { event: { log, author, body } }) {
    switch (body.case) {
      case "erased":
        return ofMessage(snapshot, { conversation: log, message: body.value.target });
      case "membersRemoved":
        return inConversation(snapshot, log, body.value.accounts);
      case "memberLeft":
        return inConversation(snapshot, log, [author]);
      default:
        return [];
    }
  },
};

async function ofMessage(snapshot: LogSnapshot, place: ReminderPlaced): Promise<Consequence[]> {
  const body = reminderEnded([place], ReminderEnd.DELETED);
  return (await snapshot.remindedOf(place)).map((account) => ({ account, body }));
}

/** Also those in its threads. Who is back meanwhile, and sees the message, keeps its reminder. */
async function inConversation(snapshot: LogSnapshot, log: string, accounts: readonly string[]): Promise<Consequence[]> {
  const consequences: Consequence[] = [];
  for (const account of accounts) {
    const ended: ReminderPlaced[] = [];
    for (const { reminder } of await snapshot.reminders(account)) {
      const { conversation } = reminder;
      const concerned = conversation === log || (await snapshot.conversation(conversation))?.parent === log;
      if (concerned && (await whyReminderEnds(snapshot, account, reminder)) !== undefined) ended.push(reminder);
    }
    if (ended.length > 0) consequences.push({ account, body: reminderEnded(ended, ReminderEnd.OUT_OF_SIGHT) });
  }
  return consequences;
}
