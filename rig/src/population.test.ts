import { expect, test } from "bun:test";
import { directConversationId, Encryption } from "@parley/protocol";
import { createDirect, post } from "./commands.ts";
import { settle } from "./population.ts";
import { processorTime, processSize } from "./process-cost.ts";
import { RawDevice } from "./raw-device.ts";
import { ServerProcess, temporaryFolder } from "./server-process.ts";

test("people of a seeded folder connect with each of their sessions and talk", async () => {
  const folder = temporaryFolder();
  const settlement = await settle({ folder, accounts: 2, sessionsPerAccount: 2 });
  const [one, other] = settlement.people;
  await settlement.close();
  const server = await ServerProcess.start(folder);
  try {
    const before = processorTime(server.pid);
    const devices = [...(one?.tokens ?? []), ...(other?.tokens ?? [])].map((token) => new RawDevice(server.url, token));
    await Promise.all(devices.map((device) => device.hello()));
    const direct = directConversationId(one?.account ?? "", other?.account ?? "", Encryption.NONE);
    await devices[0]?.submit([createDirect(direct, other?.account ?? "")]);
    await devices[3]?.next("reset");
    await devices[0]?.submit([post(direct, "hello")]);
    await devices[3]?.next("event", ({ event }) => event?.body.case === "posted");
    expect(processorTime(server.pid)).toBeGreaterThan(before);
    expect(processSize(server.pid).memory).toBeGreaterThan(1_000_000);
    for (const device of devices) device.close();
  } finally {
    expect(await server.stop()).toBe(0);
  }
});
