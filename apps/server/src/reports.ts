/**
 * `npm run reports`: what people have reported, for who operates this machine. Also beside a running server.
 *
 *     npm run reports                 those that are open, one a line
 *     npm run reports -- all          closed ones, too
 *     npm run reports -- show CODE    one of them, with its messages
 *     npm run reports -- close CODE   done with: it leaves the list of those that are open
 *     npm run reports -- export       all of them as JSON
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { toJson } from "@bufbuild/protobuf";
import { type Report, ReportSchema } from "@parley/protocol";
import { type Config, readConfig } from "./config/read-config.ts";
import { startProblem } from "./config/start-problem.ts";
import { peopleOf, ReportDesk, ReportDeskError } from "./reports/report-desk.ts";
import { reportLine, reportPage } from "./reports/report-text.ts";
import { LOG_FILE } from "./store/sqlite/open-sqlite-log.ts";

const USAGE = "Say nothing, or one of: all, show CODE, close CODE, export.";

async function main(): Promise<void> {
  let config: Config | undefined;
  try {
    config = readConfig(process.env);
    await answer(config.dataFolder, process.argv.slice(2));
  } catch (error) {
    const problem = error instanceof ReportDeskError ? error.message : startProblem(error, config);
    console.error(problem ?? error);
    process.exit(1);
  }
}

async function answer(folder: string, words: readonly string[]): Promise<void> {
  if (!existsSync(join(folder, LOG_FILE))) {
    throw new ReportDeskError(`There is no data of Parley in ${folder}: set PARLEY_DATA to its folder.`);
  }
  const desk = await ReportDesk.open(folder);
  try {
    console.log(await told(desk, words));
  } finally {
    await desk.dispose();
  }
}

async function told(desk: ReportDesk, words: readonly string[]): Promise<string> {
  const [what = "open", code = ""] = words;
  switch (what) {
    case "open":
    case "all":
      return list(desk, what === "all");
    case "show": {
      const report = await desk.find(code);
      return reportPage(report, await desk.names(peopleOf(report)));
    }
    case "close": {
      const report = await desk.find(code);
      if (report.closedAt > 0) return "It was closed before.";
      await desk.close(report, Date.now());
      return "Closed.";
    }
    case "export":
      return exported(await desk.list(true));
    default:
      throw new ReportDeskError(USAGE);
  }
}

async function list(desk: ReportDesk, all: boolean): Promise<string> {
  const reports = await desk.list(all);
  if (reports.length === 0) return all ? "Nothing was reported." : "No report is open.";
  const names = await desk.names(new Set(reports.flatMap((report) => [...peopleOf(report)])));
  return reports.map((report) => reportLine(report, names)).join("\n");
}

function exported(reports: readonly Report[]): string {
  return JSON.stringify(
    reports.map((report) => toJson(ReportSchema, report)),
    undefined,
    2,
  );
}

await main();
