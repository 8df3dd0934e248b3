import { isVisible } from "@parley/log";
import type { Changes, Event, MemberMark, ReadState, Reset, ServerFrame } from "@parley/protocol";
import { checkChanges, checkEntries, checkPage } from "./check-page.ts";
import { checkState } from "./check-state.ts";
import type { Ledger } from "./ledger.ts";
import { sameVerdict, verdictText } from "./verdict-text.ts";
import type { Violation } from "./violation.ts";

/** Judges what leaves the server for a device of `viewer`: true, visible to that viewer, and complete where it claims to be. */
export function checkFrame(ledger: Ledger, viewer: string, frame: ServerFrame): Violation[] {
  const { case: kind, value } = frame.frame;
  switch (kind) {
    case "welcome":
      return value.conversations.flatMap((status) => (status.read ? checkReadState(ledger, viewer, status.read) : []));
    case "changes":
      return checkChangesFrame(ledger, viewer, value);
    case "reset":
      return checkReset(ledger, viewer, value);
    case "event":
      return value.event ? checkEventFrame(ledger, viewer, value.event) : [];
    case "answers":
      return value.answers.flatMap((answer) =>
        answer.outcome.case === "verdict" ? checkVerdict(ledger, answer.id, answer.outcome.value) : [],
      );
    case "registers":
      return [
        ...value.readStates.flatMap((state) => checkReadState(ledger, viewer, state)),
        ...value.memberMarks.flatMap((mark) => checkMemberMark(ledger, mark)),
      ];
    case "response":
      return checkResponse(ledger, viewer, value.answer);
    default:
      return [];
  }
}

function checkChangesFrame(ledger: Ledger, viewer: string, changes: Changes): Violation[] {
  const history = ledger.log(changes.conversation);
  return [...checkChanges(history, viewer, changes), ...checkState(history, changes.state, changes.to?.seq ?? 0)];
}

function checkReset(ledger: Ledger, viewer: string, { newest, state, status }: Reset): Violation[] {
  if (newest === undefined) return [];
  const history = ledger.log(newest.conversation);
  return [...checkPage(history, viewer, newest), ...checkState(history, state, status?.head?.seq ?? 0)];
}

type ResponseAnswer = Extract<ServerFrame["frame"], { case: "response" }>["value"]["answer"];

function checkResponse(ledger: Ledger, viewer: string, answer: ResponseAnswer): Violation[] {
  switch (answer.case) {
    case "page":
      return checkPage(ledger.log(answer.value.conversation), viewer, answer.value);
    case "changes":
      return checkChangesFrame(ledger, viewer, answer.value);
    case "reset":
      return checkReset(ledger, viewer, answer.value);
    case "entries": {
      const { entries, asOf } = answer.value;
      const conversation = entries[0]?.conversation ?? "";
      const ascending = [...entries].sort((one, other) => one.ordinal - other.ordinal);
      return checkEntries(ledger.log(conversation), viewer, ascending, asOf, `rows of ${conversation} for ${viewer}`);
    }
    case "verdicts":
      return answer.value.answers.flatMap((given) =>
        given.outcome.case === "verdict" ? checkVerdict(ledger, given.id, given.outcome.value) : [],
      );
    default:
      return [];
  }
}

function checkVerdict(ledger: Ledger, id: string, verdict: NonNullable<ReturnType<Ledger["verdictOf"]>>): Violation[] {
  const recorded = ledger.verdictOf(id);
  if (recorded === undefined)
    return [{ rule: "CMD9", detail: `${id} is told ${verdictText(verdict)}, nothing is recorded` }];
  if (sameVerdict(recorded, verdict)) return [];
  return [{ rule: "CMD1", detail: `${id} is told ${verdictText(verdict)}, not ${verdictText(recorded)}` }];
}

function checkEventFrame(ledger: Ledger, viewer: string, event: Event): Violation[] {
  const history = ledger.log(event.log);
  const where = `event ${event.seq} of ${event.log} to ${viewer}`;
  if (history.events[event.seq - 1]?.id !== event.id) return [{ rule: "LOG1", detail: `${where} is not in the log` }];
  const intervals = history.intervals(viewer);
  // What ends one's being there is told to oneself, also where one has come back before it is read.
  const ends = history.endedAt(viewer, event.seq);
  if (!ends && !isVisible(intervals, event.seq)) return [{ rule: "VIS1", detail: `${where} is out of sight` }];
  if (event.body.case !== "edited" || event.body.value.content === undefined) return [];
  const posted = history.historyOf(event.body.value.target)?.[0];
  if (posted !== undefined && isVisible(intervals, posted.seq)) return [];
  return [{ rule: "VIS4", detail: `${where} carries content of a message out of sight` }];
}

export function checkReadState(ledger: Ledger, viewer: string, state: ReadState): Violation[] {
  const history = ledger.log(state.conversation);
  const where = `read state of ${viewer} in ${state.conversation} as of ${state.asOf}`;
  const head = history.visibleEntryHead(viewer, history.viewerHead(viewer));
  if (state.read > head || state.delivered > head) {
    return [{ rule: "MRK2", detail: `${where}: ${state.delivered}/${state.read} beyond ${head}` }];
  }
  const hidden = ledger.uncountedBy(viewer, state.conversation, state.accountAsOf);
  if (!history.isUnread(state.unread, viewer, state.read, state.asOf, hidden)) {
    const expected = history.unread(viewer, state.read, state.asOf, hidden);
    return [{ rule: "MRK3", detail: `${where}: unread ${state.unread}, not ${expected} after ${state.read}` }];
  }
  if (history.isMentions(state.mentions, viewer, state.read, state.asOf, hidden)) return [];
  const expected = history.mentions(viewer, state.read, state.asOf, hidden);
  return [{ rule: "MEN2", detail: `${where}: mentions ${state.mentions}, not ${expected} after ${state.read}` }];
}

function checkMemberMark(ledger: Ledger, mark: MemberMark): Violation[] {
  const { entryHead } = ledger.log(mark.conversation);
  if (mark.read <= entryHead && mark.delivered <= entryHead) return [];
  const detail = `mark ${mark.delivered}/${mark.read} of ${mark.account} in ${mark.conversation} beyond ${entryHead}`;
  return [{ rule: "MRK2", detail }];
}
