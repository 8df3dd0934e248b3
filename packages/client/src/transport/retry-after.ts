import type { HttpAnswer } from "../ports/http.ts";

/**
 * When to come again, as an answer's `Retry-After` says: in seconds or as a date, which is read by the clock of whoever answered. Undefined where
 * it says nothing that makes sense.
 */
export function retryAfterMs(headers: HttpAnswer["headers"]): number | undefined {
  const text = headers.get("retry-after")?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const date = Date.parse(headers.get("date") ?? "");
  const afterMs = Date.parse(text) - date;
  return Number.isNaN(afterMs) ? undefined : Math.max(0, afterMs);
}
