import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Options } from "./arguments.ts";
import { ProcessorClock } from "./measure/processor-clock.ts";
import { SYNC_DELAY_MS, slowSyncs, whyNoSlowSyncs } from "./measure/slow-syncs.ts";
import { circumstances } from "./report/circumstances.ts";
import type { Failure, Finding } from "./report/finding.ts";
import { judged } from "./report/judged.ts";
import { lineOf } from "./report/markdown.ts";
import { type Report, reportOf } from "./report/report.ts";
import type { Bench, Row } from "./rows/row.ts";

/** Who follows a run while it goes on. */
export interface Follower {
  /** What happens now. */
  say(text: string): void;
  /** Everything found so far: a run that is broken off leaves what it had. */
  found(report: Report): void;
}

/** Measures the chosen rows, one after the other. A row that fails is reported and does not hold up the others. */
export async function runBench(options: Options, rows: readonly Row[], follower: Follower): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "parley-bench-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  const processors = new ProcessorClock();
  const findings: Finding[] = [];
  const failures: Failure[] = [];
  try {
    const around = await circumstances({ ...options, folder });
    for (const pass of passes(options, rows)) {
      const name = pass.slowDisk ? `${pass.row.id}+${SYNC_DELAY_MS}ms` : pass.row.id;
      const own = mkdtempSync(join(folder, `${pass.row.id}-`));
      follower.say(`── ${name}`);
      try {
        const report = follower.say.bind(follower);
        const found = await measured(pass, { ...options, least: false, folder: own, processors, report });
        for (const finding of found) follower.say(lineOf(judged(finding)));
        findings.push(...found);
      } catch (error) {
        failures.push({ row: name, reason: error instanceof Error ? error.message : String(error) });
        follower.say(`   failed: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
      }
      rmSync(own, { recursive: true, force: true });
      follower.found(reportOf(around, findings, failures));
    }
    return reportOf(around, findings, failures);
  } finally {
    processors.close();
    process.off("exit", remove);
    remove();
  }
}

interface Pass {
  readonly row: Row;
  readonly slowDisk: boolean;
}

async function measured({ row, slowDisk }: Pass, bench: Omit<Bench, "wrapper">): Promise<readonly Finding[]> {
  if (!slowDisk) return await row.measure({ ...bench, slowDisk, wrapper: [] });
  const impossible = whyNoSlowSyncs();
  if (impossible !== undefined) throw new Error(impossible);
  return (await row.measure({ ...bench, slowDisk, wrapper: slowSyncs })).map(slowed);
}

/** First everything on the disk as it is, then what stores with slow syncs. */
function passes({ only, slowDisk }: Options, rows: readonly Row[]): Pass[] {
  const chosen = rows.filter(({ id }) => only.length === 0 || only.some((name) => id.startsWith(name)));
  const again = slowDisk ? chosen.filter(({ stores }) => stores) : [];
  return [...chosen.map((row) => ({ row, slowDisk: false })), ...again.map((row) => ({ row, slowDisk: true }))];
}

function slowed(finding: Finding): Finding {
  const id = `${finding.id}+${SYNC_DELAY_MS}ms`;
  return { ...finding, id, title: `${finding.title}, ${SYNC_DELAY_MS} ms added to each sync` };
}
