import { Witness } from "./witness.ts";

/** Runs in each page before the app does. */
const witness = new Witness();
Object.assign(globalThis, { benchSeen: () => witness.seen() });
