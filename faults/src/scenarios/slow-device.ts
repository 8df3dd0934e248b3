import { closeCodeOf, ProblemCode, uuidV7 } from "@parley/protocol";
import { CuttingProxy } from "@parley/rig/link";
import type { Device } from "../crowd/device.ts";
import type { Outcome, PlayOptions, Scenario } from "../scenario.ts";
import { countsOf } from "../stage/counts-of.ts";
import { until } from "../stage/patience.ts";
import { Stage } from "../stage/stage.ts";

const TEXT_CHARACTERS = 15_000;
/** More than the system and the server together let wait for a reader. */
const BYTES = 24 * 1024 * 1024;
const POSTS_AT_ONCE = 40;
/** By then people have done things of many kinds. */
const VERDICTS = 150;
const BUSY_WITHIN_MS = 60_000;
const SENT_WITHIN_MS = 120_000;
const CLOSED_WITHIN_MS = 10_000;
const TOO_SLOW = closeCodeOf(ProblemCode.TOO_SLOW);

/** A device stops to read while much is said. */
export const slowDevice: Scenario = {
  name: "slow-device",
  title: "a device that does not read is closed with TOO_SLOW and resumes from the log; the others notice nothing",
  async play({ random, folder }: PlayOptions): Promise<Outcome> {
    const links = new Map<Device, CuttingProxy>();
    const addressOf = (device: Device, serverUrl: string) => links.get(device)?.url ?? serverUrl;
    const stage = await Stage.open({ random, folder, addressOf, people: 3, devicesEach: 2, actionsPerSecond: 20 });
    const [slow, ...others] = stage.devices;
    if (slow === undefined) throw new Error("There is no device.");
    const link = await CuttingProxy.open(() => stage.server.port);
    links.set(slow, link);
    try {
      await stage.begin();
      stage.crowd.work();
      await until(
        () => stage.recorder.verdicts > VERDICTS,
        BUSY_WITHIN_MS,
        () => "too little is stored",
      );
      link.set("down", "stall");
      // The slow one writes nothing: it has no answer to wait for.
      const talk = directOf(slow, others);
      let sent = 0;
      while (sent < BYTES) sent += TEXT_CHARACTERS * (await say(others, talk, sent));
      link.set("down", "pass");
      await until(
        () => closeCodes(slow).length > 0,
        CLOSED_WITHIN_MS,
        () => "the device that did not read was not closed",
      );
      const violations = await stage.judge();
      if (closeCodes(slow).join() !== String(TOO_SLOW)) {
        throw new Error(`The device that did not read was closed with ${closeCodes(slow).join()}, not ${TOO_SLOW}.`);
      }
      const closed = others.flatMap(closeCodes);
      if (closed.length > 0) throw new Error(`Devices that read were closed with ${closed.join()}.`);
      return { violations, counts: countsOf(stage) };
    } finally {
      await stage.close();
      link.close();
    }
  },
};

/** A conversation that nobody can leave or be removed from, whatever the crowd does, and that others have. */
function directOf(device: Device, others: readonly Device[]): string {
  const known = new Set(others.flatMap((other) => listed(other).map(({ id }) => id)));
  const direct = listed(device).find(({ id, kind }) => kind === "direct" && known.has(id));
  if (direct === undefined) throw new Error("There is no direct conversation.");
  return direct.id;
}

function listed(device: Device) {
  return device.run?.engine.conversations.get().conversations ?? [];
}

/** They say long things, and wait until that is accepted: how much was. Who blocks the other may write nothing, and ends that first: one alone would flood the server. */
async function say(devices: readonly Device[], conversation: string, sent: number): Promise<number> {
  const viewOf = (device: Device) => listed(device).find(({ id }) => id === conversation);
  for (const device of devices) {
    const [other] = viewOf(device)?.blocked === true ? (viewOf(device)?.people ?? []) : [];
    if (other !== undefined) await device.run?.engine.block(newId(), other.account, false);
  }
  const writers = devices.filter((device) => viewOf(device)?.writable === true);
  const ids = new Set<string>();
  for (let post = 0; post < POSTS_AT_ONCE && writers.length > 0; post++) {
    const text = `${sent} ${post} `.padEnd(TEXT_CHARACTERS, "x");
    const id = newId();
    ids.add(id);
    await writers[post % writers.length]?.run?.engine.post({ id, conversation, text, sentAt: Date.now() });
  }
  const pending = () => devices.some(({ run }) => (run?.engine.conversations.get().pending ?? 0) > 0);
  await until(
    () => !pending(),
    SENT_WITHIN_MS,
    () => "long messages are not accepted",
  );
  const left = writers.flatMap(({ disk }) => disk.image.state().outbox.filter(({ id }) => ids.has(id)));
  return ids.size - left.filter(({ state }) => state.kind === "rejected").length;
}

function newId(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}

function closeCodes({ recorder }: Device): number[] {
  return recorder.connections.flatMap(({ closeCode }) => closeCode ?? []);
}
