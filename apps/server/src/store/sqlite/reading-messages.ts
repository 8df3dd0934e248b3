import type { HubFinding, HubRead } from "./hub-reads.ts";
import type { Failure, Opening } from "./thread-messages.ts";

/** To the thread that reads: first where the file is, then reads. */
export type ReadingOrder =
  | { readonly kind: "open"; readonly path: string }
  | { readonly kind: "read"; readonly id: number; readonly read: HubRead }
  | { readonly kind: "close" };

/** From it. */
export type ReadingReport =
  | Opening
  | { readonly kind: "read"; readonly id: number; readonly found: HubFinding }
  | { readonly kind: "error"; readonly id: number; readonly failure: Failure }
  | { readonly kind: "closed" };
