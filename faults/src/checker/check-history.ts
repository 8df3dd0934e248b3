import { MarkLedger, type Violation } from "@parley/simulation/oracle";
import type { History } from "../history/history.ts";
import { checkDevice } from "./check-device.ts";
import { checkMarks } from "./check-marks.ts";
import { checkOwn } from "./check-own.ts";
import { checkReading } from "./check-reading.ts";
import { checkStreams } from "./check-streams.ts";
import { checkTags } from "./check-tags.ts";
import { truthOf } from "./truth-of.ts";

/**
 * Decides whether a server kept its promises: everything acknowledged is there, once, in order, for everyone entitled, and nothing else is. Pure: it
 * believes what devices submitted and what they were told, and holds everything that anybody saw against that.
 */
export function checkHistory(history: History): Violation[] {
  const { ledger, violations } = truthOf(history);
  const marks = new MarkLedger();
  for (const { account, statuses } of history.readings) {
    for (const { read } of statuses) if (read !== undefined) marks.reach(account, read.conversation, read);
  }
  return [
    ...violations,
    ...checkTags(history),
    ...history.readings.flatMap((reading) => checkReading(reading, ledger)),
    ...checkMarks(history, ledger),
    ...checkOwn(history, ledger),
    ...history.devices.flatMap((device) => [...checkStreams(device, ledger), ...checkDevice(device, ledger, marks)]),
  ];
}
