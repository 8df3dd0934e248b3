import { afterAll, beforeAll, expect, test } from "bun:test";
import { createEngine, type EngineHandle, type Transport } from "@parley/client";
import { MemoryDisk, MemoryStore } from "@parley/client-store";
import { decodeServerFrame, limits } from "@parley/protocol";
import {
  type Fellow,
  type Fellowship,
  fellowText,
  foundFellowship,
  ServerProcess,
  temporaryFolder,
  writeAsFellow,
} from "@parley/rig";
import { createBunTransport, systemClock, systemRandom, unknownNetwork } from "./ports.ts";

const MINUTE = 60_000;
const CONVERSATIONS = 50;
const BEFORE = 3;
/** Far more rows than Changes may have, so that it comes as a Reset. */
const MISSED = 2_000;
const TOTAL = BEFORE + MISSED;
/** Neither the one with the newest activity nor the one with the oldest. */
const LOOKED_AT = 17;

let server: ServerProcess;
let fellowship: Fellowship;
const disk = new MemoryDisk();

/** The device visits, goes away, and is written to. */
beforeAll(async () => {
  const folder = temporaryFolder();
  fellowship = await foundFellowship(folder, CONVERSATIONS);
  server = await ServerProcess.start(folder);
  await everybodyWrites(1, BEFORE);
  const engine = await startEngine(createBunTransport(server.url, token()));
  await until(() => engine.conversations.get().conversations.length === CONVERSATIONS && isCurrent(engine));
  engine.openTimeline(lookedAt().log).close();
  await until(() => disk.image.state().conversations.some(({ openedAt }) => openedAt > 0));
  await engine.stop();
  await everybodyWrites(BEFORE + 1, MISSED);
}, 2 * MINUTE);

afterAll(() => server.stop());

async function everybodyWrites(from: number, count: number): Promise<void> {
  const { me, fellows } = fellowship;
  await Promise.all(fellows.map((fellow) => writeAsFellow(server.url, fellow, me, from, count)));
}

function token(): string {
  return fellowship.me.tokens[0] ?? "";
}

function lookedAt(): Fellow {
  const fellow = fellowship.fellows[LOOKED_AT];
  if (fellow === undefined) throw new RangeError("Nobody is looked at.");
  return fellow;
}

async function startEngine(transport: Transport): Promise<EngineHandle> {
  const { account, userName } = fellowship.me;
  const engine = createEngine({
    transport,
    store: new MemoryStore(disk),
    clock: systemClock,
    random: systemRandom,
    network: unknownNetwork,
    account: { account, userName, displayName: userName },
    deviceName: "test",
  });
  await engine.start();
  return engine;
}

function isCurrent(engine: EngineHandle): boolean {
  return engine.connection.get().kind === "online";
}

function isUpToDate({ unread }: { readonly unread: number }): boolean {
  return unread === TOTAL;
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + MINUTE;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error("It did not come about in time.");
    await Bun.sleep(10);
  }
}

/** Notes of which conversations catching up comes, in its order. */
function noting(transport: Transport, order: string[]): Transport {
  return {
    connect: (handlers) =>
      transport.connect({
        ...handlers,
        opened: () => handlers.opened(),
        closed: (why) => handlers.closed(why),
        received(encoded) {
          const frame = decodeServerFrame("proto", encoded)?.frame;
          if (frame?.case === "changes") order.push(`changes ${frame.value.to?.conversation}`);
          if (frame?.case === "reset") order.push(`reset ${frame.value.state?.id}`);
          handlers.received(encoded);
        },
      }),
  };
}

test(
  "[SYN9] [HELLO6] 50 conversations, each of them thousands of messages behind, come back by Reset, the one looked at first; the list is right, and little is held",
  async () => {
    const order: string[] = [];
    const engine = await startEngine(noting(createBunTransport(server.url, token()), order));
    // Views follow within a moment.
    await until(() => isCurrent(engine) && engine.conversations.get().conversations.every(isUpToDate));
    expect(order).toHaveLength(CONVERSATIONS);
    expect(order[0]).toBe(`reset ${lookedAt().log}`);
    expect(new Set(order)).toEqual(new Set(fellowship.fellows.map(({ log }) => `reset ${log}`)));
    const { conversations } = engine.conversations.get();
    for (const { person, log } of fellowship.fellows) {
      const listed = conversations.find(({ id }) => id === log);
      expect(listed).toMatchObject({ unread: TOTAL, newest: { text: fellowText(person, TOTAL) } });
      const { ranges, entryHead } = disk.image.state().conversations.find(({ id }) => id === log) ?? {
        ranges: [],
        entryHead: 0,
      };
      expect(entryHead).toBe(TOTAL + 1);
      expect(ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0)).toBeLessThanOrEqual(limits.pageEntries);
    }

    const timeline = engine.openTimeline(lookedAt().log);
    await until(() => timeline.get().loaded);
    await timeline.jumpTo(200);
    const shown = timeline
      .get()
      .rows.flatMap((row) => (row.kind === "message" && row.ordinal === 200 ? [row.body] : []));
    expect(shown).toMatchObject([{ text: fellowText(lookedAt().person, 199) }]);
    timeline.close();
    await engine.stop();
  },
  MINUTE,
);
