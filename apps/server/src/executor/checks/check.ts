import type { Attempt } from "../attempt.ts";
import type { Ruling } from "../ruling.ts";

/** One step of judging. Undefined lets the command through to the next. */
export type Check = (attempt: Attempt) => Promise<Ruling | undefined>;
