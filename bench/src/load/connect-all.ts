import { Device } from "./device.ts";
import type { Participant } from "./settled-group.ts";
import { until } from "./until.ts";

const AT_ONCE = 16;
/** Each device once in 20 s, which is less than the server's heartbeat; not all at once. */
const PING_EVERY_MS = 250;
const PING_TURNS = 80;

/** Connected devices, kept alive until they are released. */
export interface Devices {
  readonly devices: readonly Device[];
  close(): void;
}

/** Connects one device for each participant. The first `senders` of them are made ready to post frames of so many messages. */
export async function connectAll(
  participants: readonly Participant[],
  port: number,
  senders: { readonly count: number; readonly perFrame: number },
): Promise<Devices> {
  const devices: Device[] = [];
  for (let at = 0; at < participants.length; at += AT_ONCE) {
    const some = participants.slice(at, at + AT_ONCE).map(({ person, log }, index) => {
      const [token = ""] = person.tokens;
      return Device.connect(at + index, log, { port, token });
    });
    devices.push(...(await Promise.all(some)));
  }
  await begin(devices, senders);
  let turn = 0;
  const heartbeat = setInterval(() => {
    for (let at = turn++ % PING_TURNS; at < devices.length; at += PING_TURNS) devices[at]?.ping();
  }, PING_EVERY_MS);
  return {
    devices,
    close() {
      clearInterval(heartbeat);
      for (const { link } of devices) link.close();
    },
  };
}

/** Resolves when every device has also heard the first messages of the others, so that a load counts nothing but its own. */
async function begin(
  devices: readonly Device[],
  { count, perFrame }: { readonly count: number; readonly perFrame: number },
): Promise<void> {
  const expected = new Map(devices.map(({ log, ordinal }) => [log, ordinal]));
  for (const { log } of devices.slice(0, count)) expected.set(log, (expected.get(log) ?? 0) + 1);
  for (let at = 0; at < count; at += AT_ONCE) {
    await Promise.all(devices.slice(at, Math.min(at + AT_ONCE, count)).map((device) => device.begin(perFrame)));
  }
  await until(() => devices.every(({ log, ordinal }) => ordinal === expected.get(log)), "the first messages to arrive");
}
