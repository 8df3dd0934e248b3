import type { Version } from "@parley/protocol";
import type { LogHistory } from "./log-history.ts";
import { textOf } from "./text-of.ts";
import type { Violation } from "./violation.ts";

/** What is kept of former content is what messages said before their edits, and nothing of what was erased. */
export async function checkVersions(
  history: LogHistory,
  conversation: string,
  keptOf: (ordinal: number) => Promise<readonly Version[]>,
): Promise<Violation[]> {
  const violations: Violation[] = [];
  for (let ordinal = 1; ordinal <= history.entryHead; ordinal++) {
    const expected = formerOf(history, ordinal);
    if (expected === undefined) continue;
    const kept = (await keptOf(ordinal)).map(({ seq, content }) => {
      return `${seq} ${content?.form.case === "plain" ? content.form.value.text : "?"}`;
    });
    if (kept.join() === expected.join()) continue;
    const rule = expected.length === 0 ? "VER2" : "VER1";
    violations.push({ rule, detail: `${conversation} ${ordinal} has the versions [${kept}], not [${expected}]` });
  }
  return violations;
}

/** The newest first; none of what was erased; undefined for what was never edited. */
function formerOf(history: LogHistory, ordinal: number): readonly string[] | undefined {
  const rows = history.historyAt(ordinal) ?? [];
  const contents = new Map(rows.map((row) => [row.contentRev, row]));
  if (contents.size < 2) return undefined;
  const erased = rows.some(({ body }) => body.case === "message" && body.value.state.case === "deleted");
  if (erased) return [];
  return [...contents.values()]
    .slice(0, -1)
    .map((row) => `${row.contentRev} ${textOf(row)}`)
    .toReversed();
}
