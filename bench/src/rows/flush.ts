import { createBunTransport, systemClock, systemRandom, unknownNetwork } from "@parley/cli/ports";
import { createEngine, type EngineHandle, type Transport } from "@parley/client";
import { MemoryDisk, MemoryStore } from "@parley/client-store";
import { uuidV7 } from "@parley/protocol";
import { type ServerProcess, signUp } from "@parley/rig";
import { Gate } from "../load/gate.ts";
import { Disturbance } from "../measure/disturbance.ts";
import { LongestTurn } from "../measure/longest-turn.ts";
import { median } from "../measure/percentiles.ts";
import type { Budget, Finding } from "../report/finding.ts";
import { onServer } from "./on-server.ts";
import type { Bench, Row } from "./row.ts";

const flushBudget: Budget = { bound: "at most", must: 60, aim: 10 };
/** A turn of the engine that takes longer is felt by who looks at it. */
const turnBudget: Budget = { bound: "at most", must: 50, aim: 20 };
const CONVERSATIONS = 20;
const TEXT = "x".repeat(80);
const WITHIN_MS = 120_000;

interface Flush {
  readonly queuedS: number;
  readonly flushedS: number;
  readonly longestTurnMs: number;
  readonly disturbance: number;
}

/** A device comes back after a week: what was written meanwhile in 20 conversations is sent, a tenth of it reactions. The engine runs in the bench. */
export const flush: Row = {
  id: "flush",
  stores: true,
  async measure(bench) {
    const commands = bench.quick ? 1_000 : 10_000;
    const flushes: Flush[] = [];
    for (let run = 0; run < bench.runs; run++) {
      bench.report(`   flush ${run + 1} of ${bench.runs}`);
      const folder = `${bench.folder}/${run}`;
      flushes.push(await onServer(folder, { wrapper: bench.wrapper }, (server) => flushOnce(bench, server, commands)));
    }
    return findings(flushes, commands);
  },
};

function findings(flushes: readonly Flush[], commands: number): readonly Finding[] {
  const disturbance = median(flushes.map((each) => each.disturbance));
  const details = {
    commands,
    conversations: CONVERSATIONS,
    "queued in, s": median(flushes.map((each) => each.queuedS)),
  };
  return [
    {
      id: "flush",
      title: "queued commands flushed after a week offline",
      unit: "s",
      runs: flushes.map(({ flushedS }) => flushedS),
      budget: flushBudget,
      disturbance,
      details,
    },
    {
      id: "flush-turn",
      title: "longest turn of the engine meanwhile",
      unit: "ms",
      runs: flushes.map(({ longestTurnMs }) => longestTurnMs),
      budget: turnBudget,
      disturbance,
      details,
    },
  ];
}

async function flushOnce(bench: Bench, server: ServerProcess, commands: number): Promise<Flush> {
  const me = await signUp(server.url, "writer");
  const reader = await signUp(server.url, "reader");
  const gate = new Gate(createBunTransport(server.url, me.token));
  const engine = await startEngine(gate, me.account);
  await until(() => engine.connection.get().kind === "online");
  const conversations: string[] = [];
  for (let index = 0; index < CONVERSATIONS; index++) {
    conversations.push(await engine.startGroup(newId(), [reader.account], `Conversation ${index}`));
  }
  await until(() => engine.conversations.get().pending === 0);
  gate.close();
  const timeline = engine.openTimeline(conversations[0] ?? "");
  const queuedS = await secondsOf(() => write(engine, conversations, commands));
  const disturbance = new Disturbance(bench.processors, [process.pid, server.pid]);
  const turns = new LongestTurn();
  gate.open();
  const flushedS = await secondsOf(async () => {
    engine.reconnect();
    await until(() => engine.conversations.get().pending === 0);
  });
  const longestTurnMs = turns.end();
  const cores = disturbance.cores();
  timeline.close();
  await engine.stop();
  return { queuedS, flushedS, longestTurnMs, disturbance: cores };
}

async function startEngine(transport: Transport, account: string): Promise<EngineHandle> {
  const engine = createEngine({
    transport,
    store: new MemoryStore(new MemoryDisk()),
    clock: systemClock,
    random: systemRandom,
    network: unknownNetwork,
    account: { account, userName: "writer", displayName: "Writer" },
    deviceName: "Bench",
  });
  await engine.start();
  return engine;
}

async function write(engine: EngineHandle, conversations: readonly string[], commands: number): Promise<void> {
  const newest = new Map<string, string>();
  for (let index = 0; index < commands; index++) {
    const conversation = conversations[index % conversations.length] ?? "";
    const target = newest.get(conversation);
    const id = newId();
    if (target !== undefined && Math.floor(index / conversations.length) % 10 === 9) {
      await engine.react(id, conversation, target, "👍", true);
    } else {
      newest.set(conversation, id);
      await engine.post({ id, conversation, text: `${index} ${TEXT}`, sentAt: Date.now(), draft: "" });
    }
  }
}

function newId(): string {
  return uuidV7(Date.now(), systemRandom.bytes(10));
}

async function secondsOf(task: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await task();
  return (performance.now() - began) / 1_000;
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + WITHIN_MS;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error("The queue was not flushed in time.");
    await Bun.sleep(5);
  }
}
