import { expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { ServerProcess, temporaryFolder } from "@parley/rig";
import { connectAll } from "../load/connect-all.ts";
import { Entrance } from "./entrance.ts";
import { foundOpenHouse } from "./found-groups.ts";

const GUESTS = 40;
const MESSAGES = 2;

test("a crowd joins by a link, writes and leaves, once and then again in another group", async () => {
  const folder = temporaryFolder();
  const house = await foundOpenHouse({ folder, guests: GUESTS, groups: 2, bystanders: 0 });
  const server = await ServerProcess.start(folder);
  try {
    const { devices, close } = await connectAll(house.people, server.port, { count: 0, perFrame: 1 });
    const entrance = new Entrance(devices, MESSAGES);
    for (const group of house.groups) {
      const { toAck, toJoin, deliveries } = await entrance.play(group, house.head);
      expect([toAck.length, toJoin.length]).toEqual([GUESTS * MESSAGES, GUESTS]);
      expect(deliveries).toBeGreaterThan(GUESTS * GUESTS * MESSAGES);
    }
    const [group] = house.groups;
    if (group !== undefined)
      await expect(entrance.play({ ...group, secret: new Uint8Array(16) }, 2)).rejects.toThrow("not accepted");
    close();
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}, 60_000);
