import { join } from "node:path";
import { RetryCode } from "@parley/protocol";
import { bearer, call } from "@parley/rig";
import type { Device } from "../crowd/device.ts";
import { SmallDisk } from "../disk/small-disk.ts";
import type { Outcome, PlayOptions, Scenario } from "../scenario.ts";
import { countsOf } from "../stage/counts-of.ts";
import { until } from "../stage/patience.ts";
import { Stage } from "../stage/stage.ts";

const MEGABYTES = 24;
const BUSY_WITHIN_MS = 30_000;
const NOTICED_WITHIN_MS = 30_000;
/** Devices wait 5 s before they try again. */
const RECOVERED_WITHIN_MS = 30_000;
const TOLD = "The disk is full: nothing can be stored until there is room.";

/** The data folder's disk is filled under load and freed again; every other time the server dies or is stopped meanwhile, and has to start on the full disk. */
export const fullDisk: Scenario = {
  name: "full-disk",
  title: "a full disk: people are told and can read, nothing acknowledged is lost, and all goes on once there is room",
  share: 0.1,
  async play({ random, folder, times }: PlayOptions): Promise<Outcome> {
    const disk = new SmallDisk(join(folder, "disk"), MEGABYTES);
    try {
      const stage = await Stage.open({ random, folder: disk.folder, people: 4 });
      try {
        await stage.begin();
        for (let round = 0; round < times; round++) await fillAndFree(stage, disk, round);
        const violations = await stage.judge();
        return { violations, counts: { rounds: times, refusals: refusals(stage), ...countsOf(stage) } };
      } finally {
        await stage.close();
      }
    } finally {
      disk.unmount();
    }
  },
};

async function fillAndFree(stage: Stage, disk: SmallDisk, round: number): Promise<void> {
  stage.crowd.work();
  const before = stage.recorder.verdicts;
  await until(
    () => stage.recorder.verdicts > before + 20,
    BUSY_WITHIN_MS,
    () => `nothing is stored in round ${round}`,
  );
  disk.fill();
  await everybodyHeldUp(stage.devices);
  await expectReads(stage);
  await returnOnFullDisk(stage);
  if (round % 2 === 1) await restartOnFullDisk(stage, round);
  stage.crowd.rest();
  disk.free();
  await until(
    () => stage.devices.every((device) => pendingOf(device) === 0),
    RECOVERED_WITHIN_MS,
    () => "commands still wait, long after there was room",
  );
}

/** Everybody who writes learns why it does not go out, and the host learns it as well. */
async function everybodyHeldUp(devices: readonly Device[]): Promise<void> {
  const holdUps = () => devices.map(({ run }) => run?.engine.conversations.get().holdUp);
  await until(
    () => holdUps().every((holdUp) => holdUp === "storage-full"),
    NOTICED_WITHIN_MS,
    () => `not everybody is told of the full disk: ${holdUps().join(", ")}`,
  );
}

async function expectReads({ people, server, devices }: Stage): Promise<void> {
  const { output } = server.process;
  if (!output.includes(TOLD)) throw new Error(`The host is not told of the full disk: ${output}`);
  const [person] = people;
  // One that the server has, and not one that waits to be begun or joined.
  const conversation = devices[0]?.disk.image.state().conversations.find(({ head }) => head.seq > 0)?.id;
  const newest = { conversation, newest: {}, limit: 20 };
  const page = await call(server.url, "ConversationService/GetPage", newest, bearer(person?.tokens[0] ?? ""));
  if (page.status !== 200) throw new Error(`A page on a full disk was answered with ${page.status}.`);
}

/** A device that is known may come back. */
async function returnOnFullDisk(stage: Stage): Promise<void> {
  const [device] = stage.devices;
  if (device === undefined) return;
  device.kill();
  stage.start(device);
  await online(device);
}

/** Kills or stops the server; the next process has to start without a byte of room. */
async function restartOnFullDisk(stage: Stage, round: number): Promise<void> {
  if (round % 4 === 1) await stage.server.kill();
  else if ((await stage.server.stop()) !== 0) throw new Error("The server did not stop cleanly on the full disk.");
  await stage.server.start();
  for (const device of stage.devices) device.run?.engine.reconnect();
  for (const device of stage.devices) await online(device);
}

async function online(device: Device): Promise<void> {
  const kind = () => device.run?.engine.connection.get().kind;
  await until(
    () => kind() === "online",
    NOTICED_WITHIN_MS,
    () => `${device.name} is ${kind()} on the full disk`,
  );
}

function pendingOf({ run }: Device): number {
  return run?.engine.conversations.get().pending ?? 0;
}

function refusals({ recorder: { history } }: Stage): number {
  const codes = history.answers.map(({ answer }) => (answer.outcome.case === "retry" ? answer.outcome.value.code : 0));
  return codes.filter((code) => code === RetryCode.STORAGE_FULL).length;
}
