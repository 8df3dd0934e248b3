import { Followers } from "../followers/followers.ts";
import type { Transactor } from "../log/log-store.ts";
import type { LogWriter } from "../log/log-writer.ts";
import type { WallClock } from "../log/wall-clock.ts";
import { Turns } from "../store/turns.ts";
import { type Collaborators, defaultCollaborators } from "./collaborators.ts";
import { DueWork } from "./due-work.ts";
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
  const {
    checks,
    recordRejection,
    limiter,
    clampMarks,
    edits,
    messageRequests,
    mentionedAnew,
    unfollowedAtOnce,
    reportFailure,
  } = parts;
  const work = {
    transactor,
    turns: new Turns(),
    clock,
    checks,
    recordRejection,
    limiter,
    publication,
    edits,
    mentionedAnew,
    unfollowedAtOnce,
    messageRequests,
    reportFailure,
  };
  const [executor, due] = [new Executor(work), new DueWork(work)];
  return new StoreLogWriter({ transactor, executor, due, followers, clock, clampMarks });
}
