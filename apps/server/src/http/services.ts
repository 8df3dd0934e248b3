import type { Accounts } from "../accounts/accounts.ts";
import type { Admins } from "../accounts/admins.ts";
import type { AttemptLimiter } from "../accounts/attempt-limiter.ts";
import type { Connections } from "../connection/connections.ts";
import type { Pace } from "../connection/pace.ts";
import type { Submitter } from "../connection/submitter.ts";
import type { Hub } from "../hub/hub.ts";
import type { LogReader } from "../log/log-reader.ts";
import type { LogWriter } from "../log/log-writer.ts";

/** What handlers work with. */
export interface Services {
  readonly accounts: Accounts;
  readonly admins: Pick<Admins, "has">;
  /** Calls by address. */
  readonly calls: AttemptLimiter;
  /** Turns by address. */
  readonly pace: Pace;
  readonly reader: LogReader;
  readonly writer: LogWriter;
  readonly submitter: Submitter;
  readonly hub: Hub;
  readonly connections: Connections;
}
