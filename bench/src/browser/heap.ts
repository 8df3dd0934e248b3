import type { CDPSession } from "playwright-core";
import { median } from "../measure/percentiles.ts";
import type { Budget, Finding } from "../report/finding.ts";
import type { Row } from "../rows/row.ts";
import { onStage, type Stage } from "./on-stage.ts";
import { ScreenPage } from "./screen-page.ts";

const CONVERSATIONS = 50;
const MESSAGES = 200;
const MB = 1_000_000;
const heapBudget: Budget = { bound: "at most", must: 200, aim: 60 };

interface Heaps {
  /** In megabytes, after collections: with 50 conversations visited, and after so many switches more. */
  readonly visited: number;
  readonly soaked: number;
  readonly worker: number;
}

/** What the page and the engine's worker hold once every conversation was visited, and once people have gone from one to the next a thousand times. */
export const heap: Row = {
  id: "heap",
  stores: false,
  async measure(bench) {
    const switches = bench.quick ? 200 : 1_000;
    const runs = await onStage(bench, "heap", { neighbours: CONVERSATIONS, messages: MESSAGES }, (stage) =>
      heaps(stage, switches),
    );
    const disturbance = median(runs.map((run) => run.disturbance));
    const visited: Finding = {
      id: "heap",
      title: "JavaScript heap of the page and the worker, 50 conversations visited",
      unit: "MB",
      runs: runs.map((run) => run.visited),
      budget: heapBudget,
      disturbance,
      details: { conversations: CONVERSATIONS, "of it in the worker, MB": median(runs.map((run) => run.worker)) },
    };
    const soaked: Finding = {
      id: "heap-soak",
      title: `The same after ${switches} switches more`,
      unit: "MB",
      runs: runs.map((run) => run.soaked),
      disturbance,
      details: { "grown by, MB": median(runs.map((run) => run.soaked - run.visited)) },
    };
    return [visited, soaked];
  },
};

async function heaps(stage: Stage, switches: number): Promise<Heaps> {
  const screen = await ScreenPage.open(stage);
  const { neighbours } = stage.village;
  const go = async (index: number) => {
    const neighbour = neighbours[index % neighbours.length];
    if (neighbour === undefined) throw new RangeError("There is nobody.");
    await screen.visit(neighbour.log, `message ${MESSAGES - 1} of ${neighbour.person.userName},`);
  };
  for (let index = 0; index < neighbours.length; index++) await go(index);
  const worker = await workerHeap(stage);
  const visited = (await collected(screen.devtools)) + (await worker());
  for (let index = 0; index < switches; index++) await go(index);
  const inWorker = await worker();
  const soaked = (await collected(screen.devtools)) + inWorker;
  await screen.page.context().close();
  return { visited, soaked, worker: inWorker };
}

async function collected(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return usedSize / MB;
}

/** Asks the SharedWorker that runs the engine, which no page's session reaches. */
async function workerHeap({ browser }: Stage): Promise<() => Promise<number>> {
  const session = await browser.newBrowserCDPSession();
  const { targetInfos } = await session.send("Target.getTargets");
  const worker = targetInfos.find(({ type }) => type === "shared_worker");
  if (worker === undefined) throw new Error("No SharedWorker runs.");
  const { sessionId } = await session.send("Target.attachToTarget", { targetId: worker.targetId, flatten: false });
  let asked = 0;
  const ask = (method: string) => {
    const id = ++asked;
    const answer = new Promise<Record<string, unknown>>((resolve) => {
      const hear = ({ message }: { message: string }) => {
        const heard: { id?: number; result?: Record<string, unknown> } = JSON.parse(message);
        if (heard.id !== id) return;
        session.off("Target.receivedMessageFromTarget", hear);
        resolve(heard.result ?? {});
      };
      session.on("Target.receivedMessageFromTarget", hear);
    });
    return session
      .send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method }) })
      .then(() => answer);
  };
  return async () => {
    await ask("HeapProfiler.collectGarbage");
    return Number((await ask("Runtime.getHeapUsage"))["usedSize"]) / MB;
  };
}
