import type { ConversationView, Engine, NewestView } from "@parley/client";
import { deed } from "../row-line.ts";

/** One line for each conversation. */
export function list(engine: Engine): string {
  const conversations = engine.conversations.get().conversations.filter(({ unlisted }) => !unlisted);
  if (conversations.length === 0) return 'No conversations yet. Begin one: parley send USER-NAME "Hello"';
  return conversations.map(line).join("\n");
}

function line({ id, kind, title, unread, markedUnread, newest }: ConversationView): string {
  const name = title === "" && kind === "notes" ? "Notes" : title;
  const count = unread > 0 ? ` (${unread} unread)` : markedUnread ? " (marked as unread)" : "";
  const last = newest === undefined ? "" : `  ${newestLine(newest)}`;
  return `${id}  ${name}${count}${last}`;
}

function newestLine({ kind, mine, authorName, text, what }: NewestView): string {
  const who = mine ? "You" : authorName;
  if (what !== undefined) return `${who} ${oneLine(deed(what))}`;
  return `${who}: ${kind === "message" ? oneLine(text) : `[${kind}]`}`;
}

const LONGEST_TEXT = 60;

function oneLine(text: string): string {
  const flat = text.replace(/\s+/g, " ").trim();
  return flat.length > LONGEST_TEXT ? `${flat.slice(0, LONGEST_TEXT - 1)}…` : flat;
}
