import type { LogWriter, Submitted } from "@parley/server/core";
import type { Step } from "./commands.ts";
import type { DemoClock } from "./demo-clock.ts";

/** As many as the group commit takes at once. */
const BATCH = 128;

/**
 * Sends steps through the executor, many to a commit, each batch at the time of its last step, and lets the followers work.
 *
 * @throws Error when a step is not accepted: the past must hold only what is legal
 */
export async function play(
  steps: Iterable<Step>,
  writer: LogWriter,
  clock: DemoClock,
  report: (played: number) => void,
): Promise<number> {
  let played = 0;
  for (const batch of batches(steps)) {
    clock.set(Math.max(...batch.map(({ at }) => at)));
    await execute(batch, writer);
    played += batch.length;
    report(played);
  }
  while ((await writer.follow()).written.length > 0);
  return played;
}

async function execute(batch: readonly Step[], writer: LogWriter): Promise<void> {
  const submitted: Submitted[] = batch.map((step) => step.submitted);
  const { answers } = await writer.execute(submitted);
  for (const answer of answers) {
    const accepted = answer.outcome.case === "verdict" && answer.outcome.value.outcome.case === "accepted";
    if (!accepted) throw new Error(`The demo's past is not legal: ${JSON.stringify(answer)}`);
  }
}

function* batches(steps: Iterable<Step>): Generator<readonly Step[]> {
  let batch: Step[] = [];
  for (const step of steps) {
    batch.push(step);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
