import { equals } from "@bufbuild/protobuf";
import { type Changes, type Entry, EntrySchema, type Page } from "@parley/protocol";
import type { LogHistory } from "./log-history.ts";
import type { Violation } from "./violation.ts";

/** page@a + changes(a→b) = page@b, where the truth stands for page@b. The page must reach from the first entry to its head. */
export function checkLaw(history: LogHistory, viewer: string, page: Page, changes: Changes): Violation[] {
  const to = changes.to?.seq ?? 0;
  const where = `page of ${page.conversation} as of ${page.asOf} with changes to ${to} for ${viewer}`;
  const rows = new Map<number, Entry>(page.entries.map((entry) => [entry.ordinal, entry]));
  for (const entry of changes.entries) rows.set(entry.ordinal, entry);
  for (let ordinal = 1; ordinal <= history.entryHeadAt(to); ordinal++) {
    const forms = history.forms(viewer, ordinal, to);
    const row = rows.get(ordinal);
    const same = row === undefined ? forms.length === 0 : forms.some((form) => equals(EntrySchema, form, row));
    if (!same) return [{ rule: "LOG4", detail: `${where}: another row at ordinal ${ordinal}` }];
  }
  return [];
}

/** The server's own rows, whoever may see them, equal the fold of the events. */
export function checkRows(history: LogHistory, conversation: string, rows: readonly Entry[]): Violation[] {
  if (rows.length !== history.entryHead) {
    return [{ rule: "LOG3", detail: `${conversation} has ${rows.length} rows, not ${history.entryHead}` }];
  }
  for (const row of rows) {
    const expected = history.historyAt(row.ordinal)?.at(-1);
    if (expected === undefined || !equals(EntrySchema, expected, row)) {
      return [{ rule: "LOG3", detail: `${conversation} has another row at ordinal ${row.ordinal}` }];
    }
  }
  return [];
}
