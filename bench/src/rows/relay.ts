import { BaselineProcess } from "../baseline/baseline-process.ts";
import { Link } from "../load/link.ts";
import { OpenLoop } from "../load/open-loop.ts";
import { until } from "../load/until.ts";
import { work } from "../measure/work.ts";
import { clientFrame } from "../wire/web-socket-codec.ts";
import type { Bench } from "./row.ts";

/** About as long as a post of 200 characters. */
const MESSAGE = new Uint8Array(360).fill(0x61);
const FRAME = clientFrame(MESSAGE);

export interface RelayOptions {
  readonly devices: number;
  readonly perSecond: number;
}

/** Processor microseconds for each message through a raw relay at a steady rate, one value for each run. */
export async function relayCosts(bench: Bench, { devices, perSecond }: RelayOptions): Promise<number[]> {
  const relay = new BaselineProcess("./raw-relay.ts", [bench.folder, String(devices / 2)], bench.wrapper);
  try {
    const port = Number(await relay.line());
    const counts = { sent: 0, delivered: 0 };
    const receive = (payload: Uint8Array) => {
      if (payload.length === MESSAGE.length) counts.delivered++;
    };
    const links: Link[] = [];
    for (let index = 0; index < devices; index++) {
      links.push(await Link.open({ port, token: String(index) }, receive));
    }
    const loop = new OpenLoop(perSecond, () => links[counts.sent++ % devices]?.write(FRAME));
    await Bun.sleep(bench.quick ? 2_000 : 8_000);
    const costs: number[] = [];
    for (let run = 0; run < bench.runs; run++) {
      const before = counts.delivered;
      const { processorUs } = await work(bench.processors, relay.pid, bench.quick ? 4_000 : 20_000);
      costs.push(processorUs / (counts.delivered - before));
    }
    loop.stop();
    await until(() => counts.delivered === counts.sent, "the last messages to be relayed");
    for (const link of links) link.close();
    return costs;
  } finally {
    await relay.end();
  }
}
