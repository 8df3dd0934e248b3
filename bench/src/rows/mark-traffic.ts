import { connectAll } from "../load/connect-all.ts";
import { type Device, reasonToPart } from "../load/device.ts";
import { FanOutLoad } from "../load/fan-out-load.ts";
import { RegisterMeter } from "../load/register-meter.ts";
import { settleGroup } from "../load/settled-group.ts";
import { until } from "../load/until.ts";
import { work } from "../measure/work.ts";
import type { Budget, Finding } from "../report/finding.ts";
import { onServer } from "./on-server.ts";
import type { Bench, Row } from "./row.ts";

const MEMBERS = 256;
/** Members who send in turn: who has written is told how many have read it. */
const AUTHORS = 32;
const IN_FLIGHT = 8;
const MARKS_SWEEP_MS = 20;
const SETTLE_MS = 3_000;
/** For marks, their answers and the counts that are gathered for a second, when nothing else happens. */
const QUIET_MS = 4_000;

/** At most one frame of registers for each device and second. */
const frameBudget: Budget = { bound: "at most", must: 1, aim: 1 };
/** Each reader is answered once and each author is told a count once; telling each mark to each other member would be 65,280 frames. */
const onceBudget: Budget = { bound: "at most", must: 2 * MEMBERS, aim: MEMBERS + AUTHORS };

interface Run {
  /** Frames of registers of the device that got most of them, each second, without the one that any time may begin with. */
  readonly busiest: number;
  readonly framesEach: number;
  readonly bytesEach: number;
  readonly messagesPerS: number;
  /** Frames of registers for one message that everybody reads at once. */
  readonly forOne: number;
  readonly bytesForOne: number;
  readonly othersShare: number;
}

/** A group of 256 in which everybody reads everything: what the devices are told of marks, and whether that stays within its bound. */
export const markTraffic: Row = {
  id: "mark-traffic",
  stores: false,
  async measure(bench) {
    const participants = await settleGroup(bench.folder, MEMBERS);
    const runs = await onServer(bench.folder, {}, async ({ pid, port }) => {
      const { devices, close } = await connectAll(participants, port, { count: AUTHORS, perFrame: 1 });
      const meter = new RegisterMeter(MEMBERS);
      const load = new FanOutLoad(devices.map(listening(meter)), AUTHORS);
      const sweep = setInterval(() => {
        const now = performance.now();
        for (const device of devices) device.mark(now);
      }, MARKS_SWEEP_MS);
      const runs: Run[] = [];
      for (let run = 0; run < bench.runs; run++) runs.push(await measure(bench, pid, load, meter));
      clearInterval(sweep);
      load.check();
      close();
      return runs;
    });
    return findingsOf(runs);
  },
};

function listening(meter: RegisterMeter) {
  return (device: Device) => ({
    link: device.link,
    send: (number: number) => device.post(number),
    heard: (payload: Uint8Array) => device.heard(payload),
    other: (payload: Uint8Array) => {
      meter.take(device.index, payload);
      return reasonToPart(payload);
    },
  });
}

async function measure(bench: Bench, pid: number, load: FanOutLoad, meter: RegisterMeter): Promise<Run> {
  load.keepInFlight(IN_FLIGHT);
  await Bun.sleep(SETTLE_MS);
  const before = load.deliveries;
  meter.reset();
  const { seconds, othersShare } = await work(bench.processors, pid, bench.quick ? 5_000 : 20_000);
  const { busiest, frames, bytes } = meter.reset();
  const messagesPerS = (load.deliveries - before) / MEMBERS / seconds;
  load.keepInFlight(0);
  await until(() => load.inFlight === 0, "the last messages to arrive");
  await Bun.sleep(QUIET_MS);
  meter.reset();
  load.send();
  await Bun.sleep(QUIET_MS);
  const one = meter.reset();
  return {
    busiest: (busiest - 1) / seconds,
    framesEach: frames / MEMBERS / seconds,
    bytesEach: bytes / MEMBERS / seconds,
    messagesPerS,
    forOne: one.frames,
    bytesForOne: one.bytes,
    othersShare,
  };
}

function findingsOf(runs: readonly Run[]): Finding[] {
  const last = runs.at(-1);
  const disturbance = Math.max(...runs.map(({ othersShare }) => othersShare));
  const busy = { "messages/s, each read by all": last?.messagesPerS ?? 0 };
  return [
    {
      id: "mark-traffic-frames",
      title: "group of 256, 8 in flight, everybody marks: frames of marks each second, busiest device",
      unit: "/s",
      runs: runs.map(({ busiest }) => busiest),
      budget: frameBudget,
      disturbance,
      details: { ...busy, "each second and device, mean": last?.framesEach ?? 0 },
    },
    {
      id: "mark-traffic-bytes",
      title: "the same: bytes of marks each second and device",
      unit: "B/s",
      runs: runs.map(({ bytesEach }) => bytesEach),
      disturbance,
      details: busy,
    },
    {
      id: "mark-traffic-one",
      title: "group of 256, everybody reads one message: frames of marks to all devices together",
      unit: "frames",
      runs: runs.map(({ forOne }) => forOne),
      budget: onceBudget,
      disturbance,
      details: { bytes: last?.bytesForOne ?? 0, "if each mark were told to each member": MEMBERS * (MEMBERS - 1) },
    },
  ];
}
