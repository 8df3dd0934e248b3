import type { Entry } from "@parley/protocol";
import type { LogHistory } from "./log-history.ts";
import type { Violation } from "./violation.ts";

/** At rest the device of a former member holds no content that was erased after its account had left. */
export function checkForgotten(
  device: string,
  viewer: string,
  history: LogHistory,
  stored: readonly Entry[],
): Violation[] {
  if (history.isPresent(viewer)) return [];
  return stored
    .filter((entry) => !isDeleted(entry) && isDeleted(history.historyOf(entry.id)?.at(-1)))
    .map(({ id }) => ({
      rule: "LOG5",
      detail: `${device} still holds ${id}, which was erased after its account left`,
    }));
}

function isDeleted(entry: Entry | undefined): boolean {
  return entry?.body.case === "message" && entry.body.value.state.case === "deleted";
}
