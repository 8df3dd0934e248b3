import type { Line } from "../lines/line.ts";
import type { EngineSideMessage, TabMessage } from "../protocol/messages.ts";

/** Where a tab starts an engine side, and how it comes to one that another tab started. */
export interface EnginePlace {
  readonly kind: HostKind;
  /** Tabs whose places are of the same version may join each other's engine sides. */
  readonly version: string;
  /** Starts an engine side that holds the Web Lock `name`. */
  start(name: string, tabLock: string): Approach;
  join(name: string, tabLock: string): Approach;
  /** This tab leaves: what lives in it ends. */
  stop(): void;
}

/** An engine side says `ready` on the line, or never will. */
export interface Approach {
  readonly line: Line<TabMessage, EngineSideMessage>;
  /** Resolves if it is known not to come. */
  readonly failed: Promise<unknown>;
}

/** `shared-worker`: one for all tabs. `leader`: a worker of one of the tabs serves all. `tab`: in this tab, for it alone. */
export type HostKind = "shared-worker" | "leader" | "tab";
