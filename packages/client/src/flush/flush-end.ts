/** How a flush ended. */
export type FlushEnd =
  /** Nothing waits any more. */
  | "done"
  /** Something waits, and trying later can help. */
  | "later"
  /** Something waits that only an engine can bring on: nobody is signed in, or the server is to be asked first what it knows. */
  | "left"
  /** An engine has the outbox, and sends what waits itself. */
  | "owned";
