import { expect, test } from "bun:test";
import { createGroup, freshId, post } from "@parley/rig";
import { type MemoryDevice, MemoryEdge } from "../testing/memory-edge.ts";

type Choice = Parameters<MemoryEdge["writer"]["putPrivacy"]>[1];

/** A group of three, of whom the first two are there, after everything has become quiet. */
async function group() {
  const edge = await MemoryEdge.open();
  const [ada, ben, cem] = [await edge.person(), await edge.person(), await edge.person()];
  const [adas, bens] = [await edge.online(ada), await edge.online(ben)];
  const log = freshId();
  await adas.submit(createGroup(log, [ben, cem]), post(log, "one"), post(log, "two"));
  await edge.clock.advance(5_000);
  const choose = async (account: string, choice: Partial<Choice>) => {
    const change = { hidesReads: undefined, hidesPresence: undefined, ...choice };
    edge.edge.hub.privacyChanged(account, await edge.writer.putPrivacy(account, change));
  };
  return { edge, ada, ben, cem, adas, bens, log, choose };
}

function marked(device: MemoryDevice, conversation: string, read: number): void {
  device.send({ case: "marks", value: { updates: [{ conversation, read }] } });
}

function presencesOf(device: MemoryDevice) {
  return device.all("signals").flatMap(({ presence }) => presence);
}

test("[MRK7] a mark that waits for its turn is not told to who begins to hide meanwhile what they read", async () => {
  const { edge, ada, adas, bens, log, choose } = await group();
  marked(bens, log, 2);
  await edge.clock.advance(300);
  marked(bens, log, 3);
  await edge.clock.advance(100);
  await choose(ada, { hidesReads: true });
  await edge.clock.advance(5_000);
  const told = adas.all("registers").flatMap(({ memberMarks }) => memberMarks);
  expect(told.map(({ read }) => read)).toEqual([2, 0]);
  expect(told.at(-1)?.delivered).toBe(3);
});

test("[SIG2] when somebody was there last, and waits for its turn, is not told to who begins to hide meanwhile that they are there", async () => {
  const { edge, ada, cem, adas, bens, choose } = await group();
  bens.lose();
  await edge.clock.advance(1_500);
  await edge.online(cem);
  await edge.clock.advance(600);
  // That one is gone waits until a second after the other has come.
  const before = presencesOf(adas).length;
  expect(presencesOf(adas).at(-1)).toMatchObject({ account: cem, online: true });
  await choose(ada, { hidesPresence: true });
  await edge.clock.advance(5_000);
  const told = presencesOf(adas).slice(before);
  expect(told.length).toBeGreaterThan(0);
  expect(told.filter(({ online, lastSeen }) => online || lastSeen > 0)).toEqual([]);
});

test("[SIG2] when somebody was there last, and waits to be told, is told to nobody once they hide that they are there", async () => {
  const { edge, ben, cem, adas, bens, choose } = await group();
  bens.lose();
  await edge.clock.advance(1_500);
  await edge.online(cem);
  await edge.clock.advance(600);
  const before = presencesOf(adas).length;
  await choose(ben, { hidesPresence: true });
  await edge.clock.advance(5_000);
  const told = presencesOf(adas).slice(before);
  expect(told).toMatchObject([{ account: ben, online: false, lastSeen: 0 }]);
});

test.each(["proto", "json"] as const)(
  "[MRK7] a new device (%s) is told what others have read only while its account does not hide that",
  async (encoding) => {
    const { edge, ada, ben, bens, log, choose } = await group();
    marked(bens, log, 3);
    await edge.clock.advance(1_000);
    const readByBen = async () => {
      const device = await edge.online(ada, encoding);
      await edge.clock.advance(100);
      return device
        .all("reset")
        .flatMap(({ marks }) => marks.flatMap(({ account, read }) => (account === ben ? [read] : [])));
    };
    expect(await readByBen()).toEqual([3]);
    await choose(ada, { hidesReads: true });
    expect(await readByBen()).toEqual([0]);
  },
);
