import type { TimelineView } from "@parley/client";
import type { LogHistory } from "./log-history.ts";
import type { RowMemory } from "./row-memory.ts";
import type { TypedCommands } from "./typed.ts";

/** What one screen shows, with what it is judged by. */
export interface Shown {
  readonly device: string;
  readonly viewer: string;
  readonly view: TimelineView;
  readonly history: LogHistory;
  readonly typed: TypedCommands;
  readonly memory: RowMemory;
  readonly era: number;
  /** What any device of the viewer wanted hidden there, as far as the server was told. */
  readonly wished?: ReadonlySet<string>;
  /** Whom the viewer ever blocked. */
  readonly blocked?: ReadonlySet<string>;
  /** By the true clock. */
  readonly now?: number;
}
