import { describe, expect, test } from "bun:test";
import { createGroup, freshId, removeMembers } from "@parley/rig";
import { type MemoryDevice, MemoryEdge } from "../testing/memory-edge.ts";

async function group(size: number, online: number) {
  const edge = await MemoryEdge.open();
  const people: string[] = [];
  for (let index = 0; index < size; index++) people.push(await edge.person());
  const devices: MemoryDevice[] = [];
  for (const person of people.slice(0, online)) devices.push(await edge.online(person));
  const log = freshId();
  await devices[0]?.submit(createGroup(log, people.slice(1)));
  await edge.clock.advance(2_000);
  return { edge, people, devices, log };
}

function type(device: MemoryDevice | undefined, conversation: string, active: boolean): void {
  device?.send({ case: "typing", value: { conversation, active } });
}

function typingOf(device: MemoryDevice | undefined) {
  return device?.all("signals").flatMap(({ typing }) => typing) ?? [];
}

/** What a device knows of who is online. */
function seenOnline(device: MemoryDevice | undefined): string[] {
  const seen = new Map<string, boolean>();
  for (const { presence } of device?.all("signals") ?? []) {
    for (const { account, online } of presence) seen.set(account, online);
  }
  return [...seen].flatMap(([account, online]) => (online ? [account] : [])).sort();
}

describe("typing", () => {
  test("[SIG1] reaches the others at once, not oneself, and ends early", async () => {
    const { edge, people, devices, log } = await group(2, 2);
    const [adas, bens] = devices;
    type(adas, log, true);
    await edge.clock.advance(0);
    expect(typingOf(bens)).toMatchObject([{ conversation: log, account: people[0], active: true }]);
    type(adas, log, false);
    await edge.clock.advance(100);
    expect(typingOf(bens).at(-1)?.active).toBe(false);
    expect(typingOf(adas)).toEqual([]);
  });

  test("in large conversations a device gets at most one frame of signals a second", async () => {
    const { edge, devices, log } = await group(40, 6);
    const [reader, ...typists] = devices;
    const before = reader?.all("signals").length ?? 0;
    for (let round = 0; round < 20; round++) {
      for (const typist of typists) type(typist, log, round % 2 === 0);
      await edge.clock.advance(100);
    }
    expect((reader?.all("signals").length ?? 0) - before).toBeLessThanOrEqual(3);
  });

  test("of who does not take part is ignored", async () => {
    const { edge, people, devices, log } = await group(3, 3);
    const [adas, bens, cems] = devices;
    await adas?.submit(removeMembers(log, people.slice(1, 2)));
    type(bens, log, true);
    await edge.clock.advance(200);
    expect(typingOf(adas)).toEqual([]);
    expect(typingOf(cems)).toEqual([]);
  });

  test("[SIG1] is dropped, not kept, for a device that reads slowly", async () => {
    const { edge, devices, log } = await group(2, 2);
    const [adas, bens] = devices;
    if (bens !== undefined) bens.socket.waitingBytes = 1024 * 1024;
    type(adas, log, true);
    await edge.clock.advance(6_000);
    if (bens !== undefined) bens.socket.waitingBytes = 0;
    await edge.clock.advance(2_000);
    expect(typingOf(bens)).toEqual([]);
  });
});

describe("presence", () => {
  test("those who share a conversation see each other, also whoever comes later", async () => {
    const { edge, people, devices } = await group(3, 2);
    const [ada = "", ben = "", cem = ""] = people;
    expect(seenOnline(devices[0])).toEqual([ben]);
    const cems = await edge.online(cem);
    await edge.clock.advance(200);
    expect(seenOnline(cems)).toEqual([ada, ben].sort());
    expect(seenOnline(devices[0])).toEqual([ben, cem].sort());
  });

  test("[SIG1] ends two seconds after the last socket, and not for who comes back in time", async () => {
    const { edge, people, devices } = await group(2, 2);
    const [adas, bens] = devices;
    const [, ben = ""] = people;
    const frames = adas?.all("signals").length ?? 0;
    bens?.lose();
    await edge.clock.advance(1_500);
    const back = await edge.online(ben);
    await edge.clock.advance(3_000);
    const told =
      adas
        ?.all("signals")
        .slice(frames)
        .flatMap(({ presence }) => presence) ?? [];
    expect(told.every(({ online }) => online)).toBe(true);
    back.lose();
    await edge.clock.advance(1_900);
    expect(seenOnline(adas)).toEqual([ben]);
    await edge.clock.advance(300);
    expect(seenOnline(adas)).toEqual([]);
  });

  test("one of two devices leaving changes nothing", async () => {
    const { edge, people, devices } = await group(2, 2);
    const second = await edge.online(people[1] ?? "");
    second.lose();
    await edge.clock.advance(5_000);
    expect(seenOnline(devices[0])).toEqual(people.slice(1, 2));
  });

  test("is not told in large conversations", async () => {
    const { devices } = await group(40, 3);
    for (const device of devices) expect(seenOnline(device)).toEqual([]);
  });
});
