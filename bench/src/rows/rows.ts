import { idleMemory } from "./idle-memory.ts";
import type { Row } from "./row.ts";

/** Every row of the report, in its order. */
export const rows: readonly Row[] = [idleMemory];
