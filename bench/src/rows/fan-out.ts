import { BaselineProcess } from "../baseline/baseline-process.ts";
import { connectAll } from "../load/connect-all.ts";
import { type Device, reasonToPart } from "../load/device.ts";
import { EventTemplate } from "../load/event-template.ts";
import { FanOutLoad, type Listener } from "../load/fan-out-load.ts";
import { Link } from "../load/link.ts";
import { settleGroup } from "../load/settled-group.ts";
import { until } from "../load/until.ts";
import { median } from "../measure/percentiles.ts";
import { work } from "../measure/work.ts";
import type { Budget, Finding } from "../report/finding.ts";
import { onServer } from "./on-server.ts";
import type { Bench, Row } from "./row.ts";

const MEMBERS = 256;
/** Members who send in turn, so that no account comes near its limit. */
const SENDERS = 32;
const WARM_UP_IN_FLIGHT = 8;
const MARKS_SWEEP_MS = 20;

/** How messages follow each other: so many in flight always, or one each second. */
type Pace = { readonly kind: "in flight"; readonly count: number } | { readonly kind: "each second" };

interface Variant {
  readonly pace: Pace;
  readonly marks: boolean;
  readonly budget?: Budget;
}

/** What was measured of one side in one run. */
interface Cost {
  /** Processor time of the server for each delivery. */
  readonly perDeliveryUs: number;
  readonly messagesPerS: number;
  readonly generatorShare: number;
  readonly othersShare: number;
}

interface Costs {
  readonly parley: Cost;
  readonly topic: Cost;
}

/**
 * A message to a group of 256 online devices: what the server spends on each delivery, beside a bare server that publishes frames of the same size to a
 * topic of as many sockets. Both get the same pattern of messages: the sender of each is told by its own copy, and then the next goes out.
 */
function fanOut(id: string, title: string, variant: Variant): Row {
  return { id, stores: false, measure: (bench) => measure(bench, id, title, variant) };
}

export const fanOutRows: readonly Row[] = [
  fanOut("fan-out-8", "group of 256, 8 in flight: processor time per delivery", {
    pace: { kind: "in flight", count: 8 },
    marks: false,
    budget: { bound: "at most", must: 3, aim: 1.5 },
  }),
  fanOut("fan-out-8-marks", "group of 256, 8 in flight, everybody marks", {
    pace: { kind: "in flight", count: 8 },
    marks: true,
    budget: { bound: "at most", must: 5, aim: 2.5 },
  }),
  fanOut("fan-out-1", "group of 256, 1 in flight", { pace: { kind: "in flight", count: 1 }, marks: false }),
  fanOut("fan-out-1-marks", "group of 256, 1 in flight, everybody marks", {
    pace: { kind: "in flight", count: 1 },
    marks: true,
  }),
  fanOut("fan-out-each-second", "group of 256, 1 message a second", { pace: { kind: "each second" }, marks: false }),
  fanOut("fan-out-each-second-marks", "group of 256, 1 message a second, everybody marks", {
    pace: { kind: "each second" },
    marks: true,
  }),
];

async function measure(bench: Bench, id: string, title: string, variant: Variant): Promise<Finding[]> {
  const participants = await settleGroup(bench.folder, MEMBERS);
  const bare = new BaselineProcess("./raw-topics.ts");
  try {
    const bareLinks = await openBare(Number(await bare.line()));
    const costs = await onServer(bench.folder, {}, async (server) => {
      const group = await connectAll(participants, server.port, { count: SENDERS, perFrame: 1 });
      const parley = new FanOutLoad(group.devices.map(asListener), SENDERS);
      const topic = new FanOutLoad(bareLinks, SENDERS);
      const marked = variant.marks ? group.devices : [];
      const pairs: Costs[] = [];
      for (let run = 0; run < bench.runs; run++) {
        const ofParley = await cost(bench, server.pid, parley, variant.pace, marked);
        pairs.push({ parley: ofParley, topic: await cost(bench, bare.pid, topic, variant.pace, []) });
      }
      group.close();
      return pairs;
    });
    for (const { link } of bareLinks) link.close();
    return [findingOf(id, title, variant, costs)];
  } finally {
    await bare.end();
  }
}

async function cost(bench: Bench, pid: number, load: FanOutLoad, pace: Pace, marked: readonly Device[]): Promise<Cost> {
  const sweep = setInterval(() => {
    const now = performance.now();
    for (const device of marked) device.mark(now);
  }, MARKS_SWEEP_MS);
  await warmUp(bench, load);
  const stop = start(load, pace);
  await Bun.sleep(1_000);
  const before = load.deliveries;
  const { processorUs, seconds, generatorShare, othersShare } = await work(
    bench.processors,
    pid,
    windowMs(bench, pace),
  );
  const deliveries = load.deliveries - before;
  stop();
  await until(() => load.inFlight === 0, "the last messages to arrive");
  clearInterval(sweep);
  load.check();
  const messagesPerS = deliveries / MEMBERS / seconds;
  return { perDeliveryUs: processorUs / deliveries, messagesPerS, generatorShare, othersShare };
}

/** The same work at full pace, so that code is compiled on both sides before the measuring begins. */
async function warmUp({ quick }: Bench, load: FanOutLoad): Promise<void> {
  load.keepInFlight(WARM_UP_IN_FLIGHT);
  await Bun.sleep(quick ? 1_500 : 4_000);
  load.keepInFlight(0);
  await until(() => load.inFlight === 0, "the first messages to arrive");
}

function windowMs({ quick }: Bench, { kind }: Pace): number {
  if (kind === "each second") return quick ? 5_000 : 20_000;
  return quick ? 3_000 : 6_000;
}

/** Begins to send; the answer ends it. */
function start(load: FanOutLoad, pace: Pace): () => void {
  if (pace.kind === "in flight") {
    load.keepInFlight(pace.count);
    return () => load.keepInFlight(0);
  }
  const timer = setInterval(() => load.send(), 1_000);
  return () => clearInterval(timer);
}

function asListener(device: Device): Listener {
  return {
    link: device.link,
    send: (number) => device.post(number),
    heard: (payload) => device.heard(payload),
    other: reasonToPart,
  };
}

async function openBare(port: number): Promise<Listener[]> {
  const template = new EventTemplate();
  const listeners: Listener[] = [];
  for (let sender = 0; sender < MEMBERS; sender++) {
    const link = await Link.open({ port, token: "" }, () => undefined);
    const send = (number: number) => link.write(template.fill(sender, number));
    listeners.push({ link, send, heard: () => undefined, other: () => "The bare server sent something else." });
  }
  return listeners;
}

function findingOf(id: string, title: string, { budget }: Variant, costs: readonly Costs[]): Finding {
  const of = (value: (each: Costs) => number) => median(costs.map(value));
  return {
    id,
    title,
    unit: "µs",
    runs: costs.map(({ parley }) => parley.perDeliveryUs),
    baseline: { name: "raw topic publish", runs: costs.map(({ topic }) => topic.perDeliveryUs) },
    ...(budget === undefined ? {} : { budget }),
    disturbance: of(({ parley, topic }) => Math.max(parley.othersShare, topic.othersShare)),
    details: {
      "messages/s": of(({ parley }) => parley.messagesPerS),
      "raw messages/s": of(({ topic }) => topic.messagesPerS),
      "cores used by the generator": of(({ parley }) => parley.generatorShare),
      "cores used by the generator with the raw server": of(({ topic }) => topic.generatorShare),
    },
  };
}
