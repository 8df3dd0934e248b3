import { freshId, type Inhabitant, post, RawDevice, type ServerProcess } from "@parley/rig";
import { CuttingProxy } from "@parley/rig/link";
import type { BrowserContext, Page } from "playwright-core";
import { median, percentile } from "../measure/percentiles.ts";
import type { Budget, Finding } from "../report/finding.ts";
import type { Row } from "../rows/row.ts";
import { onStage, type Stage } from "./on-stage.ts";
import type { Deed, WeekPlan } from "./page/week-plan.ts";
import { type Neighbour, villageOf } from "./village.ts";
import { openConversation, say, settleIn, underServiceWorker } from "./visit.ts";
import { moment, scriptFor, seenBy } from "./witnessed.ts";

const flushBudget: Budget = { bound: "at most", must: 60, aim: 10 };
const turnBudget: Budget = { bound: "at most", must: 200, aim: 50 };
const paintBudget: Budget = { bound: "at most", must: 100, aim: 33.4 };
const CONVERSATIONS = 20;
const TYPES_EVERY_MS = 250;
/** Twice the budget: a run that misses it is told of as it is. */
const FLUSHED_WITHIN_MS = 120_000;
/** More often than the server wants to hear from a device. */
const HEARTBEAT_MS = 15_000;
const TEXT = "x".repeat(80);

interface Week {
  readonly queuedS: number;
  readonly flushedS: number;
  readonly longestTurnMs: number;
  /** From Enter, in milliseconds, of each message written meanwhile. */
  readonly own: readonly number[];
}

/**
 * Somebody comes back after a week: what they did in 20 conversations waits in their browser and is sent while they write in another one. The others were
 * online all the time, and must hear each deed once and in order.
 */
export const week: Row = {
  id: "week",
  stores: false,
  async measure(bench) {
    const deeds = (bench.quick ? 1_000 : 10_000) / CONVERSATIONS;
    const village = villageOf({ neighbours: CONVERSATIONS + 1, messages: 5 });
    const weeks = await onStage(bench, "week", village, (stage) => comeBack(stage, deeds));
    const disturbance = median(weeks.map((each) => each.disturbance));
    const details = {
      commands: deeds * CONVERSATIONS,
      conversations: CONVERSATIONS,
      "queued in, s": median(weeks.map(({ queuedS }) => queuedS)),
    };
    const finding = (
      id: string,
      title: string,
      unit: Finding["unit"],
      budget: Budget,
      pick: (each: Week) => number,
    ): Finding => ({ id, title, unit, runs: weeks.map(pick), budget, disturbance, details });
    return [
      finding("week", "a week's queue flushed by a browser", "s", flushBudget, ({ flushedS }) => flushedS),
      finding("week-turn", "longest turn of the page meanwhile", "ms", turnBudget, (each) => each.longestTurnMs),
      finding("week-paint", "Enter → one's own message painted meanwhile, p95", "ms", paintBudget, ({ own }) =>
        percentile(own, 0.95),
      ),
    ];
  },
};

async function comeBack({ server, browser, home }: Stage, deeds: number): Promise<Week> {
  const [here, ...others] = home.neighbours;
  if (here === undefined) throw new RangeError("A conversation to write in is needed.");
  const plan: WeekPlan = {
    account: { ...home.me, displayName: home.me.userName },
    conversations: await conversationsOf(server, home.me, others, deeds),
  };
  const listeners = await Promise.all(others.map((neighbour) => listen(server, neighbour)));
  const proxy = await CuttingProxy.open(() => server.port);
  const heartbeat = setInterval(() => {
    for (const { device } of listeners) device.send({ case: "ping", value: { nonce: 1 } });
  }, HEARTBEAT_MS);
  try {
    const context = await browser.newContext();
    await settleIn(context, proxy.url, home.me);
    const queuedS = await queueOffline(context, proxy, here, plan);
    const page = await openConversation(context, proxy.url, here.log);
    await page.evaluate(await scriptFor("in-turns-page.ts"));
    const flushed = await flush(page, proxy, listeners, deeds);
    checkHeard(listeners, plan);
    return { queuedS, ...flushed };
  } finally {
    clearInterval(heartbeat);
    for (const { device } of listeners) device.close();
    proxy.close();
  }
}

/** One visit, so that the app can start without a network; then, with the link cut, a week. */
async function queueOffline(
  context: BrowserContext,
  proxy: CuttingProxy,
  here: Neighbour,
  plan: WeekPlan,
): Promise<number> {
  const visit = await openConversation(context, proxy.url, here.log);
  await underServiceWorker(visit);
  const list = visit.getByRole("navigation", { name: "Conversations" }).getByRole("listitem");
  await list
    .filter({ hasText: "before the week" })
    .nth(CONVERSATIONS - 1)
    .waitFor();
  const page = await context.newPage();
  await page.goto(`${proxy.url}/healthz`);
  await visit.close();
  proxy.sever();
  await page.evaluate(await scriptFor("in-queue-page.ts"));
  const began = performance.now();
  const queued = await page.evaluate<number>(`benchQueueWeek(${JSON.stringify(plan)})`);
  if (queued !== plan.conversations.reduce((sum, { deeds }) => sum + deeds.length, 0))
    throw new Error("Not all queued.");
  const queuedS = (performance.now() - began) / 1_000;
  await page.close();
  return queuedS;
}

async function flush(
  page: Page,
  proxy: CuttingProxy,
  listeners: readonly Listener[],
  deeds: number,
): Promise<Pick<Week, "flushedS" | "longestTurnMs" | "own">> {
  const names: string[] = [];
  await page.evaluate("benchLongestTurn()");
  const began = performance.now();
  proxy.heal();
  let flushedS: number | undefined;
  while (flushedS === undefined) {
    if (performance.now() - began > FLUSHED_WITHIN_MS)
      throw new Error(`Not flushed in time: ${progressOf(listeners)} heard.`);
    // As a person does who has found the network again.
    const tryNow = page.getByRole("button", { name: "Try now" }).first();
    if (await tryNow.isVisible()) await tryNow.click();
    const name = `bench-week${names.length}`;
    names.push(name);
    await say(page, name);
    for (let waited = 0; waited < TYPES_EVERY_MS && flushedS === undefined; waited += 5) {
      await Bun.sleep(5);
      if (everybodyHeard(listeners, deeds)) flushedS = (performance.now() - began) / 1_000;
    }
  }
  const longestTurnMs = await page.evaluate<number>("benchLongestTurn()");
  await moment(page, names.at(-1) ?? "", "painted");
  const { messages } = await seenBy(page);
  const own = names.map((name) => (messages[name]?.painted ?? Number.NaN) - (messages[name]?.entered ?? Number.NaN));
  if (own.some(Number.isNaN)) throw new Error("Not every message was painted.");
  return { flushedS, longestTurnMs, own };
}

interface Listener {
  readonly device: RawDevice;
  readonly log: string;
}

async function listen({ url }: ServerProcess, { person, log }: Neighbour): Promise<Listener> {
  const device = new RawDevice(url, person.tokens[0] ?? "");
  await device.hello();
  return { device, log };
}

function everybodyHeard(listeners: readonly Listener[], deeds: number): boolean {
  const mayHave = listeners.every(({ device }) => device.frames.length >= deeds);
  return mayHave && listeners.every((listener) => heardBy(listener).length >= deeds);
}

function progressOf(listeners: readonly Listener[]): string {
  return listeners.map((listener) => heardBy(listener).length).join(", ");
}

/** The ids of what was done in the conversation, as it was told. */
function heardBy({ device, log }: Listener): string[] {
  return device.frames.flatMap((frame) => {
    const event = frame.case === "event" ? frame.value.event : undefined;
    return event === undefined || event.log !== log ? [] : [event.id];
  });
}

function checkHeard(listeners: readonly Listener[], { conversations }: WeekPlan): void {
  for (const [index, listener] of listeners.entries()) {
    const heard = heardBy(listener);
    const done = conversations[index]?.deeds ?? [];
    const wrong = done.findIndex(({ id }, at) => heard[at] !== id);
    if (wrong !== -1 || heard.length !== done.length) {
      throw new Error(
        `Conversation ${index} heard ${heard.length} of ${done.length}; the first difference is at ${wrong}.`,
      );
    }
  }
}

async function conversationsOf(
  server: ServerProcess,
  me: Inhabitant,
  others: readonly Neighbour[],
  deeds: number,
): Promise<WeekPlan["conversations"]> {
  const device = new RawDevice(server.url, me.tokens[0] ?? "");
  await device.hello();
  const posts = others.map(({ log }) => post(log, "before the week"));
  // To change what was not sent yet takes no command.
  await device.submit(posts);
  device.close();
  return posts.map(({ log, id }) => ({ log, deeds: deedsOf(deeds, id) }));
}

/** Of ten deeds, seven are messages, one is a reaction to the last of them, and two change a message of before. */
function deedsOf(count: number, before: string): Deed[] {
  const deeds: Deed[] = [];
  let target = "";
  for (let index = 0; index < count; index++) {
    const id = freshId();
    const kind = index % 10 === 9 ? "react" : index % 10 === 4 || index % 10 === 8 ? "edit" : "post";
    if (kind === "post") {
      target = id;
      deeds.push({ kind, id, text: `${index} ${TEXT}` });
    } else deeds.push({ kind, id, target: kind === "edit" ? before : target });
  }
  return deeds;
}
