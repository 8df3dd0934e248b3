import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Options } from "./arguments.ts";
import { ProcessorClock } from "./measure/processor-clock.ts";
import { SYNC_DELAY_MS, slowSyncs, whyNoSlowSyncs } from "./measure/slow-syncs.ts";
import { circumstances } from "./report/circumstances.ts";
import type { Failure, Finding } from "./report/finding.ts";
import { type Report, reportOf } from "./report/report.ts";
import type { Bench, Row } from "./rows/row.ts";

/** Measures the chosen rows, one after the other. A row that fails is reported and does not hold up the others. */
export async function runBench(
  options: Options,
  rows: readonly Row[],
  report: (text: string) => void,
): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "parley-bench-"));
  const processors = new ProcessorClock();
  const findings: Finding[] = [];
  const failures: Failure[] = [];
  try {
    const around = await circumstances({ ...options, folder });
    for (const { row, slowDisk } of passes(options, rows)) {
      const wrapper = slowDisk ? slowSyncs : [];
      const name = slowDisk ? `${row.id}+${SYNC_DELAY_MS}ms` : row.id;
      report(`── ${name}`);
      const own = mkdtempSync(join(folder, `${row.id}-`));
      const bench: Bench = { ...options, folder: own, processors, wrapper, slowDisk, report };
      try {
        const impossible = slowDisk ? whyNoSlowSyncs() : undefined;
        if (impossible !== undefined) throw new Error(impossible);
        const found = await row.measure(bench);
        findings.push(...found.map((finding) => (slowDisk ? slowed(finding) : finding)));
      } catch (error) {
        failures.push({ row: name, reason: error instanceof Error ? error.message : String(error) });
        report(`   failed: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
      }
      rmSync(own, { recursive: true, force: true });
    }
    return reportOf(around, findings, failures);
  } finally {
    processors.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** First everything on the disk as it is, then what stores with slow syncs. */
function passes({ only, slowDisk }: Options, rows: readonly Row[]): { row: Row; slowDisk: boolean }[] {
  const chosen = rows.filter(({ id }) => only.length === 0 || only.some((name) => id.startsWith(name)));
  const again = slowDisk ? chosen.filter(({ stores }) => stores) : [];
  return [...chosen.map((row) => ({ row, slowDisk: false })), ...again.map((row) => ({ row, slowDisk: true }))];
}

function slowed(finding: Finding): Finding {
  const id = `${finding.id}+${SYNC_DELAY_MS}ms`;
  return { ...finding, id, title: `${finding.title}, ${SYNC_DELAY_MS} ms added to each sync` };
}
