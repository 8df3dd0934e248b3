import { equals } from "@bufbuild/protobuf";
import { type Changes, type Entry, EntrySchema, type Page, type Skip } from "@parley/protocol";
import { differencesOf } from "./differences-of.ts";
import type { LogHistory } from "./log-history.ts";
import type { Violation } from "./violation.ts";

/** A page shows exactly what its viewer may see of its run of ordinals, as of its head. */
export function checkPage(history: LogHistory, viewer: string, page: Page): Violation[] {
  const where = `page ${page.fromOrdinal}–${page.toOrdinal} of ${page.conversation} as of ${page.asOf} for ${viewer}`;
  const violations = checkEntries(history, viewer, page.entries, page.asOf, where);
  if (page.toOrdinal === 0) return violations;
  const held = accountedFor(page.entries, page.skips);
  for (let ordinal = page.fromOrdinal; ordinal <= page.toOrdinal; ordinal++) {
    const visible = history.seen(viewer, ordinal, page.asOf) !== undefined;
    if (visible && !page.entries.some((entry) => entry.ordinal === ordinal)) {
      violations.push({ rule: "LOG4", detail: `${where} lacks ordinal ${ordinal}` });
    }
    if (!held(ordinal)) violations.push({ rule: "VIS3", detail: `${where} does not account for ordinal ${ordinal}` });
  }
  return violations;
}

/** Changes hold the current row of every visible entry that changed in their run of seqs, and no other. */
export function checkChanges(history: LogHistory, viewer: string, changes: Changes): Violation[] {
  const to = changes.to?.seq ?? 0;
  const where = `changes ${changes.from}–${to} of ${changes.conversation} for ${viewer}`;
  const violations = checkEntries(history, viewer, changes.entries, to, where);
  const given = new Set(changes.entries.map((entry) => entry.ordinal));
  const lacking = history.changedIn(viewer, changes.from, to).find((ordinal) => !given.has(ordinal));
  if (lacking !== undefined) violations.push({ rule: "LOG4", detail: `${where} lack ordinal ${lacking}` });
  return violations;
}

/** Rows as their viewer may see them as of a head. */
export function checkEntries(
  history: LogHistory,
  viewer: string,
  entries: readonly Entry[],
  asOf: number,
  where: string,
): Violation[] {
  const violations: Violation[] = [];
  let before = 0;
  for (const entry of entries) {
    const forms = history.forms(viewer, entry.ordinal, asOf);
    const expected = forms[0];
    if (expected === undefined) violations.push({ rule: "VIS1", detail: `${where} shows ordinal ${entry.ordinal}` });
    else if (!forms.some((form) => equals(EntrySchema, form, entry))) {
      const rule = brokenRule(entry, expected);
      violations.push({
        rule,
        detail: `${where} has another row at ordinal ${entry.ordinal}: ${differencesOf(entry, expected)}`,
      });
    }
    if (entry.ordinal <= before)
      violations.push({ rule: "LOG1", detail: `${where} is not ascending at ${entry.ordinal}` });
    before = entry.ordinal;
  }
  return violations;
}

function brokenRule(given: Entry, expected: Entry): string {
  if (given.body.case !== "message" || given.body.value.state.case !== "content") return "LOG3";
  const state = expected.body.case === "message" ? expected.body.value.state.case : undefined;
  if (state === "withheld") return "VIS2";
  return state === "deleted" ? "LOG5" : "LOG3";
}

function accountedFor(entries: readonly Entry[], skips: readonly Skip[]): (ordinal: number) => boolean {
  const given = new Set(entries.map((entry) => entry.ordinal));
  return (ordinal) =>
    given.has(ordinal) || skips.some((skip) => ordinal >= skip.fromOrdinal && ordinal <= skip.toOrdinal);
}
