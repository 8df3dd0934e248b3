import type { Engine, ReminderItem } from "@parley/client";
import { oneLine } from "../../../rich-text/one-line.ts";
import type { Texts } from "../../../texts/en.ts";

/** More than a notice has room for. */
const LONGEST_TEXT = 120;

/** What is said of reminders that became due: of one its message, as it is now, of several how many. */
export async function reminderText(
  due: readonly ReminderItem[],
  { engine, texts }: { readonly engine: Pick<Engine, "account" | "messagesAt">; readonly texts: Texts },
): Promise<string> {
  const read = due.length > 1 ? [] : await engine.messagesAt(due).catch(() => []);
  const what = read[0]?.what;
  if (what?.kind !== "message" || what.body.kind !== "text") return texts.reminders.notices(due.length);
  const author = what.authorName || (what.mine ? engine.account.get().displayName : texts.common.unknownPerson);
  return texts.reminders.notice(author, oneLine(what.body.text, what.body.mentions, LONGEST_TEXT));
}
