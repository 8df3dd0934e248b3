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
    pages: sum(history.readings.map(({ pages }) => pages.length)),
  };
}
