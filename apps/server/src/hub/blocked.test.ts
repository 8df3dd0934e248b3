import { expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { CommandSchema } from "@parley/protocol";
import { createGroup, freshId, post } from "@parley/rig";
import { type MemoryDevice, MemoryEdge } from "../testing/memory-edge.ts";

/** A group of two who are there, after everything has become quiet. */
async function group() {
  const edge = await MemoryEdge.open();
  const [ada, ben] = [await edge.person(), await edge.person()];
  const [adas, bens] = [await edge.online(ada), await edge.online(ben)];
  const log = freshId();
  await adas.submit(createGroup(log, [ben]));
  await edge.clock.advance(5_000);
  const block = async (blocked: boolean) => {
    const body = { case: "setBlocked", value: { account: ben, blocked } } as const;
    await adas.submit(create(CommandSchema, { id: freshId(), log: ada, sentAt: 1, body }));
    await edge.clock.advance(2_000);
  };
  return { edge, ada, ben, adas, bens, log, block };
}

function presencesOf(device: MemoryDevice, account: string) {
  return device.all("signals").flatMap(({ presence }) => presence.filter((one) => one.account === account));
}

function typingOf(device: MemoryDevice) {
  return device.all("signals").flatMap(({ typing }) => typing);
}

test("[BLK6] who blocks somebody and who is blocked are not told of each other, until that ends", async () => {
  const { edge, ada, ben, adas, bens, log, block } = await group();
  expect(presencesOf(adas, ben).at(-1)?.online).toBe(true);
  await block(true);
  expect(presencesOf(adas, ben).at(-1)).toMatchObject({ online: false, lastSeen: 0 });
  expect(presencesOf(bens, ada).at(-1)).toMatchObject({ online: false, lastSeen: 0 });
  for (const device of [adas, bens]) device.send({ case: "typing", value: { conversation: log, active: true } });
  await edge.clock.advance(2_000);
  expect([...typingOf(adas), ...typingOf(bens)]).toEqual([]);
  bens.lose();
  await edge.clock.advance(5_000);
  const back = await edge.online(ben);
  await edge.clock.advance(5_000);
  expect(presencesOf(back, ada).filter(({ online, lastSeen }) => online || lastSeen > 0)).toEqual([]);
  expect(presencesOf(adas, ben).at(-1)).toMatchObject({ online: false, lastSeen: 0 });
  await block(false);
  await edge.clock.advance(5_000);
  expect(presencesOf(back, ada).at(-1)?.online).toBe(true);
  expect(presencesOf(adas, ben).at(-1)?.online).toBe(true);
});

test("[BLK5] what a blocked person writes does not count in memory, either", async () => {
  const { edge, adas, bens, log, block } = await group();
  const unread = async () => {
    adas.send({ case: "marks", value: { updates: [{ conversation: log, delivered: 1 }] } });
    await edge.clock.advance(2_000);
    return adas
      .all("registers")
      .flatMap(({ readStates }) => readStates)
      .at(-1)?.unread;
  };
  await bens.submit(post(log, "one"));
  expect(await unread()).toBe(1);
  await block(true);
  await bens.submit(post(log, "two"));
  expect(await unread()).toBe(0);
  await block(false);
  expect(await unread()).toBe(2);
});
