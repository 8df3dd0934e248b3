import type { Engine, Observable, PostDraft } from "@parley/client";
import type { Inspector } from "../features/inspector/view-model/inspector.ts";
import type { HostKind } from "./places/engine-place.ts";
import type { EngineSideState } from "./protocol/messages.ts";

/** What runs the engine of one account for this tab. */
export interface EngineHost {
  /** Usable at once: it shows what it knows, and what is asked waits until the engine runs. */
  readonly engine: Engine;
  /** Keeps a message where a page can do so without waiting, until the engine has queued it. False where that cannot be done. */
  handOff(post: PostDraft): boolean;
  /** For developers. */
  readonly inspector: Inspector;
  readonly state: Observable<HostState>;
  /** Makes a new local store in place of one that cannot be used; what can be read of the outbox and drafts is kept. */
  rebuild(): void;
  /** Stops the engine in all tabs and deletes what this device keeps of the account. The session on the server is not ended by this. */
  signOut(): Promise<void>;
  /** This tab needs the engine no longer. */
  close(): void;
}

/** `in` says where the engine runs. */
export type HostState = (EngineSideState | WithoutEngine) & { readonly in: HostKind };

/**
 * This tab has no engine, and takes none by itself: what it shows stays as it was, and what is typed waits in its hand-off.
 * `updated`: another tab runs another version of the app. `taken-over`: another window has the engine. `not-started`: none can be started here.
 */
export interface WithoutEngine {
  readonly kind: "without-engine";
  readonly why: "updated" | "taken-over" | "not-started";
}
