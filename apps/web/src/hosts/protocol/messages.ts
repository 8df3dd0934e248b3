import type {
  AccountView,
  ConnectionView,
  ConversationListView,
  ConversationView,
  OutboxView,
  StoreErrorKind,
  TimelineRow,
  TimelineView,
} from "@parley/client";
import type { Encoding } from "@parley/protocol";
import type { DueReminders } from "../engine-side/due-reminders.ts";
import type { InspectionCall } from "../inspection/inspection-call.ts";
import type { CarriedError } from "./carried-error.ts";
import type { EngineCall, EngineTell, TimelineCall } from "./engine-calls.ts";
import type { ListPatch } from "./list-patch.ts";

/**
 * What a tab and the side that runs the engine say to each other over a MessagePort.
 *
 *     tab                               engine side
 *      │ ◄───────────────────────── ready │   it owns its name (a Web Lock)
 *      │ hello ─────────────────────────► │   who is signed in; which lock dies with the tab
 *      │ open-timeline, call, tell … ───► │
 *      │ ◄─────────────────────────  turn │   what changed since the turn before, then the answers
 *      │ goodbye ───────────────────────► │
 *
 * Either side may be gone at any moment. A tab that meets another engine side says hello again, opens its timelines again, and repeats
 * the calls that were not answered.
 */
export type TabMessage =
  | Hello
  | { readonly kind: "call"; readonly call: number; readonly what: EngineCall }
  | { readonly kind: "tell"; readonly what: EngineTell }
  | { readonly kind: "open-timeline"; readonly timeline: number; readonly conversation: string }
  | { readonly kind: "close-timeline"; readonly timeline: number }
  | { readonly kind: "timeline-call"; readonly call: number; readonly timeline: number; readonly what: TimelineCall }
  /** A developer looks at the engine. */
  | { readonly kind: "inspect"; readonly call: number; readonly what: InspectionCall }
  /** A person looks at this tab (again). */
  | { readonly kind: "woke" }
  /** Whether a person can be looking at this tab: visible, its window focused. */
  | { readonly kind: "attention"; readonly looking: boolean }
  | { readonly kind: "ping" }
  /** Make a new local store in place of one that cannot be used. */
  | { readonly kind: "rebuild" }
  /** Stop for all tabs and delete the local data. */
  | { readonly kind: "sign-out"; readonly call: number }
  | { readonly kind: "goodbye" };

export interface Hello {
  readonly kind: "hello";
  readonly account: AccountView;
  readonly encoding: Encoding;
  /** As in `attention`. */
  readonly looking: boolean;
  /** The Web Lock that this tab holds as long as it lives; undefined where there are no locks. */
  readonly tabLock: string | undefined;
}

export type EngineSideMessage =
  | { readonly kind: "ready" }
  | { readonly kind: "pong" }
  | { readonly kind: "state"; readonly state: EngineSideState }
  /** Another tab is gone, perhaps with something handed off that nobody posts now. */
  | { readonly kind: "tab-gone" }
  /** Tell the person, in this tab alone, what was written in this conversation, or in a thread of its parent. */
  | { readonly kind: "notify"; readonly conversation: ConversationView; readonly parent?: ConversationView }
  /** Tell the person, in this tab alone, what they are to be reminded of now. */
  | ({ readonly kind: "remind" } & DueReminders)
  /** Read or done meanwhile: a notification of it is of no use. The tag of one of messages is the id of their conversation. */
  | { readonly kind: "withdraw"; readonly tag: string }
  /** Another engine runs here now: say hello again. */
  | { readonly kind: "restarted" }
  | Turn;

/** How the engine side is, apart from the engine. */
export type EngineSideState =
  | { readonly kind: "starting" }
  /** `kept` is false where this browser stores nothing: all is lost when the last tab closes. */
  | { readonly kind: "running"; readonly kept: boolean; readonly unsaved?: Unsaved }
  /** It cannot run on the local store. */
  | { readonly kind: "store-failed"; readonly problem: StoreErrorKind }
  /** Signed out on this device; the local data are gone. */
  | { readonly kind: "signed-out" };

/** How many commands could not be saved when the local store was rebuilt. */
export type Unsaved = number | "unknown";

/** One turn of the engine side: at most one message, however much happened. */
export interface Turn {
  readonly kind: "turn";
  readonly account?: AccountView;
  readonly connection?: ConnectionView;
  readonly conversations?: ConversationsPatch;
  readonly outbox?: OutboxView;
  readonly timelines?: readonly TimelinePatch[];
  readonly answers?: readonly Answer[];
}

export interface ConversationsPatch {
  readonly view: Omit<ConversationListView, "conversations" | "threads">;
  readonly list?: ListPatch<ConversationView>;
  readonly threads?: ListPatch<ConversationView>;
}

export interface TimelinePatch {
  readonly timeline: number;
  readonly view: Omit<TimelineView, "rows" | "members">;
  readonly rows?: ListPatch<TimelineRow>;
  readonly members?: TimelineView["members"];
}

export type Answer =
  | { readonly call: number; readonly ok: true; readonly value: unknown }
  | { readonly call: number; readonly ok: false; readonly error: CarriedError };
