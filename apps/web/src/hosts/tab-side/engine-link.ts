import type { Line } from "../lines/line.ts";
import type { HostKind } from "../places/engine-place.ts";
import type { EngineSideMessage, TabMessage } from "../protocol/messages.ts";

/** How a tab comes to a line to the engine side, again and again if need be. */
export interface EngineLink {
  readonly place: HostKind;
  /** The Web Lock that dies with this tab. */
  readonly tabLock: string | undefined;
  /** @param handlers called from then on until `stop` */
  start(handlers: LinkHandlers): void;
  stop(): void;
}

export interface LinkHandlers {
  /** An engine side is ready behind this line. */
  connected(line: Line<TabMessage, EngineSideMessage>): void;
  /** It died; another one is on its way. */
  lost(): void;
  /** It was taken over by one that this tab does not share: of another version of the app if `updated`, else in another window. */
  elsewhere(updated: boolean): void;
  /** That one is gone. This tab looks for another now, unless the link is stopped. */
  vacant(): void;
  /** None can be had this way. */
  failed(): void;
}
