import type { Budget, Finding } from "./finding.ts";
import type { Judged, Verdict } from "./judged.ts";
import type { Report } from "./report.ts";

const VERDICTS: Readonly<Record<Verdict, string>> = {
  aim: "✔ aim",
  must: "✔ must",
  missed: "✘ **missed**",
  shown: "",
};

/** Cores; more than what a machine does by itself now and then. */
const DISTURBING = 0.2;

/** The report as people read it. */
export function markdown({ circumstances, lines, failures }: Report): string {
  const { machine, versions, sync } = circumstances;
  return [
    "# Benchmark",
    "",
    `- ${circumstances.date}, ${circumstances.quick ? "quick runs (for orientation only)" : "full runs"}, median of ${circumstances.runs}`,
    `- ${machine.cores} cores of ${machine.processor}, ${machine.memory}, ${machine.system}, ${machine.fileSystem}`,
    `- Parley ${versions.parley}, Bun ${versions.bun}, SQLite ${versions.sqlite}`,
    `- load average at the start ${figure(circumstances.loadAtStart)}; a sync of this disk takes ${figure(sync.p50Ms)} ms (p50), ${figure(sync.p99Ms)} ms (p99)`,
    "",
    ...table(["", "must", "aim", "measured", "baseline", "ratio", "", "sync"], lines.map(cells)),
    "",
    ...(lines.some(({ finding }) => isDisturbed(finding))
      ? [`† Something else used more than ${DISTURBING} cores meanwhile: do not trust this value.`, ""]
      : []),
    ...(failures.length === 0 ? [] : ["## Not measured", ""]),
    ...failures.map(({ row, reason }) => `- **${row}**: ${reason}`),
    ...(failures.length === 0 ? [] : [""]),
    "## Details",
    "",
    ...lines.map(detail),
    "",
  ].join("\n");
}

/** A finding in one line, for who waits. */
export function lineOf(line: Judged): string {
  const [title, must = "", , measured, , ratio = "", verdict] = cells(line);
  const limit = must === "" ? "" : ` of ${must}`;
  return `   ${title}: ${measured}${ratio === "" ? "" : `, ${ratio}${ratio.endsWith("×") ? limit : ""}`} ${verdict}`;
}

function cells({ finding, measured, baseline, ratio, verdict }: Judged): string[] {
  const { title, unit, budget } = finding;
  const limit = (value: number | undefined) => (value === undefined ? "" : limitText(value, unit, ratio !== undefined));
  const raw = baseline === undefined ? "" : `${figure(baseline)} ${unit}`;
  const sync = finding.syncMs === undefined ? "" : `${figure(finding.syncMs)} ms`;
  const share = ratio === undefined ? ofMust(measured, budget) : `${figure(ratio)}×`;
  const value = `${figure(measured)} ${unit}${isDisturbed(finding) ? " †" : ""}`;
  return [title, limit(budget?.must), limit(budget?.aim), value, raw, share, VERDICTS[verdict], sync];
}

function isDisturbed({ disturbance }: Finding): boolean {
  return disturbance !== undefined && disturbance > DISTURBING;
}

function limitText(value: number, unit: string, relative: boolean): string {
  return relative ? `${figure(value)}×` : `${figure(value)} ${unit}`;
}

function ofMust(measured: number, budget: Budget | undefined): string {
  return budget === undefined ? "" : `${figure(measured / budget.must)} of must`;
}

function detail({ finding }: Judged): string {
  const parts = Object.entries(finding.details).map(([name, value]) => `${name} ${text(value)}`);
  const runs = `runs ${finding.runs.map(figure).join(", ")} ${finding.unit}`;
  const { baseline, disturbance } = finding;
  const others = disturbance === undefined ? [] : [`cores used by anything else ${figure(disturbance)}`];
  const raw =
    baseline === undefined ? [] : [`${baseline.name}: ${baseline.runs.map(figure).join(", ")} ${finding.unit}`];
  return `- **${finding.title}** (\`${finding.id}\`): ${[runs, ...raw, ...parts, ...others].join("; ")}`;
}

function text(value: number | string): string {
  return typeof value === "number" ? figure(value) : value;
}

/** Three significant digits, whole numbers from a hundred on, grouped by thousands. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return "—";
  if (Math.abs(value) >= 99.5) return Math.round(value).toLocaleString("en");
  return String(Number(value.toPrecision(3)));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (columns: readonly string[]) => `| ${columns.join(" | ")} |`;
  return [line(head), `|${head.map((_, index) => (index === 0 ? "---" : "---:")).join("|")}|`, ...rows.map(line)];
}
