import { firstSchema } from "./0001-first-schema.ts";
import { verdictsById } from "./0002-verdicts-by-id.ts";
import { drafts } from "./0003-drafts.ts";
import { draftWriters } from "./0004-draft-writers.ts";
import { attendanceByAccount } from "./0005-attendance-by-account.ts";
import { markMoves } from "./0006-mark-moves.ts";
import { privacy } from "./0007-privacy.ts";
import { hiddenPresence } from "./0008-hidden-presence.ts";
import { preferences } from "./0009-preferences.ts";
import { description } from "./0010-description.ts";
import { savedMessages } from "./0011-saved-messages.ts";
import { hiddenMessages } from "./0012-hidden-messages.ts";
import { pinnedMessages } from "./0013-pinned-messages.ts";
import { versions } from "./0014-versions.ts";
import { entrances } from "./0015-entrances.ts";
import { unlisted } from "./0016-unlisted.ts";
import { threads } from "./0017-threads.ts";
import { due } from "./0018-due.ts";
import { mentions } from "./0019-mentions.ts";
import { blockedPeople } from "./0020-blocked-people.ts";
import { reports } from "./0021-reports.ts";
import { reminders } from "./0022-reminders.ts";
import { timers } from "./0023-timers.ts";
import { messageRequests } from "./0024-message-requests.ts";
import { pictures } from "./0025-pictures.ts";
import { markedUnread } from "./0026-marked-unread.ts";
import type { Migration } from "./migration.ts";

/** Append only: the version of a database is the number of steps it has taken. */
export const migrations: readonly Migration[] = [
  firstSchema,
  verdictsById,
  drafts,
  draftWriters,
  attendanceByAccount,
  markMoves,
  privacy,
  hiddenPresence,
  preferences,
  description,
  savedMessages,
  hiddenMessages,
  pinnedMessages,
  versions,
  entrances,
  unlisted,
  threads,
  due,
  mentions,
  blockedPeople,
  reports,
  reminders,
  timers,
  messageRequests,
  pictures,
  markedUnread,
];
