import type { ThreadOfRow } from "@parley/client";
import type { Texts } from "../../../texts/en.ts";
import { isolatedName } from "../../../texts/isolated-name.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";
import type { ThreadItem } from "./timeline-item.ts";

/** What a message says of the thread below it. */
export function threadItem(thread: ThreadOfRow, texts: Texts, format: TimeFormat): ThreadItem {
  const { threads } = texts;
  const replies = threads.replies(thread.replies);
  const names = texts.list(thread.names.map((name) => isolatedName(name) || texts.common.unknownPerson));
  const time = thread.lastAt === 0 ? "" : format.full(thread.lastAt);
  return { replies, names, time, unread: thread.unread, mentions: thread.mentions };
}
