import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Inhabitant, ServerProcess } from "@parley/rig";
import { bit, type Damage, rubbish, shorter, zeros } from "../damage/damage.ts";
import type { History, Reading } from "../history/history.ts";
import type { Outcome, PlayOptions, Scenario } from "../scenario.ts";
import { countsOf } from "../stage/counts-of.ts";
import { until } from "../stage/patience.ts";
import { readEverything } from "../stage/reader.ts";
import { Stage } from "../stage/stage.ts";

const VERDICTS = 300;
const BUSY_WITHIN_MS = 60_000;
/** What a server says that does not start on a damaged file. */
const REFUSED = /Parley cannot start\. The database file is (damaged|not a database)\. [^\n]*backup[^\n]*\n$/;

/** Not a bit that is turned over in a text, nor a page in the place of another: SQLite keeps no checksums of the pages of its database. */
const ofDatabase: readonly Damage[] = [rubbish, zeros, shorter];
/** The write-ahead log has checksums. */
const ofLog: readonly Damage[] = [shorter, bit, rubbish, zeros];

/** What is left of the files after a kill, and after a stop, is damaged, and a server is started on it. */
export const damagedFiles: Scenario = {
  name: "damaged-files",
  title: "damaged files: an error in plain words or the right data, and after a damaged log its undamaged beginning",
  share: 0.6,
  async play({ random, folder, times }: PlayOptions): Promise<Outcome> {
    // A server that finds an earlier state does at once what is due there: its logs go on in another way than they did.
    const stage = await Stage.open({ random, folder: join(folder, "data"), people: 3, schedules: false });
    try {
      await stage.begin();
      stage.crowd.work();
      const { recorder, server } = stage;
      await until(
        () => recorder.verdicts > VERDICTS,
        BUSY_WITHIN_MS,
        () => "too little is stored",
      );
      const violations = await stage.judge();
      const [killed, stopped] = [join(folder, "killed"), join(folder, "stopped")];
      await server.kill();
      cpSync(server.folder, killed, { recursive: true });
      await server.start();
      await server.stop();
      cpSync(server.folder, stopped, { recursive: true });
      const patient = { folder: join(folder, "patient"), people: stage.people, history: recorder.history };
      cpSync(stopped, patient.folder, { recursive: true });
      const undamaged = await examine(patient, "log.db");
      if (undamaged.kind !== "as before") throw new Error(`What is not damaged is ${JSON.stringify(undamaged)}.`);
      const outcomes = { refused: 0, unreadable: 0, "as before": 0, "a beginning": 0 };
      for (let round = 0; round < times; round++) {
        const [from, file, damages] = round % 2 === 0 ? [stopped, "log.db", ofDatabase] : [killed, "log.db-wal", ofLog];
        rmSync(patient.folder, { recursive: true, force: true });
        cpSync(from, patient.folder, { recursive: true });
        const done = random.pick(damages)?.(join(patient.folder, file), random);
        const result = await examine(patient, file);
        if (result.kind === "wrong") violations.push({ rule: "LOG3", detail: `${file}: ${done}: ${result.detail}` });
        else outcomes[result.kind] += 1;
      }
      return { violations, counts: { damages: times, ...outcomes, ...countsOf(stage) } };
    } finally {
      await stage.close();
    }
  },
};

interface Patient {
  readonly folder: string;
  readonly people: readonly Inhabitant[];
  readonly history: History;
}

type Result =
  | { readonly kind: "refused" | "unreadable" | "as before" | "a beginning" }
  | { readonly kind: "wrong"; readonly detail: string };

async function examine(patient: Patient, file: string): Promise<Result> {
  let server: ServerProcess;
  try {
    server = await ServerProcess.start(patient.folder);
  } catch (error) {
    return REFUSED.test(String(error)) ? { kind: "refused" } : { kind: "wrong", detail: String(error) };
  }
  try {
    return await compare(server, patient, file);
  } finally {
    await server.kill();
  }
}

/** Holds what a server gives out now against what it gave out before. */
async function compare(server: ServerProcess, { people, history }: Patient, file: string): Promise<Result> {
  const known = new Set(history.devices.flatMap(({ submitted }) => submitted.map(({ log }) => log)));
  for (const { account, tokens } of people) {
    const before = history.readings.find((reading) => reading.account === account);
    let now: Reading;
    try {
      now = await readEverything(server.url, tokens.at(-1) ?? "", account, known);
    } catch {
      return { kind: "unreadable" };
    }
    const detail = file === "log.db" ? difference(before, now) : divergence(history, now);
    if (detail !== undefined) return { kind: "wrong", detail: `${account} ${detail}` };
  }
  return { kind: file === "log.db" ? "as before" : "a beginning" };
}

function difference(before: Reading | undefined, now: Reading): string | undefined {
  if (!Bun.deepEquals(before?.pages, now.pages)) return "reads other pages";
  return Bun.deepEquals(sortedStates(before), sortedStates(now)) ? undefined : "reads other conversations";
}

/** They come in any order. */
function sortedStates(reading: Reading | undefined) {
  return reading?.states.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

/** Tags are chained: where the tag of the last event is the one that was given out once, so is everything before it. */
function divergence({ devices }: History, { statuses }: Reading): string | undefined {
  const events = devices.flatMap(({ connections }) => connections.flatMap((connection) => connection.events));
  const tags = new Map(events.map(({ log, seq, tag }) => [`${log} ${seq}`, tag]));
  const other = statuses.find(({ head }) => {
    const tag = tags.get(`${head?.conversation} ${head?.seq}`);
    return tag !== undefined && tag !== head?.tag;
  });
  return other === undefined ? undefined : `has another history of ${other.head?.conversation}`;
}
