import { RetryCode } from "@parley/protocol";
import type { HoldUp } from "../api/conversation-list-view.ts";
import type { Queue } from "./queue.ts";

const mostSeriousFirst: readonly HoldUp[] = ["storage-full", "unavailable", "shutting-down", "rate-limited"];

/** The most serious reason for which the server puts off what waits. */
export function holdUpOf(queues: readonly Queue[]): HoldUp | undefined {
  const codes = queues.filter(({ waiting }) => waiting.length > 0).map(({ holdUp }) => holdUp);
  const named = new Set(codes.filter((code) => code !== undefined).map(nameOf));
  return mostSeriousFirst.find((holdUp) => named.has(holdUp));
}

/** A code of a newer server means at least that it cannot be done now. */
function nameOf(code: RetryCode): HoldUp {
  switch (code) {
    case RetryCode.RATE_LIMITED:
      return "rate-limited";
    case RetryCode.SHUTTING_DOWN:
      return "shutting-down";
    case RetryCode.STORAGE_FULL:
      return "storage-full";
    default:
      return "unavailable";
  }
}
