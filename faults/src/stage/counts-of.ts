import type { AccountEvent } from "@parley/protocol";
import type { History } from "../history/history.ts";
import type { Stage } from "./stage.ts";

/** What was done and seen on a stage. */
export function countsOf({ recorder: { history } }: Stage): Record<string, number> {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const connections = history.devices.flatMap((device) => device.connections);
  return {
    devices: history.devices.length,
    commands: sum(history.devices.map(({ submitted }) => submitted.length)),
    kinds: new Set(history.devices.flatMap(({ submitted }) => submitted.map(({ body }) => body.case))).size,
    answers: history.answers.length,
    connections: connections.length,
    events: sum(connections.map(({ events }) => events.length)),
    sightings: sum(history.devices.map(({ sightings }) => sightings.length)),
    screens: sum(history.devices.map(({ atRest }) => atRest?.screens.length ?? 0)),
    reminded: ownEvents(history, "reminderDue"),
    reports: ownEvents(history, "messageReported"),
    blocks: ownEvents(history, "blockedSet"),
    pages: sum(history.readings.map(({ pages }) => pages.length)),
  };
}

function ownEvents({ kept }: History, kind: AccountEvent["body"]["case"]): number {
  return kept.flatMap(({ events }) => events.filter(({ body }) => body.case === kind)).length;
}
