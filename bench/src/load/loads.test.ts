import { expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { ServerProcess, temporaryFolder } from "@parley/rig";
import { connectAll } from "./connect-all.ts";
import { reasonToPart } from "./device.ts";
import { FanOutLoad } from "./fan-out-load.ts";
import { OpenLoop } from "./open-loop.ts";
import { PairLoad } from "./pair-load.ts";
import { RegisterMeter } from "./register-meter.ts";
import { settleGroup, settlePairs } from "./settled-group.ts";
import { until } from "./until.ts";

const MEMBERS = 5;
/** A server starts and stops in each test, on machines that do other things as well. */
const WITHIN_MS = 60_000;

/** Runs a server with participants who are connected. */
async function withServer(
  settle: (folder: string) => ReturnType<typeof settleGroup>,
  perFrame: number,
  use: (connected: Awaited<ReturnType<typeof connectAll>>) => Promise<void>,
): Promise<void> {
  const folder = temporaryFolder();
  const participants = await settle(folder);
  const server = await ServerProcess.start(folder);
  try {
    const connected = await connectAll(participants, server.port, { count: participants.length, perFrame });
    await use(connected);
    connected.close();
  } finally {
    expect(await server.stop()).toBe(0);
    rmSync(folder, { recursive: true });
  }
}

/** When nothing was told for so long, everybody has been introduced who came before. */
const INTRODUCED_MS = 1_000;

test(
  "what a group hears is counted exactly",
  async () => {
    await withServer(
      (folder) => settleGroup(folder, MEMBERS),
      1,
      async ({ devices }) => {
        const load = new FanOutLoad(
          devices.map((device) => ({
            link: device.link,
            send: (number) => device.post(number),
            heard: (payload) => device.heard(payload),
            other: reasonToPart,
          })),
          2,
        );
        const before = load.deliveries;
        load.keepInFlight(3);
        await until(() => load.deliveries > 50 * MEMBERS, "messages");
        load.keepInFlight(0);
        await until(() => load.inFlight === 0, "the last messages");
        await until(() => (load.deliveries - before) % MEMBERS === 0, "the last deliveries");
        load.check();
        expect(new Set(devices.map(({ ordinal }) => ordinal)).size).toBe(1);
      },
    );
  },
  WITHIN_MS,
);

test(
  "what devices are told of marks is counted for each of them",
  async () => {
    await withServer(
      (folder) => settleGroup(folder, MEMBERS),
      1,
      async ({ devices }) => {
        const meter = new RegisterMeter(MEMBERS);
        const load = new FanOutLoad(
          devices.map((device) => ({
            link: device.link,
            send: (number) => device.post(number),
            heard: (payload) => device.heard(payload),
            other: (payload) => {
              meter.take(device.index, payload);
              return reasonToPart(payload);
            },
          })),
          2,
        );
        load.send();
        await until(() => load.inFlight === 0, "the message");
        const [first] = devices;
        await until(() => load.deliveries === MEMBERS, "the deliveries");
        // Who has just come is told of others' marks once more, when there is time.
        do {
          meter.reset();
          await Bun.sleep(INTRODUCED_MS);
        } while (meter.reset().frames > 0);
        first?.mark(performance.now());
        let told = 0;
        const counted = () => {
          told += meter.reset().frames;
          return told;
        };
        // Its answer, and the mark for each other member.
        await until(() => counted() >= MEMBERS, "what is told of the mark");
        expect(told).toBe(MEMBERS);
        load.check();
      },
    );
  },
  WITHIN_MS,
);

test(
  "messages of pairs are answered and received once, whether they wait for answers or keep to a schedule",
  async () => {
    await withServer(
      (folder) => settlePairs(folder, 2),
      2,
      async ({ devices }) => {
        const load = new PairLoad({ devices, perFrame: 2, marks: true, latencies: true });
        load.keepOpen(8);
        await Bun.sleep(100);
        load.keepOpen(0);
        await until(() => load.settled, "the last messages");
        const [first] = devices;
        const loop = new OpenLoop(100, (due) => first !== undefined && load.post(first, due));
        await until(() => loop.late.length > 1, "what is due");
        loop.stop();
        load.mark(performance.now());
        await until(() => load.settled, "the last messages");
        const { accepted, delivered, toAck, toReceive, batches } = load.reset();
        expect(accepted).toBeGreaterThan(8);
        expect(delivered).toBe(accepted);
        expect([toAck.length, toReceive.length]).toEqual([accepted, accepted]);
        expect(Math.min(...toAck, ...toReceive)).toBeGreaterThan(0);
        expect(batches.size).toBeLessThanOrEqual(accepted);
        expect(loop.late.length).toBeGreaterThan(1);
        load.check();
      },
    );
  },
  WITHIN_MS,
);

test(
  "a connection that the server ends is no measurement",
  async () => {
    await withServer(
      (folder) => settlePairs(folder, 1),
      1,
      async ({ devices }) => {
        const load = new PairLoad({ devices, perFrame: 1, marks: false, latencies: false });
        load.check();
        // Not a frame: the server answers with a Problem and closes.
        devices[0]?.link.write(Uint8Array.of(0x82, 0x81, 0, 0, 0, 0, 0xff));
        await until(() => devices[0]?.link.closed !== undefined, "the server to close");
        expect(() => load.check()).toThrow("MALFORMED");
      },
    );
  },
  WITHIN_MS,
);
