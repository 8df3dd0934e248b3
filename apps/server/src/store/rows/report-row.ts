import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { type Report, ReportSchema } from "@parley/protocol";
import type { ReportsTable } from "../tables.ts";

/** Whether it is closed is in a column alone: the copy never changes. */
export function reportRow({ closedAt, ...copy }: Report): ReportsTable {
  const report = toBinary(ReportSchema, { ...copy, closedAt: 0 });
  const { reporter: account, id, receivedAt } = copy;
  return { account, id, received_at: receivedAt, closed_at: closedAt, bytes: report.byteLength, report };
}

export function reportOf({ report, closed_at: closedAt }: ReportsTable): Report {
  return { ...fromBinary(ReportSchema, report), closedAt };
}
