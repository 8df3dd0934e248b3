import { post, RawDevice } from "@parley/rig";
import type { Page } from "playwright-core";
import { median, percentile } from "../measure/percentiles.ts";
import type { Budget, Finding } from "../report/finding.ts";
import type { Row } from "../rows/row.ts";
import { FiveTabs } from "./five-tabs.ts";
import { onStage, type Stage } from "./on-stage.ts";
import { villageOf } from "./village.ts";
import { type Host, textOf } from "./visit.ts";
import { moment, seenBy } from "./witnessed.ts";

const budget: Budget = { bound: "at most", must: 100, aim: 50 };
const WARM_UP = 10;
const PACE_MS = 150;

interface Spread {
  /** From the first tab that shows a message to the last, 95 % of the messages. */
  readonly p95Ms: number;
  readonly p50Ms: number;
  readonly maxMs: number;
}

/** Somebody else writes: how long after the first of five tabs the last one shows the message. */
export const allTabs: Row = {
  id: "all-tabs",
  stores: false,
  async measure(bench) {
    const messages = bench.quick ? 50 : 200;
    const runs = await onStage(bench, "all tabs", villageOf({ neighbours: 1, messages: 100 }), async (stage) => ({
      shared: await spread(stage, "shared", messages),
      led: await spread(stage, "leader", messages),
    }));
    const disturbance = median(runs.map((each) => each.disturbance));
    const finding = (id: string, title: string, spreads: readonly Spread[]): Finding => ({
      id,
      title,
      unit: "ms",
      runs: spreads.map(({ p95Ms }) => p95Ms),
      budget,
      disturbance,
      details: {
        messages,
        "one each, ms": PACE_MS,
        "p50, ms": median(spreads.map(({ p50Ms }) => p50Ms)),
        "longest, ms": Math.max(...spreads.map(({ maxMs }) => maxMs)),
      },
    });
    const title = "first → last of five tabs shows a message, p95";
    return [
      finding(
        "all-tabs",
        `${title}, SharedWorker`,
        runs.map(({ shared }) => shared),
      ),
      finding(
        "all-tabs-leader",
        `${title}, a tab leads`,
        runs.map(({ led }) => led),
      ),
    ];
  },
};

async function spread(stage: Stage, host: Host, messages: number): Promise<Spread> {
  const five = await FiveTabs.open(stage, host);
  const neighbour = new RawDevice(stage.server.url, stage.home.neighbours[0]?.person.tokens[0] ?? "");
  await neighbour.hello();
  const names = Array.from({ length: WARM_UP + messages }, (_, index) => `bench-${host}${index}`);
  for (const name of names) {
    await neighbour.submit([post(five.log, textOf(name))]);
    await Bun.sleep(PACE_MS);
  }
  for (const tab of five.tabs) await moment(tab, names.at(-1) ?? "", "shown");
  const spreads = await spreadsOf(five.tabs, names.slice(WARM_UP));
  neighbour.close();
  await five.close();
  return { p95Ms: percentile(spreads, 0.95), p50Ms: percentile(spreads, 0.5), maxMs: Math.max(...spreads) };
}

async function spreadsOf(tabs: readonly Page[], names: readonly string[]): Promise<number[]> {
  const seen = await Promise.all(tabs.map(seenBy));
  return names.map((name) => {
    const shown = seen.map(({ messages }) => messages[name]?.shown ?? Number.NaN);
    const spreadMs = Math.max(...shown) - Math.min(...shown);
    if (Number.isNaN(spreadMs)) throw new Error(`Not every tab has shown ${name}.`);
    return spreadMs;
  });
}
