import { median, percentile } from "../measure/percentiles.ts";
import type { Budget, Finding } from "../report/finding.ts";
import type { Row } from "../rows/row.ts";
import { onStage, type Stage } from "./on-stage.ts";
import { ScreenPage, type Throttling, throttlings } from "./screen-page.ts";
import type { Neighbour } from "./village.ts";

const CONVERSATIONS = 50;
const MESSAGES = 200;
const ROUNDS = 3;
const budget: Budget = { bound: "at most", must: 200, aim: 50 };

interface Switched {
  /** Each conversation for the first time in this page. */
  readonly cold: readonly number[];
  /** Again and again. */
  readonly warm: readonly number[];
  readonly longTasks: number;
}

/** From one conversation to the next, out of the local store: until the newest message is painted. */
export const switching: Row = {
  id: "conversation-switch",
  stores: false,
  async measure(bench) {
    const title = "conversation switch";
    const runs = await onStage(bench, title, { neighbours: CONVERSATIONS, messages: MESSAGES }, async (stage) => ({
      1: await switched(stage, 1),
      4: await switched(stage, 4),
    }));
    const disturbance = median(runs.map((run) => run.disturbance));
    const findings = throttlings.flatMap((rate) =>
      (["cold", "warm"] as const).map((kind): Finding => {
        const slower = rate === 1 ? "" : `, processor ${rate}× slower`;
        return {
          id: `conversation-switch-${kind}${rate === 1 ? "" : `-${rate}x`}`,
          title: `Switch to a conversation of the local store, ${kind}, p95${slower}`,
          unit: "ms",
          runs: runs.map((run) => percentile(run[rate][kind], 0.95)),
          ...(rate === 1 && { budget }),
          disturbance,
          details: {
            conversations: CONVERSATIONS,
            "p50, ms": median(runs.map((run) => percentile(run[rate][kind], 0.5))),
            "longest, ms": Math.max(...runs.flatMap((run) => run[rate][kind])),
            "tasks over 50 ms": median(runs.map((run) => run[rate].longTasks)),
          },
        };
      }),
    );
    return findings;
  },
};

async function switched(stage: Stage, rate: Throttling): Promise<Switched> {
  const screen = await ScreenPage.open(stage);
  const { neighbours } = stage.village;
  await screen.throttle(rate);
  await screen.longTasks();
  const go = ({ person, log }: Neighbour) => screen.visit(log, `message ${MESSAGES - 1} of ${person.userName},`);
  const cold: number[] = [];
  for (const neighbour of neighbours) cold.push(await go(neighbour));
  const warm: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const neighbour of neighbours.slice(0, 10)) warm.push(await go(neighbour));
  }
  const longTasks = (await screen.longTasks()).length;
  await screen.page.context().close();
  return { cold, warm, longTasks };
}
