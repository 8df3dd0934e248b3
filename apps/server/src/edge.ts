import type { Clock } from "./connection/clock.ts";
import { type ConnectionLimits, connectionLimits } from "./connection/connection-limits.ts";
import { Connections } from "./connection/connections.ts";
import { SubmissionGate } from "./connection/submission-gate.ts";
import { Doorkeeper } from "./entrance/doorkeeper.ts";
import { GroupCommitter } from "./executor/group-committer.ts";
import { DueLoop } from "./hub/due-loop.ts";
import { FollowerLoop } from "./hub/follower-loop.ts";
import { Hub } from "./hub/hub.ts";
import type { Topics } from "./hub/topics.ts";
import type { LogReader } from "./log/log-reader.ts";
import type { LogWriter } from "./log/log-writer.ts";

export interface EdgePorts {
  readonly reader: LogReader;
  readonly writer: LogWriter;
  readonly topics: Topics;
  readonly clock: Clock;
  readonly limits?: ConnectionLimits;
  /** Ends a session whose device has moved to another. */
  readonly endSession: (session: string) => Promise<void>;
  /** The writer failed for good: nothing more can be stored. */
  readonly onBroken: (error: unknown) => void;
}

/** Everything between sockets and logs. */
export interface Edge {
  readonly hub: Hub;
  readonly connections: Connections;
  /** Where commands go in. */
  readonly gate: SubmissionGate;
  readonly doorkeeper: Doorkeeper;
  readonly followers: FollowerLoop;
  readonly due: DueLoop;
}

/** Puts the edge together. `followers.wake()` and `due.wake()` then take up what is owed from before. */
export function createEdge(ports: EdgePorts): Edge {
  const { reader, writer, topics, clock, onBroken, endSession, limits = connectionLimits } = ports;
  const doorkeeper = new Doorkeeper(clock, () => gate.busy);
  const expect = (at: number) => due.expect(at);
  const hub = new Hub({ reader, writer, topics, clock, doorkeeper, limits, endSession, expect });
  const followers = new FollowerLoop({ writer, clock, publish: (written) => hub.publishAccountEvents(written) });
  const committer = new GroupCommitter({
    writer: { execute: (batch) => watched(writer.execute(batch), onBroken), due: () => writer.due() },
    publish(events, written) {
      hub.publishAccountEvents(written);
      hub.publish(events);
      followers.committed(events);
      due.committed(events, written);
    },
    clock,
  });
  const due: DueLoop = new DueLoop({
    clock,
    work: () => committer.due(),
    reportFailure: (error) => console.error("What is due was not done:", error),
  });
  const gate: SubmissionGate = new SubmissionGate(committer);
  const connections = new Connections({ reader, submitter: gate, hub, clock, limits });
  return { hub, connections, gate, doorkeeper, followers, due };
}

async function watched<T>(work: Promise<T>, failed: (error: unknown) => void): Promise<T> {
  try {
    return await work;
  } catch (error) {
    failed(error);
    throw error;
  }
}
