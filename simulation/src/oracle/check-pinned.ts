import type { PinnedMessageView, TimelineView } from "@parley/client";
import { isVisible } from "@parley/log";
import type { Entry } from "@parley/protocol";
import { checkBody } from "./check-body.ts";
import type { LogHistory } from "./log-history.ts";
import type { Shown } from "./shown.ts";
import { textOf } from "./text-of.ts";
import type { Violation } from "./violation.ts";

const OUT_OF_SIGHT = "out-of-sight";

/** Judges the pinned messages of a screen at any moment: a pin shows nobody what they may not see, and nothing that never was. */
export function checkPinned(shown: Shown): Violation[] {
  return shown.view.pinned.flatMap((pinned) => checkOne(shown, pinned));
}

function checkOne(shown: Shown, { id, ordinal, body }: PinnedMessageView): Violation[] {
  const { device, viewer, view, history, typed } = shown;
  const where = `${device} shows the pinned ${id} of ${view.conversation}`;
  const versions = history.historyOf(id);
  const made = versions?.[0];
  if (versions === undefined || made === undefined) {
    if (typed.get(id) !== undefined || isOfLostHistory(shown, id, body)) return [];
    return [{ rule: "PIN1", detail: `${where}, which is no message` }];
  }
  // It waited, and an edit became part of it before it was sent.
  if (ordinal === undefined && body.kind === "text" && typed.get(id)?.text === body.text) return [];
  const visible = isVisible(history.intervals(viewer), made.seq);
  if (body.kind === "not-held") return [];
  if (body.kind === OUT_OF_SIGHT) {
    return visible ? [{ rule: "PIN3", detail: `${where} as out of sight, which it is not` }] : [];
  }
  if (!visible) return [{ rule: "PIN3", detail: `${where}, which is out of sight` }];
  return checkBody(shown, { id, body }, versions, where);
}

/**
 * A message that the server lost when it was set back, and that this device pinned before: the pin waits until the server has judged it again, and
 * says no more than that there is one.
 */
function isOfLostHistory({ typed, era }: Shown, id: string, { kind }: PinnedMessageView["body"]): boolean {
  if (era === 0 || (kind !== "not-held" && kind !== OUT_OF_SIGHT)) return false;
  return typed.changesOf(id).some((command) => command.kind === "pin");
}

/** At rest the pinned messages are those of the log, the one pinned last first, and each is there as far as it may be seen. */
export function checkPinnedAtRest(
  device: string,
  viewer: string,
  view: TimelineView,
  history: LogHistory,
  hidden: ReadonlySet<string>,
): Violation[] {
  const head = history.viewerHead(viewer);
  const expected = [...(history.stateAt(head)?.pinnedMessages ?? [])]
    .reverse()
    .map((id) => ({ id, forms: formsOf(id, viewer, history, head) }))
    // Who may not see a message does not learn where it lies, nor whether that is in what they cleared.
    .filter(({ id, forms }) => forms.includes(OUT_OF_SIGHT) || !(hidden.has(id) || forms.includes("deleted")));
  const told = view.pinned.map(({ id, body }) => `${id} ${body.kind === "text" ? `text ${body.text}` : body.kind}`);
  const right =
    told.length === expected.length &&
    expected.every(({ id, forms }, index) => forms.some((form) => told[index] === `${id} ${form}`));
  if (right) return [];
  const wanted = expected.map(({ id, forms }) => `${id} ${forms.join(" or ")}`).join(", ");
  return [
    { rule: "PIN1", detail: `${device} shows [${told.join(", ")}] pinned in ${view.conversation}, not [${wanted}]` },
  ];
}

/** How a pinned message may be shown. */
function formsOf(id: string, viewer: string, history: LogHistory, head: number): readonly string[] {
  const made = history.historyOf(id)?.[0];
  if (made === undefined || !isVisible(history.intervals(viewer), made.seq)) return [OUT_OF_SIGHT];
  return history.forms(viewer, made.ordinal, head).map(formOf);
}

function formOf(entry: Entry): string {
  if (entry.body.case !== "message") return "no message";
  return entry.body.value.state.case === "content"
    ? `text ${textOf(entry)}`
    : (entry.body.value.state.case ?? "nothing");
}
