import type { MessageRow, TimelineRow } from "@parley/client";
import { isVisible } from "@parley/log";
import type { Entry } from "@parley/protocol";
import { checkBody } from "./check-body.ts";
import { mayBeOver } from "./check-expiry.ts";
import { checkPinned } from "./check-pinned.ts";
import { checkQuote } from "./check-quote.ts";
import type { Shown } from "./shown.ts";
import { replyToOf, textOf } from "./text-of.ts";
import type { Violation } from "./violation.ts";

/** Judges what one screen shows at any moment: it may be behind the truth, but never beside it. */
export function checkTimeline(shown: Shown): Violation[] {
  return [...checkSequence(shown), ...shown.view.rows.flatMap((row) => checkRow(shown, row)), ...checkPinned(shown)];
}

/** Rows are in order and without a silent gap; every entry and every pending command is there once. */
function checkSequence(shown: Shown): Violation[] {
  const { device, view } = shown;
  const where = `${device} shows ${view.conversation}`;
  const violations: Violation[] = [];
  const ids = new Set<string>();
  let before: number | undefined;
  let pending = false;
  for (const row of view.rows) {
    if (ids.has(row.id)) violations.push({ rule: "SYN5", detail: `${where}: ${row.id} twice` });
    ids.add(row.id);
    const span = spanOf(row);
    if (span === undefined) {
      pending = true;
      continue;
    }
    if (pending) violations.push({ rule: "RNG1", detail: `${where}: ${span.from} after a pending row` });
    if (before !== undefined && span.from !== before + 1 && !isWishedHidden(shown, before + 1, span.from - 1)) {
      violations.push({ rule: "RNG1", detail: `${where}: ${span.from} next to ${before}` });
    }
    before = span.to;
  }
  const end = view.entryHead;
  if (view.atNewest && view.loaded && before !== undefined && before < end && !isWishedHidden(shown, before + 1, end)) {
    violations.push({
      rule: "RNG1",
      detail: `${where}: says it is at the newest entry ${view.entryHead}, but ends at ${before}`,
    });
  }
  return violations;
}

/** Whether the viewer wanted to see none of these entries, or they have disappeared. */
function isWishedHidden({ history, typed, wished, now = 0 }: Shown, from: number, to: number): boolean {
  if (to < from) return false;
  const own = new Set([...typed.all()].flatMap(({ messages }) => messages ?? []));
  for (let ordinal = from; ordinal <= to; ordinal++) {
    const id = history.historyAt(ordinal)?.[0]?.id;
    if (mayBeOver(history.historyAt(ordinal), now)) continue;
    if (id === undefined || !(own.has(id) || wished?.has(id))) return false;
  }
  return true;
}

function spanOf(row: TimelineRow): { readonly from: number; readonly to: number } | undefined {
  if (row.kind === "hole" || row.kind === "boundary") return { from: row.fromOrdinal, to: row.toOrdinal };
  return row.ordinal === undefined ? undefined : { from: row.ordinal, to: row.ordinal };
}

function checkRow(shown: Shown, row: TimelineRow): Violation[] {
  const { device, viewer, view, history } = shown;
  if (row.kind === "hole") return [];
  if (row.kind === "boundary") return checkBoundary(shown, row.fromOrdinal, row.toOrdinal);
  if (row.ordinal === undefined) return row.kind === "message" ? checkPendingAnswer(shown, row) : [];
  const where = `${device} shows ${view.conversation} ${row.ordinal}`;
  const versions = history.historyAt(row.ordinal);
  const made = versions?.[0];
  if (versions === undefined || made === undefined || made.id !== row.id) {
    return [{ rule: "LOG1", detail: `${where} as ${row.id}, which is ${made?.id ?? "nothing"}` }];
  }
  if (!isVisible(history.intervals(viewer), made.seq))
    return [{ rule: "VIS1", detail: `${where}, which is out of sight` }];
  if (row.kind === "system") return [];
  if (row.author !== made.author) return [{ rule: "LOG3", detail: `${where} as by ${row.author}` }];
  return [
    ...checkBody(shown, row, versions, where),
    ...checkAnswered(shown, row, versions, where),
    ...checkQuote(shown, row, where),
  ];
}

/** What waits answers what it was typed as an answer to, whatever was edited since. What is deleted says nothing any more. */
function checkPendingAnswer(shown: Shown, row: MessageRow): Violation[] {
  if (row.body.kind === "deleted") return [];
  const where = `${shown.device} shows pending ${row.id}`;
  const command = shown.typed.get(row.id);
  // Tried again, it has another id and may answer what was tried again with it.
  if (command?.kind === "post" && command.text !== undefined && (row.quote?.id ?? "") !== (command.replyTo ?? "")) {
    return [{ rule: "RPL1", detail: `${where} as an answer to ${row.quote?.id}, not to ${command.replyTo}` }];
  }
  return checkQuote(shown, row, where);
}

function checkBoundary({ device, viewer, view, history }: Shown, from: number, to: number): Violation[] {
  const intervals = history.intervals(viewer);
  for (let ordinal = from; ordinal <= to; ordinal++) {
    const made = history.historyAt(ordinal)?.[0];
    if (made === undefined || isVisible(intervals, made.seq)) {
      return [{ rule: "VIS3", detail: `${device} draws a boundary over ${ordinal} of ${view.conversation}` }];
    }
  }
  return [];
}

/** A text that the server has told says which message it answers. */
function checkAnswered({ typed }: Shown, row: MessageRow, versions: readonly Entry[], where: string): Violation[] {
  const text = row.body.kind === "text" ? row.body.text : undefined;
  if (text === undefined || typed.changesOf(row.id).some((command) => command.text === text)) return [];
  const version = versions.findLast((candidate) => textOf(candidate) === text);
  const replyTo = version === undefined ? "" : replyToOf(version);
  if (version === undefined || (row.quote?.id ?? "") === replyTo) return [];
  return [{ rule: "RPL1", detail: `${where} as an answer to ${row.quote?.id}, not to ${replyTo}` }];
}
