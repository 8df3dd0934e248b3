import type { ConversationView, MessageRow, SystemRow, TimelineRow, TimelineView } from "@parley/client";
import type { Entry } from "@parley/protocol";
import type { Ledger } from "./ledger.ts";
import type { LogHistory } from "./log-history.ts";
import type { MarkLedger } from "./mark-ledger.ts";
import { textOf } from "./text-of.ts";
import type { TypedCommands } from "./typed.ts";
import type { Violation } from "./violation.ts";

/** At rest a fully loaded screen shows exactly what its viewer may see, and nothing is on its way. */
export function checkTimelineAtRest(
  device: string,
  viewer: string,
  view: TimelineView,
  history: LogHistory,
): Violation[] {
  const where = `${device} shows ${view.conversation} at rest`;
  const expected = history.allSeen(viewer, history.viewerHead(viewer));
  const shown = view.rows.filter(isEntryRow);
  const violations: Violation[] = [];
  for (const [index, entry] of expected.entries()) {
    const row = shown[index];
    if (row === undefined || row.id !== entry.id || row.ordinal !== entry.ordinal) {
      const detail = `${where}: ${row?.ordinal ?? "nothing"} where ${entry.ordinal} should be`;
      return [...violations, { rule: "SYN2", detail }];
    }
    if (row.kind === "message") violations.push(...checkMessage(viewer, row, entry, where));
  }
  for (const row of shown.slice(expected.length)) {
    if (row.ordinal !== undefined) violations.push({ rule: "SYN2", detail: `${where}: ${row.ordinal} beyond the end` });
    else if (row.kind === "message" && row.status?.kind !== "failed") {
      violations.push({ rule: "OUT1", detail: `${where}: ${row.id} is still ${row.status?.kind}` });
    }
  }
  if (view.rows.some((row) => row.kind === "hole")) violations.push({ rule: "RNG1", detail: `${where}: a hole` });
  return violations;
}

function isEntryRow(row: TimelineRow): row is MessageRow | SystemRow {
  return row.kind === "message" || row.kind === "system";
}

function checkMessage(viewer: string, row: MessageRow, entry: Entry, where: string): Violation[] {
  if (entry.body.case !== "message") return [{ rule: "LOG3", detail: `${where}: ${row.ordinal} as a message` }];
  const message = entry.body.value;
  const expected = message.state.case === "content" ? `text ${textOf(entry)}` : message.state.case;
  const shown = row.body.kind === "text" ? `text ${row.body.text}` : row.body.kind;
  if (shown !== expected) return [{ rule: "SYN2", detail: `${where}: ${row.ordinal} as ${shown}, not ${expected}` }];
  const reactions = message.reactions.map(
    ({ emoji, accounts }) => `${emoji}${accounts.length}${accounts.includes(viewer)}`,
  );
  const drawn = row.reactions.map(({ emoji, count, mine }) => `${emoji}${count}${mine}`);
  if (reactions.sort().join() !== drawn.sort().join()) {
    return [
      { rule: "SYN2", detail: `${where}: ${row.ordinal} with reactions ${drawn.join()}, not ${reactions.join()}` },
    ];
  }
  return [];
}

/** At rest the list holds every conversation that the viewer is or was a member of, with the right count of unread messages. */
export function checkListAtRest(
  device: string,
  viewer: string,
  listed: readonly ConversationView[],
  ledger: Ledger,
  marks: MarkLedger,
): Violation[] {
  const violations: Violation[] = [];
  for (const [id, history] of ledger.logs) {
    if (history.intervals(viewer).length === 0) continue;
    const view = listed.find((conversation) => conversation.id === id);
    if (view === undefined) {
      violations.push({ rule: "SYN2", detail: `${device} does not list ${id}` });
      continue;
    }
    const unread = history.unread(viewer, marks.of(viewer, id).read, history.viewerHead(viewer));
    if (view.unread !== unread) {
      violations.push({ rule: "MRK3", detail: `${device} counts ${view.unread} unread in ${id}, not ${unread}` });
    }
    if (view.writable !== history.isPresent(viewer)) {
      violations.push({ rule: "VIS1", detail: `${device} says that ${id} is ${view.writable ? "" : "not "}writable` });
    }
  }
  return violations;
}

/** At rest every durable command of a device is in the log or rejected; a rejected post is still there for its author to read. */
export function checkNothingLost(
  device: string,
  typed: TypedCommands,
  ledger: Ledger,
  rejectedOnDevice: ReadonlySet<string>,
): Violation[] {
  const violations: Violation[] = [];
  for (const command of typed.all()) {
    if (!command.durable || command.discarded) continue;
    const verdict = ledger.verdictOf(command.id);
    if (verdict?.outcome.case === "accepted") continue;
    if (rejectedOnDevice.has(command.id)) continue;
    const fate = verdict === undefined ? "has no verdict" : "was rejected";
    violations.push({ rule: "OUT1", detail: `${command.kind} ${command.id} of ${device} ${fate} and is nowhere` });
  }
  return violations;
}
