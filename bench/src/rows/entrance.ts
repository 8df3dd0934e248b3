import { join } from "node:path";
import type { ServerProcess } from "@parley/rig";
import { type Entered, Entrance } from "../entrance/entrance.ts";
import { foundOpenHouse, type OpenHouse } from "../entrance/found-groups.ts";
import { connectAll } from "../load/connect-all.ts";
import { Disturbance } from "../measure/disturbance.ts";
import { median, percentile } from "../measure/percentiles.ts";
import type { ObserverMethods } from "../observe/observer-program.ts";
import { Program } from "../program/program.ts";
import type { Finding } from "../report/finding.ts";
import { onServer } from "./on-server.ts";
import type { Bench, Row } from "./row.ts";

const OBSERVER_PROGRAM = join(import.meta.dir, "../observe/observer-program.ts");
/** With the host as many as a group can have. */
const GUESTS = 255;
const MESSAGES = 3;
const PINGS_PER_SECOND = 200;
/** Pings are asked for in pieces, because nobody knows how long it takes. */
const PIECE_MS = 500;
const IDLE_MS = 2_000;

interface Run extends Entered {
  /** Milliseconds of an uninvolved device's pings, without what they take an idle server. */
  readonly stalls: readonly number[];
  readonly serverUs: number;
  readonly serverShare: number;
  readonly generatorShare: number;
  readonly disturbance: number;
}

/** A whole group comes in by one link at once, writes, and leaves at once. There is no budget for it. */
export const entrance: Row = {
  id: "crowd-256",
  stores: true,
  async measure(bench) {
    const folder = join(bench.folder, "data");
    // One group more than is measured, so that the server's code is compiled when the measuring begins.
    const groups = 1 + bench.runs;
    const house = await foundOpenHouse({ folder, guests: GUESTS, groups, bystanders: 2 });
    const runs = await onServer(folder, { wrapper: bench.wrapper }, (server) => enterAll(bench, house, server));
    return findingsOf(runs);
  },
};

async function enterAll(bench: Bench, house: OpenHouse, server: ServerProcess): Promise<Run[]> {
  const { people, groups, head, bystanders } = house;
  const { devices, close } = await connectAll(people, server.port, { count: 0, perFrame: 1 });
  const observer = Program.start<ObserverMethods>(OBSERVER_PROGRAM);
  try {
    const [reader = "", bystander = ""] = bystanders.map(({ tokens: [token = ""] }) => token);
    await observer.ask("connect", { port: server.port, reader, bystander, conversation: "" });
    const idle = await observer.ask("pings", { perSecond: PINGS_PER_SECOND, forMs: IDLE_MS });
    const scene = new Entrance(devices, MESSAGES);
    const runs: Run[] = [];
    for (const group of groups) {
      const disturbance = new Disturbance(bench.processors, [server.pid, observer.pid, process.pid]);
      const look = () => [performance.now(), bench.processors.read(server.pid), bench.processors.read(process.pid)];
      const before = look();
      let over = false;
      const pings = pingsUntil(observer, () => over);
      const entered = await scene.play(group, head).finally(() => {
        over = true;
      });
      const [passedMs = 0, serverUs = 0, ownUs = 0] = look().map((value, index) => value - (before[index] ?? 0));
      const stalls = (await pings).map((took) => took - median(idle));
      const shares = { serverShare: serverUs / 1_000 / passedMs, generatorShare: ownUs / 1_000 / passedMs };
      runs.push({ ...entered, stalls, serverUs, ...shares, disturbance: disturbance.cores() });
      const { joinedS, completeS, leftS } = entered;
      bench.report(
        `   in after ${joinedS.toFixed(2)} s, complete after ${completeS.toFixed(2)} s, out in ${leftS.toFixed(2)} s; longest stall ${Math.max(...stalls).toFixed(0)} ms`,
      );
    }
    close();
    return runs.slice(1);
  } finally {
    await observer.end();
  }
}

async function pingsUntil(observer: Program<ObserverMethods>, over: () => boolean): Promise<number[]> {
  const took: number[] = [];
  while (!over()) took.push(...(await observer.ask("pings", { perSecond: PINGS_PER_SECOND, forMs: PIECE_MS })));
  return took;
}

function findingsOf(runs: readonly Run[]): Finding[] {
  const of = (value: (run: Run) => number) => median(runs.map(value));
  const finding = (
    [part, title, unit]: readonly [string, string, string],
    value: (run: Run) => number,
    details: Finding["details"] = {},
  ): Finding => ({
    id: `crowd-256-${part}`,
    title: `group of 256 by one link at once: ${title}`,
    unit,
    runs: runs.map(value),
    disturbance: of(({ disturbance }) => disturbance),
    details,
  });
  return [
    finding(["in", "all are in and have everything", "s"], ({ completeS }) => completeS, {
      "messages of each, as soon as it is in": MESSAGES,
      "all had joined after s": of(({ joinedS }) => joinedS),
      "joining acknowledged p99 ms": of(({ toJoin }) => percentile(toJoin, 0.99)),
    }),
    finding(["out", "all have left at once", "s"], ({ leftS }) => leftS),
    finding(["ack", "send → ack of their messages, p99", "ms"], ({ toAck }) => percentile(toAck, 0.99), {
      "p50 ms": of(({ toAck }) => median(toAck)),
      "cores used by the generator": of(({ generatorShare }) => generatorShare),
    }),
    finding(["stall", "longest stall (a ping of who has no part in it)", "ms"], ({ stalls }) => Math.max(...stalls), {
      "p99 ms": of(({ stalls }) => percentile(stalls, 0.99)),
      "p50 ms": of(({ stalls }) => percentile(stalls, 0.5)),
    }),
    finding(["cost", "processor time per delivery", "µs"], ({ serverUs, deliveries }) => serverUs / deliveries, {
      deliveries: of(({ deliveries }) => deliveries),
      "cores used by the server": of(({ serverShare }) => serverShare),
    }),
  ];
}
