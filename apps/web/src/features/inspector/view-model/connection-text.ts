import type { ConnectionView } from "@parley/client";
import type { InspectorTexts } from "../../../texts/en-inspector.ts";
import { clockTime } from "./clock-time.ts";

/** The state of a connection as developers call it. */
export function connectionText(connection: ConnectionView, words: InspectorTexts): string {
  if (connection.kind !== "waiting") return connection.kind;
  return words.withDetail(connection.kind, `${connection.why}, ${words.nextTry(clockTime(connection.retryAt))}`);
}
