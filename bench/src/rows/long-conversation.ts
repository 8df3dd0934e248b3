import { join } from "node:path";
import { ServerProcess } from "@parley/rig";
import { Disturbance } from "../measure/disturbance.ts";
import { outlierOf } from "../measure/outlier.ts";
import { median, percentile, percentiles } from "../measure/percentiles.ts";
import type { ObserverMethods } from "../observe/observer-program.ts";
import { type Insight, Probe } from "../probe/probe.ts";
import { Program } from "../program/program.ts";
import type { Budget, Finding } from "../report/finding.ts";
import type { TalkersMethods } from "../talk/talkers-program.ts";
import { foundLongConversation, type LongConversation } from "../town/found-long-conversation.ts";
import type { Bench, Row } from "./row.ts";

const pageBudget: Budget = { bound: "at most", must: 10, aim: 2 };
const stallBudget: Budget = { bound: "at most", must: 20, aim: 5 };
const OBSERVER_PROGRAM = join(import.meta.dir, "../observe/observer-program.ts");
const TALKERS_PROGRAM = join(import.meta.dir, "../talk/talkers-program.ts");
const MESSAGES = 100_000;
/** 4 of 20 talkers write to the long conversation itself; each writes 25 times a second, 500 in all. */
const WRITERS = 4;
const PAIRS = 8;
const TALK_EVERY_MS = 40;
const PAGES_PER_SECOND = 50;
const PINGS_PER_SECOND = 100;
const SETTLE_MS = 2_000;
const IDLE_MS = 3_000;

interface Run {
  readonly socket: readonly number[];
  readonly http: readonly number[];
  readonly idlePings: readonly number[];
  readonly socketPings: readonly number[];
  readonly httpPings: readonly number[];
  readonly written: number;
  readonly toAckP99: number;
  readonly inside: Insight["stalls"];
  readonly disturbance: number;
}

/** The newest 50 of 100,000 while 500 messages a second are written, and how long everybody else is kept waiting meanwhile. */
export const longConversation: Row = {
  id: "long-conversation",
  stores: true,
  async measure(bench) {
    const folder = join(bench.folder, "data");
    bench.report(`   a conversation of ${MESSAGES}`);
    const founded = await foundLongConversation({ folder, messages: MESSAGES, writers: WRITERS, pairs: PAIRS });
    const runs: Run[] = [];
    for (let run = 0; run < bench.runs; run++) runs.push(await measure(bench, folder, founded));
    return [
      pageFinding("newest-50-socket", "Newest 50 of 100,000 under 500 writes/s, over the socket, p99", runs, "socket"),
      pageFinding("newest-50-http", "Newest 50 of 100,000 under 500 writes/s, over HTTP in JSON, p99", runs, "http"),
      stallFinding(runs),
    ];
  },
};

async function measure(bench: Bench, folder: string, founded: LongConversation): Promise<Run> {
  const forMs = bench.quick ? 5_000 : 20_000;
  const probe = new Probe(bench.folder, { stalls: true });
  const server = await ServerProcess.start(folder, { ...probe.options, wrapper: bench.wrapper });
  const observer = Program.start<ObserverMethods>(OBSERVER_PROGRAM);
  const talkers = Program.start<TalkersMethods>(TALKERS_PROGRAM);
  try {
    const { port } = server;
    const { reader, bystander, log } = founded;
    await observer.ask("connect", { port, reader, bystander, conversation: log });
    await talkers.ask("connect", { port, talkers: [...founded.writers, ...founded.pairs] });
    const pings = { perSecond: PINGS_PER_SECOND, forMs };
    const pages = { perSecond: PAGES_PER_SECOND, forMs };
    const idlePings = await observer.ask("pings", { ...pings, forMs: IDLE_MS });
    await talkers.ask("talk", { everyMs: TALK_EVERY_MS });
    await Bun.sleep(SETTLE_MS);
    await talkers.ask("take", undefined);
    await probe.look(server.pid);
    const disturbance = new Disturbance(bench.processors, [server.pid, observer.pid, talkers.pid, process.pid]);
    const socket = await observer.ask("pages", { over: "socket", pages, pings });
    const http = await observer.ask("pages", { over: "http", pages, pings });
    const cores = disturbance.cores();
    const { toAck } = await talkers.ask("take", undefined);
    const { stalls } = await probe.look(server.pid);
    const run = {
      socket: socket.pages,
      http: http.pages,
      idlePings,
      socketPings: socket.pings,
      httpPings: http.pings,
      written: toAck.length,
      toAckP99: percentile(toAck, 0.99),
      inside: stalls,
      disturbance: cores,
    };
    bench.report(
      `   pages ${shown(run.socket)} over the socket, ${shown(run.http)} over HTTP; pings ${shown(pingsOf(run))}`,
    );
    return run;
  } finally {
    await talkers.end();
    await observer.end();
    await server.stop();
  }
}

function pingsOf({ socketPings, httpPings }: Run): readonly number[] {
  return [...socketPings, ...httpPings];
}

function shown(samples: readonly number[]): string {
  const [p50 = Number.NaN, p99 = Number.NaN] = percentiles(samples, [0.5, 0.99]);
  return `${p50.toFixed(2)} / ${p99.toFixed(2)} ms`;
}

function pageFinding(id: string, title: string, runs: readonly Run[], over: "socket" | "http"): Finding {
  const last = runs.at(-1);
  const details = {
    "p50 ms": percentile(last?.[over] ?? [], 0.5).toFixed(2),
    "p99.9 ms": percentile(last?.[over] ?? [], 0.999).toFixed(2),
    pages: last?.[over].length ?? 0,
    "pages/s": PAGES_PER_SECOND,
    "messages written meanwhile": last?.written ?? 0,
    "their send to ack p99 ms": (last?.toAckP99 ?? Number.NaN).toFixed(1),
    ...slowOnes(runs, over),
  };
  return {
    id,
    title,
    unit: "ms",
    runs: runs.map((run) => percentile(run[over], 0.99)),
    budget: pageBudget,
    disturbance: median(runs.map((run) => run.disturbance)),
    details,
  };
}

/** Of each run in which pages missed the budget: how many, when, and whether others had to wait at that time. */
function slowOnes(runs: readonly Run[], over: "socket" | "http"): Record<string, string> {
  const pings = (run: Run) => (over === "socket" ? run.socketPings : run.httpPings);
  const found = runs.flatMap((run, index) => {
    const outlier = outlierOf(run[over], PAGES_PER_SECOND, pings(run), PINGS_PER_SECOND, pageBudget.must);
    if (outlier === undefined) return [];
    const inside = run.inside.longestMs.toFixed(0);
    return [`run ${index + 1}: ${outlier}, longest turn of the server in the whole run ${inside} ms`];
  });
  return found.length === 0 ? {} : { [`over ${pageBudget.must} ms`]: found.join("; ") };
}

/** A ping's answer beyond what it takes an idle server: how long the event loop was busy with others. */
function stallFinding(runs: readonly Run[]): Finding {
  const last = runs.at(-1);
  const details = {
    pings: last === undefined ? 0 : pingsOf(last).length,
    "p99.9 ms": (percentile(last === undefined ? [] : pingsOf(last), 0.999) - median(last?.idlePings ?? [])).toFixed(2),
    "idle ping, p50 ms": median(last?.idlePings ?? []).toFixed(3),
    "inside, late timers of 1 ms: p99 ms": (last?.inside.p99Ms ?? Number.NaN).toFixed(2),
    "inside: p99.9 ms": (last?.inside.p999Ms ?? Number.NaN).toFixed(2),
    "inside: longest ms": (last?.inside.longestMs ?? Number.NaN).toFixed(1),
  };
  return {
    id: "stall",
    title: "Event-loop stall under that load, p99 (a ping on an idle socket, beyond its time without load)",
    unit: "ms",
    runs: runs.map((run) => percentile(pingsOf(run), 0.99) - median(run.idlePings)),
    budget: stallBudget,
    disturbance: median(runs.map((run) => run.disturbance)),
    details,
  };
}
