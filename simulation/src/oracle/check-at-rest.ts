import type { ConversationView, MessageRow, SystemRow, TimelineRow, TimelineView } from "@parley/client";
import { isExpired, type Marks } from "@parley/log";
import type { Entry } from "@parley/protocol";
import { BlockLedger } from "./block-ledger.ts";
import { checkPinnedAtRest } from "./check-pinned.ts";
import { checkQuoteAtRest } from "./check-quote.ts";
import { checkStandingAtRest } from "./check-state.ts";
import type { Ledger } from "./ledger.ts";
import type { LogHistory } from "./log-history.ts";
import type { MarkLedger } from "./mark-ledger.ts";
import { isForwarded, textOf } from "./text-of.ts";
import type { TypedCommand, TypedCommands } from "./typed.ts";
import type { Violation } from "./violation.ts";

/** At rest a screen shows exactly what its viewer may and wants to see of its stretch, and nothing is on its way. */
export function checkTimelineAtRest(
  device: string,
  viewer: string,
  view: TimelineView,
  history: LogHistory,
  hidden: ReadonlySet<string> = new Set(),
  blocks: BlockLedger = new BlockLedger(),
): Violation[] {
  const where = `${device} shows ${view.conversation} at rest`;
  const { from, to } = stretchOf(view.rows);
  const drawn = new Set(view.rows.map(({ id }) => id));
  // What has disappeared takes no place, but at the root of a thread.
  const isGone = ({ id }: Entry): boolean => {
    const newest = history.historyOf(id)?.at(-1);
    return newest !== undefined && isExpired(newest) && !drawn.has(id);
  };
  const all = history.allSeen(viewer, history.viewerHead(viewer));
  const seen = all.filter((entry) => !hidden.has(entry.id) && !isGone(entry));
  const isFolded = (entry: Entry): boolean => blocks.folds(viewer, entry);
  const expected = seen.filter(({ ordinal }) => ordinal >= from && ordinal <= to);
  const shown = view.rows.filter(isEntryRow);
  const violations = [
    ...checkNoTrace(all, drawn, history, where),
    ...checkEnds(view, seen, { from, to }, where),
    ...checkStandingAtRest(device, viewer, view, history, blocks.everCut(viewer, view.conversation)),
    ...checkPinnedAtRest(
      device,
      viewer,
      view,
      history,
      new Set([...hidden, ...seen.filter(isFolded).map(({ id }) => id)]),
    ),
  ];
  for (const [index, entry] of expected.entries()) {
    const row = shown[index];
    if (row === undefined || row.id !== entry.id || row.ordinal !== entry.ordinal) {
      const detail = `${where}: ${row?.ordinal ?? "nothing"} where ${entry.ordinal} should be`;
      return [...violations, { rule: "SYN2", detail }];
    }
    if (row.kind === "message") violations.push(...checkMessageForms({ viewer, history, blocks }, row, entry, where));
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

/** What has disappeared is drawn where a thread below it is to be found, and nowhere else. */
function checkNoTrace(
  seen: readonly Entry[],
  drawn: ReadonlySet<string>,
  history: LogHistory,
  where: string,
): Violation[] {
  return seen.flatMap(({ id, ordinal }) => {
    const newest = history.historyOf(id)?.at(-1);
    if (newest?.body.case !== "message" || !isExpired(newest)) return [];
    if (!drawn.has(id) || newest.body.value.thread !== undefined) return [];
    return [{ rule: "DIS5", detail: `${where}: ${ordinal}, which has disappeared` }];
  });
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The ordinals that rows account for; 1 and 0 when they account for none. */
function stretchOf(rows: readonly TimelineRow[]): Stretch {
  const spans = rows.flatMap((row): Stretch[] => {
    if (row.kind === "hole" || row.kind === "boundary") return [{ from: row.fromOrdinal, to: row.toOrdinal }];
    return row.ordinal === undefined ? [] : [{ from: row.ordinal, to: row.ordinal }];
  });
  return { from: spans[0]?.from ?? 1, to: spans.at(-1)?.to ?? 0 };
}

function checkEnds(view: TimelineView, seen: readonly Entry[], { from, to }: Stretch, where: string): Violation[] {
  const violations: Violation[] = [];
  const first = seen[0]?.ordinal ?? 0;
  const last = seen.at(-1)?.ordinal ?? 0;
  if (!view.loaded) violations.push({ rule: "SYN2", detail: `${where}: not loaded` });
  if (view.atNewest && to < last) violations.push({ rule: "SYN2", detail: `${where}: ends at ${to}, not ${last}` });
  if (view.atOldest && first > 0 && from > first)
    violations.push({ rule: "SYN2", detail: `${where}: begins at ${from}` });
  return violations;
}

interface Seeing {
  readonly viewer: string;
  readonly history: LogHistory;
  readonly blocks: BlockLedger;
}

function checkMessageForms(
  { viewer, history, blocks }: Seeing,
  row: MessageRow,
  entry: Entry,
  where: string,
): Violation[] {
  if ((row.folded === true) !== blocks.folds(viewer, entry)) {
    return [{ rule: "BLK4", detail: `${where}: ${row.ordinal} ${row.folded ? "" : "not "}folded` }];
  }
  const blocked = blocks.blockedBy(viewer);
  const forms = history.forms(viewer, entry.ordinal, history.viewerHead(viewer));
  const found = forms.map((form) => checkMessage(viewer, row, form, where, blocked));
  // An erasure reaches who has left as well, by the account log.
  if (forms.some(isDeletion) && row.body.kind !== "deleted") {
    return [{ rule: "LOG5", detail: `${where}: ${row.ordinal}, which was erased` }];
  }
  const isFolded = (answered: Entry): boolean => blocks.folds(viewer, answered);
  const quotes = forms.map((form) => checkQuoteAtRest(viewer, row, form, history, where, isFolded));
  for (const [index, each] of found.entries()) each.push(...(quotes[index] ?? []));
  return found.some((each) => each.length === 0) ? [] : (found[0] ?? []);
}

function isEntryRow(row: TimelineRow): row is MessageRow | SystemRow {
  return row.kind === "message" || row.kind === "system";
}

function isDeletion({ body }: Entry): boolean {
  return body.case === "message" && body.value.state.case === "deleted";
}

function checkMessage(
  viewer: string,
  row: MessageRow,
  entry: Entry,
  where: string,
  blocked: ReadonlyMap<string, unknown>,
): Violation[] {
  if (entry.body.case !== "message") return [{ rule: "LOG3", detail: `${where}: ${row.ordinal} as a message` }];
  const message = entry.body.value;
  const how = (forwarded: boolean | undefined) => (forwarded ? "forwarded text" : "text");
  const expected =
    message.state.case === "content" ? `${how(isForwarded(entry))} ${textOf(entry)}` : message.state.case;
  const shown = row.body.kind === "text" ? `${how(row.body.forwarded)} ${row.body.text}` : row.body.kind;
  if (shown !== expected) return [{ rule: "SYN2", detail: `${where}: ${row.ordinal} as ${shown}, not ${expected}` }];
  const reactions = message.reactions.flatMap(({ emoji, accounts: all }) => {
    const accounts = all.filter((account) => !blocked.has(account));
    return accounts.length === 0 ? [] : [`${emoji}${accounts.length}${accounts.includes(viewer)}`];
  });
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
  hiddenIn: (conversation: string) => ReadonlySet<string>,
): Violation[] {
  const violations: Violation[] = [];
  for (const [id, history] of ledger.logs) {
    // Threads are listed where they are followed.
    if (history.parent === undefined ? history.intervals(viewer).length === 0 : !history.isPresent(viewer)) continue;
    const view = listed.find((conversation) => conversation.id === id);
    if (view === undefined) {
      violations.push({ rule: "SYN2", detail: `${device} does not list ${id}` });
      continue;
    }
    if (view.request === "open" || view.request === "declined") {
      violations.push(...checkRequest(device, view, marks.of(viewer, id)));
      continue;
    }
    const { read } = marks.of(viewer, id);
    const head = history.viewerHead(viewer);
    const hidden = hiddenIn(id);
    if (!history.isUnread(view.unread, viewer, read, head, hidden)) {
      const unread = history.unread(viewer, read, head, hidden);
      violations.push({ rule: "MRK3", detail: `${device} counts ${view.unread} unread in ${id}, not ${unread}` });
    }
    if (!history.isMentions(view.mentions, viewer, read, head, hidden)) {
      const mentions = history.mentions(viewer, read, head, hidden);
      violations.push({ rule: "MEN2", detail: `${device} counts ${view.mentions} mentions in ${id}, not ${mentions}` });
    }
    if (view.writable !== (history.isPresent(viewer) && view.blocked !== true)) {
      violations.push({ rule: "VIS1", detail: `${device} says that ${id} is ${view.writable ? "" : "not "}writable` });
    }
  }
  return violations;
}

/** Of a message request that waits nothing is told: neither in the list, nor to who made it. */
function checkRequest(device: string, view: ConversationView, { delivered, read }: Marks): Violation[] {
  const { id, unread, mentions, newest } = view;
  const violations: Violation[] = [];
  if (unread > 0 || mentions > 0 || newest !== undefined) {
    violations.push({ rule: "REQ5", detail: `${device} tells in its list what the request ${id} says` });
  }
  if (delivered > 0 || read > 0) {
    violations.push({ rule: "REQ3", detail: `marks ${delivered}/${read} of ${device} in the request ${id}` });
  }
  return violations;
}

/** At rest every durable command of a device is in the log or rejected; what somebody wrote is still there to read. */
export function checkNothingLost(
  device: string,
  typed: TypedCommands,
  ledger: Ledger,
  keptOnDevice: ReadonlySet<string>,
  era = 0,
): Violation[] {
  const violations: Violation[] = [];
  for (const command of typed.all()) {
    if (!isKept(command) || command.discarded) continue;
    if (ledger.verdictOf(command.id)?.outcome.case === "accepted" || keptOnDevice.has(command.id)) continue;
    if (era > 0 && ledger.wasTimed(command.target ?? command.id)) continue;
    if (command.text === undefined || isMerged(command, typed, ledger) || wasLost(command, era)) continue;
    const fate = ledger.verdictOf(command.id) === undefined ? "has no verdict" : "was rejected";
    violations.push({ rule: "OUT1", detail: `${command.kind} ${command.id} of ${device} ${fate} and is nowhere` });
  }
  return violations;
}

function isKept({ durable, handedOff }: TypedCommand): boolean {
  return durable || handedOff === true;
}

/** It was in a store alone that was thrown away while nothing ran, or the server forgot since that it had accepted it. */
function wasLost({ lostWith }: TypedCommand, era: number): boolean {
  return lostWith !== undefined && (!lostWith.accepted || lostWith.era !== era);
}

/** An edit of a message that was never sent is part of it; one of a message that was given up went with it. */
function isMerged({ target, text }: TypedCommand, typed: TypedCommands, ledger: Ledger): boolean {
  if (target === undefined) return false;
  const post = typed.get(target);
  return (
    post?.discarded === true ||
    post === undefined ||
    !isKept(post) ||
    ledger.wasReceived(text) ||
    isOverwritten(target, text, typed)
  );
}

function isOverwritten(target: string, text: string | undefined, typed: TypedCommands): boolean {
  const edits = typed.changesOf(target).filter((command) => command.text !== undefined);
  return edits.at(-1)?.text !== text;
}
