import type { Engine, Observable, PostDraft } from "@parley/client";
import type { Inspector } from "../features/inspector/view-model/inspector.ts";

/** Where the engine of an account runs, as far as the app is concerned. */
export interface EngineHome {
  readonly engine: Engine;
  /** Keeps a message where a page can do so without waiting, until the engine has queued it. False where that cannot be done. */
  handOff(post: PostDraft): boolean;
  readonly inspector: Inspector;
  readonly state: Observable<EngineHomeState>;
  /** A new local store in place of one that cannot be used. */
  rebuild(): void;
  /** Ends it in all tabs and deletes what this device keeps of the account. */
  signOut(): Promise<void>;
  close(): void;
}

export type EngineHomeState =
  | { readonly kind: "starting" }
  /** `kept` is false where this browser stores nothing; `unsaved` is what could not be saved when the local store was rebuilt. */
  | { readonly kind: "running"; readonly kept: boolean; readonly unsaved?: number | "unknown" }
  /** It cannot run on the local store; `problem` says why, for the texts. */
  | { readonly kind: "store-failed"; readonly problem: string }
  /** This tab has no engine and takes none by itself; `why` is for the texts. */
  | { readonly kind: "without-engine"; readonly why: "updated" | "taken-over" | "not-started" }
  /** Signed out on this device, perhaps in another tab. */
  | { readonly kind: "signed-out" };
