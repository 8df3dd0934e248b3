import type { ConnectionView } from "@parley/client";
import type { Texts } from "../../../texts/en.ts";

export type WaitReason = Extract<ConnectionView, { readonly kind: "waiting" }>["why"];

/** What is said while the next attempt is waited for. `wasOnline`: whether there was a connection since the app was opened. */
export function waitingText(words: Texts["connection"], why: WaitReason, leftMs: number, wasOnline: boolean): string {
  const seconds = Math.ceil(leftMs / 1000);
  if (why === "unreachable") {
    const { waiting, waitingNow } = wasOnline ? words : words.atStart;
    return seconds > 0 ? waiting(seconds) : waitingNow;
  }
  return `${words.notLetIn[why]} ${seconds > 0 ? words.tryingIn(seconds) : words.tryingNow}`;
}
