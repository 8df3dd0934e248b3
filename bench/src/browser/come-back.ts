import { post, RawDevice } from "@parley/rig";
import { CuttingProxy } from "@parley/rig/link";
import type { Page } from "playwright-core";
import { median } from "../measure/percentiles.ts";
import type { Budget, Finding } from "../report/finding.ts";
import type { Row } from "../rows/row.ts";
import { onStage, type Stage } from "./on-stage.ts";
import { villageOf } from "./village.ts";
import { composerOf, openConversation, settleIn, textOf } from "./visit.ts";
import { moment } from "./witnessed.ts";

const budget: Budget = { bound: "at most", must: 1_000, aim: 500 };
const SHORT_MS = 1_000;
const LONG_MS = 12_000;

/** What happens at a device, beyond that packets pass again, of which nothing tells it. */
type Sign = "none" | "looks" | "sends";

interface Returns {
  readonly short: readonly number[];
  readonly looked: readonly number[];
  readonly sent: readonly number[];
  readonly unnoticed: readonly number[];
}

/** A link is cut at a proxy, so that no browser notices, and passes again: until a message that came meanwhile is shown. */
export const comeBack: Row = {
  id: "come-back",
  stores: false,
  async measure(bench) {
    const times = bench.quick ? 1 : 5;
    const runs = await onStage(bench, "come back", villageOf({ neighbours: 1, messages: 100 }), (stage) =>
      returns(stage, times),
    );
    const disturbance = median(runs.map((each) => each.disturbance));
    const finding = (
      id: string,
      title: string,
      awayMs: number,
      pick: (each: Returns) => readonly number[],
    ): Finding => ({
      id: `come-back${id}`,
      title: `network back → what was missed is shown, ${title}`,
      unit: "ms",
      runs: runs.map((run) => median(pick(run))),
      ...(id === "-unnoticed" ? {} : { budget }),
      disturbance,
      details: { "cut for, ms": awayMs, "times each": times, "longest, ms": Math.max(...runs.flatMap(pick)) },
    });
    return [
      finding("", "after a short cut", SHORT_MS, ({ short }) => short),
      finding("-looked", "somebody looks at the app", LONG_MS, ({ looked }) => looked),
      finding("-sent", "somebody sends", LONG_MS, ({ sent }) => sent),
      finding("-unnoticed", "nobody does anything", LONG_MS, ({ unnoticed }) => unnoticed),
    ];
  },
};

async function returns(stage: Stage, times: number): Promise<Returns> {
  const { server, browser, home } = stage;
  const [neighbour] = home.neighbours;
  if (neighbour === undefined) throw new RangeError("Somebody has to write.");
  const proxy = await CuttingProxy.open(() => server.port);
  const context = await browser.newContext();
  await settleIn(context, proxy.url, home.me);
  const page = await openConversation(context, proxy.url, neighbour.log);
  const writer = new RawDevice(server.url, neighbour.person.tokens[0] ?? "");
  await writer.hello();
  let episode = 0;
  const play = async (awayMs: number, sign: Sign): Promise<number[]> => {
    const taken: number[] = [];
    for (let time = 0; time < times; time++) {
      const name = `bench-back${episode++}`;
      await inSync(page, `${name}before`, () => writer.submit([post(neighbour.log, textOf(`${name}before`))]));
      proxy.sever();
      await Bun.sleep(awayMs);
      await writer.submit([post(neighbour.log, textOf(name))]);
      if (sign === "sends") await composerOf(page).fill("back");
      const began = performance.timeOrigin + performance.now();
      proxy.heal();
      await give(sign, page);
      taken.push((await moment(page, name, "shown")) - began);
    }
    return taken;
  };
  const short = await play(SHORT_MS, "none");
  const looked = await play(LONG_MS, "looks");
  const sent = await play(LONG_MS, "sends");
  const unnoticed = await play(LONG_MS, "none");
  writer.close();
  await context.close();
  proxy.close();
  return { short, looked, sent, unnoticed };
}

async function inSync(page: Page, name: string, write: () => Promise<unknown>): Promise<void> {
  await write();
  await moment(page, name, "shown");
}

async function give(sign: Sign, page: Page): Promise<void> {
  if (sign === "looks") await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  if (sign === "sends") await composerOf(page).press("Enter");
}
