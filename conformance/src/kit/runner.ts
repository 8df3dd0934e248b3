import type { Encoding } from "@parley/protocol";
import { Caller } from "./caller.ts";
import type { ConformanceCase } from "./conformance-case.ts";
import { Coverage } from "./coverage.ts";
import { Pool } from "./pool.ts";
import { Session } from "./session.ts";
import type { Transport } from "./transport.ts";
import { webSocketTransport } from "./web-socket-transport.ts";

/** Cases that run side by side. Most wait for the server most of the time. */
const AT_ONCE = 8;
const CASE_WITHIN_MS = 120_000;

export interface RunSettings {
  /** Of the server, without a path at its end. */
  readonly url: string;
  readonly encodings: readonly Encoding[];
  readonly print: (line: string) => void;
  /** WebSocket if none is given. */
  readonly transport?: Transport;
  /** What must pass over every transport is run once more over this one, in the encodings by turns. */
  readonly secondTransport?: Transport;
}

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly coverage: Coverage;
  /** Accounts that were signed up for it. */
  readonly accounts: number;
}

interface Run {
  readonly encoding: Encoding;
  readonly each: ConformanceCase;
  readonly transport: Transport;
}

/** Runs every case in every encoding against a server. */
export async function runCases(cases: readonly ConformanceCase[], settings: RunSettings): Promise<Tally> {
  const { url, encodings, print, transport: first = webSocketTransport } = settings;
  const coverage = new Coverage();
  const pool = new Pool(new Caller(url, encodings[0] ?? "proto", coverage));
  const runs = [
    // Before the others, of which the last one may stop the server.
    ...onceMore(cases, encodings, settings.secondTransport),
    ...cases.flatMap((each) => encodingsOf(each, encodings).map((encoding) => ({ each, encoding, transport: first }))),
  ];
  let failed = 0;
  const perform = async (run: Run) => {
    const begun = performance.now();
    const { each, encoding, transport } = run;
    const fault = await faultOf(each, new Session({ url, encoding, coverage, pool, transport }));
    const took = `${Math.round(performance.now() - begun)} ms`;
    const over = transport === first ? "" : ` over ${transport.name}`;
    print(`${fault === undefined ? "✓" : "✗"} ${encoding.padEnd(5)} ${each.title}${over} (${took})`);
    if (fault === undefined) return;
    failed++;
    print(`    ${fault.replaceAll("\n", "\n    ")}`);
  };
  await inParallel(
    runs.filter(({ each }) => each.alone !== true),
    AT_ONCE,
    perform,
  );
  await inParallel(
    runs.filter(({ each }) => each.alone === true),
    1,
    perform,
  );
  return { passed: runs.length - failed, failed, coverage, accounts: pool.made };
}

function encodingsOf({ only }: ConformanceCase, encodings: readonly Encoding[]): readonly Encoding[] {
  return encodings.filter((one) => only === undefined || only === one);
}

/** What must pass over every transport, in one encoding each: what differs between encodings was seen over the first. */
function onceMore(cases: readonly ConformanceCase[], encodings: readonly Encoding[], transport?: Transport): Run[] {
  if (transport === undefined) return [];
  return cases
    .filter(({ everyTransport }) => everyTransport)
    .flatMap((each, index) => {
      const own = encodingsOf(each, encodings);
      const encoding = own[index % own.length];
      return encoding === undefined ? [] : [{ each, encoding, transport }];
    });
}

/** Why a case failed; undefined if it passed. */
async function faultOf(each: ConformanceCase, session: Session): Promise<string | undefined> {
  const timeUp = Promise.withResolvers<never>();
  const timer = setTimeout(() => timeUp.reject(new Error(`Not done within ${CASE_WITHIN_MS} ms.`)), CASE_WITHIN_MS);
  try {
    await Promise.race([each.run(session), timeUp.promise]);
    session.end();
    return undefined;
  } catch (error) {
    session.abandon();
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}

async function inParallel<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const lane = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}
