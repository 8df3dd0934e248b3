import { fromJson } from "@bufbuild/protobuf";
import { PageSchema } from "@parley/protocol";
import { bearer, call } from "@parley/rig";
import type { Page } from "playwright-core";
import { median, percentile } from "../measure/percentiles.ts";
import type { Budget, Finding } from "../report/finding.ts";
import type { Bench, Row } from "../rows/row.ts";
import { onStage, type Seen, type Stage } from "./on-stage.ts";
import { nameIn } from "./page/message-name.ts";
import type { Seen as SeenByPage } from "./page/seen.ts";
import { slowerId, slowerTitle, type Throttling, throttle, throttlings } from "./screen-page.ts";
import { villageOf } from "./village.ts";
import { composerOf, openConversation, say, settleIn } from "./visit.ts";
import { moment, seenBy } from "./witnessed.ts";

/** Two frames of a sixtieth of a second. */
const ownBudget: Budget = { bound: "at most", must: 100, aim: 33.4 };
const otherBudget: Budget = { bound: "at most", must: 500, aim: 50 };
const typingBudget: Budget = { bound: "at most", must: 200, aim: 50 };
const PACE_MS = 100;
/** Longer than the server lets signals wait for others. */
const TYPING_PACE_MS = 400;
const PAGE = 200;

/** Of each message, in milliseconds from Enter. */
interface Times {
  readonly painted: readonly number[];
  /** When it was in the document. */
  readonly shown: readonly number[];
}

interface Painted {
  readonly own: Times;
  readonly other: Times;
  /** Painted on the other's page, from when the server received it. */
  readonly sinceCommit: readonly number[];
  /** From the first key until the other's page says that somebody types. */
  readonly typing: readonly number[];
}

type Run = Seen<Readonly<Record<Throttling, Painted>>>;

interface Amount {
  /** Messages that do not count. */
  readonly warmUp: number;
  readonly messages: number;
  readonly episodes: number;
}

/** Two people at a conversation, each in a browser profile of their own: from Enter, and from the first key, until it is painted, here and there. */
export const paint: Row = {
  id: "enter-to-paint",
  stores: false,
  async measure(bench) {
    const runs = await onStage(bench, "enter to paint", villageOf({ neighbours: 1, messages: 200 }), async (stage) => ({
      1: await painted(stage, 1, amountOf(bench, 1)),
      4: await painted(stage, 4, amountOf(bench, 4)),
    }));
    return throttlings.flatMap((rate) => findingsOf(runs, rate));
  },
};

/** Fewer where the processor is slower, since nothing is judged there. */
function amountOf({ quick, least }: Bench, rate: Throttling): Amount {
  if (least) return { warmUp: 1, messages: 3, episodes: 2 };
  return { warmUp: 10, ...(quick || rate > 1 ? { messages: 50, episodes: 10 } : { messages: 200, episodes: 20 }) };
}

function findingsOf(runs: readonly Run[], rate: Throttling): Finding[] {
  const finding = (id: string, title: string, budget: Budget, pick: (each: Painted) => readonly number[]): Finding => {
    const times = runs.map((run) => pick(run[rate]));
    return {
      id: `${id}${slowerId(rate)}`,
      title: `${title}, p95${slowerTitle(rate)}`,
      unit: "ms",
      runs: times.map((each) => percentile(each, 0.95)),
      ...(rate === 1 && { budget }),
      disturbance: median(runs.map((run) => run.disturbance)),
      details: {
        times: median(times.map(({ length }) => length)),
        "p50, ms": median(times.map((each) => percentile(each, 0.5))),
        "longest, ms": Math.max(...times.flat()),
      },
    };
  };
  const withShown = (found: Finding, pick: (each: Painted) => Times): Finding => {
    const shown = median(runs.map((run) => percentile(pick(run[rate]).shown, 0.5)));
    return { ...found, details: { ...found.details, "in the document, p50, ms": shown } };
  };
  const own = finding("enter-to-paint", "Enter → one's own message painted", ownBudget, (each) => each.own.painted);
  const there = "painted on another's screen";
  const other = finding("enter-to-paint-other", `Enter → ${there}`, otherBudget, (each) => each.other.painted);
  return [
    withShown(own, (each) => each.own),
    withShown(other, (each) => each.other),
    finding("commit-to-paint-other", `received by the server → ${there}`, otherBudget, (each) => each.sinceCommit),
    finding("typing-to-paint-other", `first key → typing ${there}`, typingBudget, ({ typing }) => typing),
  ];
}

async function painted(stage: Stage, rate: Throttling, { warmUp, messages, episodes }: Amount): Promise<Painted> {
  const { server, browser, home } = stage;
  const [neighbour] = home.neighbours;
  if (neighbour === undefined) throw new RangeError("Two people are needed.");
  const pages: Page[] = [];
  for (const person of [home.me, neighbour.person]) {
    const context = await browser.newContext();
    await settleIn(context, server.url, person);
    const page = await openConversation(context, server.url, neighbour.log);
    await throttle(page, rate);
    pages.push(page);
  }
  const [mine, theirs] = pages;
  if (mine === undefined || theirs === undefined) throw new RangeError("Two pages are needed.");
  const names = Array.from({ length: warmUp + messages }, (_, index) => `bench-paint${rate}x${index}`);
  for (const name of names) {
    await say(mine, name);
    await Bun.sleep(PACE_MS);
  }
  for (const page of pages) await moment(page, names.at(-1) ?? "", "painted");
  const received = await receivedTimes(stage, neighbour.log, names.length);
  const found = await fromEnter(mine, theirs, names.slice(warmUp), received);
  const typing = await typingTimes(mine, theirs, episodes);
  for (const page of pages) await page.context().close();
  return { ...found, typing };
}

async function fromEnter(
  mine: Page,
  theirs: Page,
  names: readonly string[],
  received: ReadonlyMap<string, number>,
): Promise<Omit<Painted, "typing">> {
  const [own, other] = await Promise.all([seenBy(mine), seenBy(theirs)]);
  const since = (at: SeenByPage, which: "painted" | "shown", from: (name: string) => number | undefined) =>
    names.map((name) => {
      const tookMs = (at.messages[name]?.[which] ?? Number.NaN) - (from(name) ?? Number.NaN);
      if (Number.isNaN(tookMs)) throw new Error(`${name} was not ${which}.`);
      return tookMs;
    });
  const entered = (name: string) => own.messages[name]?.entered;
  const times = (at: SeenByPage): Times => ({
    painted: since(at, "painted", entered),
    shown: since(at, "shown", entered),
  });
  return { own: times(own), other: times(other), sinceCommit: since(other, "painted", (name) => received.get(name)) };
}

/** By the server's clock, which is that of the pages. */
async function receivedTimes(
  { server, home }: Stage,
  conversation: string,
  count: number,
): Promise<Map<string, number>> {
  const times = new Map<string, number>();
  const headers = bearer(home.me.tokens[0] ?? "");
  for (let cursor: object = { newest: {} }; times.size < count; ) {
    const { body } = await call(
      server.url,
      "ConversationService/GetPage",
      { conversation, limit: PAGE, ...cursor },
      headers,
    );
    // It is JSON, as it came.
    const { entries } = fromJson(PageSchema, body as Parameters<typeof fromJson>[1]);
    const [oldest] = entries;
    if (oldest === undefined) throw new Error("The server does not have all that was sent.");
    for (const { body: entry, receivedAt } of entries) {
      const form =
        entry.case === "message" && entry.value.state.case === "content" ? entry.value.state.value.form : undefined;
      const name = form?.case === "plain" ? nameIn(form.value.text) : undefined;
      if (name !== undefined) times.set(name, receivedAt);
    }
    cursor = { before: oldest.ordinal };
  }
  return times;
}

/** Again and again somebody begins to type, and thinks better of it. */
async function typingTimes(mine: Page, theirs: Page, episodes: number): Promise<number[]> {
  const says = theirs.getByText("is typing…").first();
  await says.waitFor({ state: "detached" });
  // What was sent before was typed as well.
  const { typingPainted: before } = await seenBy(theirs);
  const took: number[] = [];
  for (let episode = 1; episode <= episodes; episode++) {
    await composerOf(mine).press("x");
    await says.waitFor();
    await composerOf(mine).fill("");
    await says.waitFor({ state: "detached" });
    await Bun.sleep(TYPING_PACE_MS);
    const [{ typed }, { typingPainted }] = await Promise.all([seenBy(mine), seenBy(theirs)]);
    const seen = typingPainted.length - before.length;
    if (typed.length !== episode || seen !== episode)
      throw new Error(`Of ${episode} times, beginning to type was seen ${typed.length} times here and ${seen} there.`);
    took.push((typingPainted.at(-1) ?? Number.NaN) - (typed.at(-1) ?? Number.NaN));
  }
  return took;
}
