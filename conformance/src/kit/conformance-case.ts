import type { Encoding } from "@parley/protocol";
import type { Session } from "./session.ts";

/** One thing that every server must do. Passes by returning, fails by throwing. */
export interface ConformanceCase {
  /** Begins with the ids of the rules that it checks: "[HELLO1] …". */
  readonly title: string;
  readonly run: (session: Session) => Promise<void>;
  /** For what has nothing to do with how frames are written: run in this encoding alone. */
  readonly only?: Encoding;
  /** About links and what goes over them, so that it must pass over every transport. */
  readonly everyTransport?: true;
  /** Runs after all others and with nobody beside it: it needs many accounts, or uses up what an address may do. */
  readonly alone?: true;
}
