import type { MessageRow } from "@parley/client";
import { isVisible } from "@parley/log";
import type { Entry } from "@parley/protocol";
import { mayBeOver } from "./check-expiry.ts";
import type { Shown } from "./shown.ts";
import { textOf } from "./text-of.ts";
import type { Violation } from "./violation.ts";

/** Whether a message looks as it did at some time, or as this device wants it to. */
export function checkBody(
  shown: Shown,
  row: Pick<MessageRow, "id" | "body">,
  versions: readonly Entry[],
  where: string,
): Violation[] {
  const { history, viewer, typed, memory, era, now = 0 } = shown;
  const own = typed.changesOf(row.id);
  switch (row.body.kind) {
    case "deleted": {
      // What this device wants deleted or withdrawn looks so before the server has said so.
      if (own.some((command) => command.kind === "delete") || typed.get(row.id)?.discarded === true) return [];
      const erased = versions.find((version) => textOf(version) === undefined);
      if (erased === undefined && mayBeOver(versions, now)) return [];
      if (erased === undefined) return [{ rule: "LOG5", detail: `${where} as deleted, which it is not` }];
      return memory.saw(row.id, erased.rev, era, where);
    }
    case "withheld":
      return versions.some((version) => version.contentRev > version.seq)
        ? []
        : [{ rule: "VIS2", detail: `${where} as withheld, but it was never edited` }];
    case "text": {
      const { text } = row.body;
      if (own.some((command) => command.text === text)) return [];
      const version = versions.findLast((candidate) => textOf(candidate) === text);
      if (version === undefined) return [{ rule: "LOG3", detail: `${where} as “${text}”, which it never was` }];
      if (!isVisible(history.intervals(viewer), version.contentRev)) {
        return [{ rule: "VIS2", detail: `${where} as “${text}”, written out of sight` }];
      }
      return memory.saw(row.id, version.contentRev, era, where);
    }
  }
}
