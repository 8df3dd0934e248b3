import type { MessageRow, QuoteView } from "@parley/client";
import { isVisible } from "@parley/log";
import type { Entry } from "@parley/protocol";
import { mayBeOver } from "./check-expiry.ts";
import type { LogHistory } from "./log-history.ts";
import type { Shown } from "./shown.ts";
import { replyToOf, textOf } from "./text-of.ts";
import type { Violation } from "./violation.ts";

/** Judges what a row shows of the message that it answers: as it was at some moment that the viewer may see, and never less new than before. */
export function checkQuote(shown: Shown, { quote }: MessageRow, where: string): Violation[] {
  if (quote === undefined || quote.said.kind === "unknown") return [];
  const { history, typed, viewer } = shown;
  const about = `${where}, answering ${quote.id}`;
  const versions = history.historyOf(quote.id) ?? [];
  const own = typed.changesOf(quote.id);
  switch (quote.said.kind) {
    case "unavailable":
      if (shown.blocked?.has(versions[0]?.author ?? "")) return [];
      // An answer may come before what it answers, if that was written in another tab.
      return (versions[0]?.seq ?? 0) <= shown.view.head && isAlwaysSeen(versions, history, viewer)
        ? [{ rule: "RPL2", detail: `${about} as not available, which it is` }]
        : [];
    case "deleted": {
      if (own.some(({ kind }) => kind === "delete") || typed.get(quote.id)?.discarded === true) return [];
      const erased = versions.find(isErased);
      if (erased === undefined && mayBeOver(versions, shown.now ?? 0)) return [];
      if (erased === undefined) return [{ rule: "RPL2", detail: `${about} as deleted, which it is not` }];
      return shown.memory.saw(`quote ${quote.id}`, erased.rev, shown.era, about);
    }
    case "text": {
      const { text } = quote.said;
      if ([typed.get(quote.id), ...own].some((command) => isBeginning(text, command?.text))) return [];
      const version = versions.findLast((candidate) => isBeginning(text, textOf(candidate)));
      if (version === undefined) return [{ rule: "RPL2", detail: `${about} as “${text}”, which it never was` }];
      const intervals = history.intervals(viewer);
      if (!isVisible(intervals, version.seq) || !isVisible(intervals, version.contentRev)) {
        return [{ rule: "VIS2", detail: `${about} as “${text}”, written out of sight` }];
      }
      return shown.memory.saw(`quote ${quote.id}`, version.contentRev, shown.era, about);
    }
  }
}

/** At rest a row shows exactly what its viewer may see of the message that it answers now. */
export function checkQuoteAtRest(
  viewer: string,
  { quote }: MessageRow,
  entry: Entry,
  history: LogHistory,
  where: string,
  isFolded: (entry: Entry) => boolean = () => false,
): Violation[] {
  const replyTo = replyToOf(entry);
  if ((quote?.id ?? "") !== replyTo) {
    return [{ rule: "RPL1", detail: `${where}: answers ${quote?.id ?? "nothing"}, not ${replyTo || "nothing"}` }];
  }
  if (quote === undefined || (quote.said.kind === "text" && quote.said.failed)) return [];
  const ordinal = history.historyOf(quote.id)?.[0]?.ordinal;
  const forms = ordinal === undefined ? [] : history.forms(viewer, ordinal, history.viewerHead(viewer));
  const isUnavailable = quote.said.kind === "unavailable";
  const isRight = (form: Entry): boolean => (isFolded(form) ? isUnavailable : isShownAs(form, quote));
  const right = forms.length === 0 ? isUnavailable : forms.some(isRight);
  if (right) return [];
  return [{ rule: "RPL2", detail: `${where}: the answer to ${quote.id} shows ${JSON.stringify(quote.said)}` }];
}

function isShownAs(form: Entry, { said }: QuoteView): boolean {
  const text = textOf(form);
  if (text !== undefined) return said.kind === "text" && isBeginning(said.text, text);
  return said.kind === (isErased(form) ? "deleted" : "unavailable");
}

function isErased({ body }: Entry): boolean {
  return body.case === "message" && body.value.state.case === "deleted";
}

/** Long texts are cut. */
function isBeginning(shown: string, text: string | undefined): boolean {
  if (text === undefined) return false;
  return shown === text || (shown.endsWith("…") && text.startsWith(shown.slice(0, -1)));
}

/** A message of which no version was ever withheld from the viewer. */
function isAlwaysSeen(versions: readonly Entry[], history: LogHistory, viewer: string): boolean {
  const intervals = history.intervals(viewer);
  const isMessage = versions[0]?.body.case === "message";
  return (
    isMessage && versions.every(({ seq, contentRev }) => isVisible(intervals, seq) && isVisible(intervals, contentRev))
  );
}
