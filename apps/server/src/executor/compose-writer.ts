import { Followers } from "../followers/followers.ts";
import type { Transactor } from "../log/log-store.ts";
import type { LogWriter } from "../log/log-writer.ts";
import type { WallClock } from "../log/wall-clock.ts";
import { type Collaborators, defaultCollaborators } from "./collaborators.ts";
import { Executor } from "./executor.ts";
import { StoreLogWriter } from "./store-log-writer.ts";

export interface WriterParts extends Partial<Collaborators> {
  readonly transactor: Transactor;
  readonly clock: WallClock;
}

/** Puts the writer together; parts that are not given are the product's. */
export function composeWriter({ transactor, clock, ...given }: WriterParts): LogWriter {
  const parts = { ...defaultCollaborators(clock), ...given };
  const followers = new Followers({ transactor, clock, followers: parts.followers, keepCursor: parts.keepCursor });
  const publication = { followed: followers.concerns.bind(followers), carriesEdit: parts.carriesEdit };
  const { checks, recordRejection, limiter, clampMarks, edits, reportFailure } = parts;
  const executor = new Executor({
    transactor,
    clock,
    checks,
    recordRejection,
    limiter,
    publication,
    edits,
    reportFailure,
  });
  return new StoreLogWriter({ transactor, executor, followers, clock, clampMarks });
}
