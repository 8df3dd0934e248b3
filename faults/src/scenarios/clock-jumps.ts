import { join } from "node:path";
import { FakeClock } from "../clock/fake-clock.ts";
import { WrongClock } from "../clock/wrong-clock.ts";
import type { Outcome, PlayOptions, Scenario } from "../scenario.ts";
import { countsOf } from "../stage/counts-of.ts";
import { until } from "../stage/patience.ts";
import { Stage } from "../stage/stage.ts";

const HOUR_S = 60 * 60;
const YEAR_S = 365 * 24 * HOUR_S;
/** How far the server's clock is off, one after the other: on and back, by hours and by years. */
const SERVER_OFFSETS_S = [5 * HOUR_S, -3 * HOUR_S, 2 * YEAR_S, -4 * YEAR_S, 30 * HOUR_S, 0] as const;
const DEVICE_OFFSETS_S = [0, 20, -90, 7 * HOUR_S, -YEAR_S, 5 * YEAR_S] as const;
const SEEN_WITHIN_MS = 20_000;
const VERDICTS = 15;
/** Two stamps of the same moment differ by less than this. */
const TOLERANCE_MS = 60_000;

/** The server's clock is set on and back while it runs; the clocks of devices are wrong, and change as well. */
export const clockJumps: Scenario = {
  name: "clock-jumps",
  title: "clocks that jump by hours and years: nobody is cut off, nothing gets stuck, and no order changes",
  share: 0.4,
  async play({ random, folder, times }: PlayOptions): Promise<Outcome> {
    const clock = new FakeClock(join(folder, "clock"));
    const wrong = new Map<string, WrongClock>();
    const offset = () => (random.pick(DEVICE_OFFSETS_S) ?? 0) * 1_000;
    const clockOf = (device: string) => {
      const made = new WrongClock(offset());
      wrong.set(device, made);
      return made;
    };
    // What is set for a time while the server's clock is years ahead is due in years once it is right again: nobody could wait for that.
    const schedules = false;
    const clocks = { server: clock.options, latest: () => clock.latest, clockOf };
    const stage = await Stage.open({ random, folder: join(folder, "data"), ...clocks, schedules });
    try {
      await stage.begin();
      stage.crowd.work();
      await goesOn(stage, 0);
      const connections = countsOf(stage)["connections"];
      for (let jump = 0; jump < times; jump++) {
        const seconds = SERVER_OFFSETS_S[jump % SERVER_OFFSETS_S.length] ?? 0;
        clock.jumpTo(seconds);
        for (const one of random.sample([...wrong.values()], 3)) one.offsetMs = offset();
        await goesOn(stage, seconds);
      }
      const cutOff = (countsOf(stage)["connections"] ?? 0) - (connections ?? 0);
      if (cutOff > 0) throw new Error(`${cutOff} connections ended when the clock jumped.`);
      // Sessions end by the date: at rest it has to be right.
      clock.jumpTo(0);
      const violations = await stage.judge();
      return { violations, counts: { jumps: times, ...countsOf(stage) } };
    } finally {
      await stage.close();
    }
  },
};

/** Events bear the date that the server sees, commands are accepted, and marks reach others. */
async function goesOn({ recorder, devices }: Stage, offsetS: number): Promise<void> {
  const received = () =>
    devices.flatMap((device) => device.recorder.connections.flatMap(({ events }) => events.at(-1) ?? []));
  const dated = () =>
    received().some(({ receivedAt }) => Math.abs(receivedAt - Date.now() - offsetS * 1_000) < TOLERANCE_MS);
  await until(dated, SEEN_WITHIN_MS, () => `no event is dated ${offsetS} s from now`);
  const marks = () => countMarks(devices);
  const before = { verdicts: recorder.verdicts, marks: marks() };
  await until(
    () => recorder.verdicts >= before.verdicts + VERDICTS && marks() > before.marks,
    SEEN_WITHIN_MS,
    () =>
      `${recorder.verdicts - before.verdicts} verdicts and ${marks() - before.marks} marks at an offset of ${offsetS} s`,
  );
}

function countMarks(devices: Stage["devices"]): number {
  return devices
    .flatMap(({ recorder }) => recorder.connections)
    .reduce((sum, { memberMarks }) => sum + memberMarks.length, 0);
}
