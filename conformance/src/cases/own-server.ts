import { rmSync } from "node:fs";
import { ServerProcess, settle, temporaryFolder } from "@parley/rig";
import { freshId } from "../kit/ids.ts";
import { RawDevice } from "../kit/raw-device.ts";
import type { Session } from "../kit/session.ts";
import { webSocketTransport } from "../kit/web-socket-transport.ts";

export interface OwnServer {
  readonly accounts: readonly string[];
  /** The device of one of them, after Welcome. */
  online(index: number): Promise<RawDevice>;
}

/** Works with a server that only this case uses, with as many accounts as it wants. */
export async function withOwnServer(
  { encoding, coverage }: Session,
  people: number,
  environment: Readonly<Record<string, string>>,
  work: (server: OwnServer) => Promise<void>,
): Promise<void> {
  const folder = temporaryFolder();
  const settlement = await settle({ folder, accounts: people });
  await settlement.close();
  const server = await ServerProcess.start(folder, { environment });
  const devices: RawDevice[] = [];
  const online = async (index: number) => {
    const headers = { authorization: `Bearer ${settlement.people[index]?.tokens[0]}` };
    const settings = { url: server.url, encoding, coverage, headers, id: freshId(), transport: webSocketTransport };
    const device = await RawDevice.connect(settings);
    devices.push(device);
    await device.hello();
    return device;
  };
  try {
    await work({ accounts: settlement.people.map(({ account }) => account), online });
    for (const device of devices) device.expectFramesOnly();
  } finally {
    for (const device of devices) device.close();
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}
