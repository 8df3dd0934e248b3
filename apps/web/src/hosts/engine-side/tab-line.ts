import type { Line } from "../lines/line.ts";
import type { EngineSideMessage, TabMessage } from "../protocol/messages.ts";

/** The line to a tab, from the engine side. */
export type TabLine = Line<EngineSideMessage, TabMessage>;
