import type { Page } from "playwright-core";
import { median, percentile } from "../measure/percentiles.ts";
import type { Budget, Finding } from "../report/finding.ts";
import type { Row } from "../rows/row.ts";
import { onStage, type Stage } from "./on-stage.ts";
import type { Seen } from "./page/seen.ts";
import { openConversation, say, settleIn } from "./visit.ts";
import { moment, seenBy } from "./witnessed.ts";

/** Two frames of a sixtieth of a second. */
const ownBudget: Budget = { bound: "at most", must: 100, aim: 33.4 };
const otherBudget: Budget = { bound: "at most", must: 500, aim: 50 };
const WARM_UP = 10;
const PACE_MS = 100;

/** Of each message, in milliseconds from Enter. */
interface Times {
  readonly painted: readonly number[];
  /** When it was in the document. */
  readonly shown: readonly number[];
}

interface Painted {
  readonly own: Times;
  readonly other: Times;
}

/** Two people at a conversation, each in a browser profile of their own: from Enter until the message is painted, here and there. */
export const paint: Row = {
  id: "enter-to-paint",
  stores: false,
  async measure(bench) {
    const messages = bench.quick ? 50 : 200;
    const runs = await onStage(bench, "enter to paint", { neighbours: 1, messages: 200 }, (stage) =>
      painted(stage, messages),
    );
    const disturbance = median(runs.map((each) => each.disturbance));
    const finding = (id: string, title: string, budget: Budget, pick: (each: Painted) => Times): Finding => ({
      id,
      title,
      unit: "ms",
      runs: runs.map((run) => percentile(pick(run).painted, 0.95)),
      budget,
      disturbance,
      details: {
        messages,
        "p50, ms": median(runs.map((run) => percentile(pick(run).painted, 0.5))),
        "longest, ms": Math.max(...runs.flatMap((run) => pick(run).painted)),
        "in the document, p50, ms": median(runs.map((run) => percentile(pick(run).shown, 0.5))),
      },
    });
    return [
      finding("enter-to-paint", "Enter → one's own message painted, p95", ownBudget, ({ own }) => own),
      finding("enter-to-paint-other", "Enter → painted on another's screen, p95", otherBudget, ({ other }) => other),
    ];
  },
};

async function painted(stage: Stage, messages: number): Promise<Painted> {
  const { server, browser, village } = stage;
  const [neighbour] = village.neighbours;
  if (neighbour === undefined) throw new RangeError("Two people are needed.");
  const pages: Page[] = [];
  for (const person of [village.me, neighbour.person]) {
    const context = await browser.newContext();
    await settleIn(context, server.url, person);
    pages.push(await openConversation(context, server.url, neighbour.log));
  }
  const [mine, theirs] = pages;
  if (mine === undefined || theirs === undefined) throw new RangeError("Two pages are needed.");
  const names = Array.from({ length: WARM_UP + messages }, (_, index) => `bench-paint${index}`);
  for (const name of names) {
    await say(mine, name);
    await Bun.sleep(PACE_MS);
  }
  for (const page of pages) await moment(page, names.at(-1) ?? "", "painted");
  return await fromEnter(mine, theirs, names.slice(WARM_UP));
}

async function fromEnter(mine: Page, theirs: Page, names: readonly string[]): Promise<Painted> {
  const [own, other] = await Promise.all([seenBy(mine), seenBy(theirs)]);
  const since = (at: Seen, which: "painted" | "shown") =>
    names.map((name) => {
      const tookMs = (at.messages[name]?.[which] ?? Number.NaN) - (own.messages[name]?.entered ?? Number.NaN);
      if (Number.isNaN(tookMs)) throw new Error(`${name} was not ${which}.`);
      return tookMs;
    });
  const times = (at: Seen): Times => ({ painted: since(at, "painted"), shown: since(at, "shown") });
  return { own: times(own), other: times(other) };
}
