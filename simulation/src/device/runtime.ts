import type { Owner } from "./owner.ts";

/** What of a device runs: one app, or a browser with tabs. Dead and frozen parts are its own business. */
export interface Runtime {
  /** What a person has in front of them, if it runs. */
  readonly front: Owner | undefined;
  /** Everything that shows something and runs. */
  readonly shown: readonly Owner[];
  /** What was typed and is in no store yet, by its ids. */
  readonly handedOff: ReadonlySet<string>;
  /** Makes sure that something runs in front of the person. */
  start(): void;
  /** Everything dies. */
  kill(): void;
  /** What owns the local store freezes. */
  freeze(): void;
  thaw(): void;
  fallAsleep(): void;
  wakeUp(): void;
  setSkew(skewMs: number): void;
  /** Nothing of it is needed any more. */
  end(): void;
}
