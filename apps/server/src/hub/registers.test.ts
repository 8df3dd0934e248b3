import { describe, expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { type Command, CommandSchema } from "@parley/protocol";
import { addMembers, createGroup, freshId, leave, post } from "@parley/rig";
import { StoreError } from "../store/store-error.ts";
import { type MemoryDevice, MemoryEdge } from "../testing/memory-edge.ts";

/** A group in which the first `online` people have a device each. */
async function group(size: number, online: number) {
  const edge = await MemoryEdge.open();
  const people: string[] = [];
  for (let index = 0; index < size; index++) people.push(await edge.person());
  const devices: MemoryDevice[] = [];
  for (const person of people.slice(0, online)) devices.push(await edge.online(person));
  const log = freshId();
  const [first] = devices;
  await first?.submit(createGroup(log, people.slice(1)));
  await edge.clock.advance(2_000);
  return { edge, people, devices, log };
}

/** An edge whose store keeps its first answer about what is unread until it is let go. */
async function withSlowCount() {
  const gate = Promise.withResolvers<void>();
  let holding = true;
  const edge = await MemoryEdge.open((reader) => {
    const readState = reader.readState.bind(reader);
    reader.readState = async (...args) => {
      const held = holding;
      holding = false;
      const state = await readState(...args);
      if (held) await gate.promise;
      return state;
    };
    return reader;
  });
  return { edge, letGo: gate.resolve };
}

function hideMessages(account: string, conversation: string, messages: string[]): Command {
  const body = { case: "hideMessages", value: { conversation, messages } } as const;
  return create(CommandSchema, { id: freshId(), log: account, sentAt: 1, body });
}

function mark(device: MemoryDevice | undefined, conversation: string, read: number): void {
  device?.send({ case: "marks", value: { updates: [{ conversation, delivered: read, read }] } });
}

describe("marks in small conversations", () => {
  test("[MRK2] are answered with what is stored, clamped, and with the unread count", async () => {
    const { edge, devices, log } = await group(2, 2);
    const [adas, bens] = devices;
    await adas?.submit(post(log, "one"), post(log, "two"));
    mark(bens, log, 2);
    await edge.clock.advance(100);
    expect(bens?.all("registers").at(-1)?.readStates).toMatchObject([{ conversation: log, read: 2, unread: 1 }]);
    mark(bens, log, 100);
    await edge.clock.advance(1_100);
    expect(bens?.all("registers").at(-1)?.readStates).toMatchObject([{ conversation: log, read: 3, unread: 0 }]);
  });

  test("are told to the other members and to one's own other devices", async () => {
    const { edge, people, devices, log } = await group(2, 2);
    const [adas, bens] = devices;
    const [, ben = ""] = people;
    const bensPhone = await edge.online(ben, "json");
    await adas?.submit(post(log, "one"));
    mark(bens, log, 2);
    await edge.clock.advance(1_100);
    expect(adas?.all("registers").at(-1)?.memberMarks).toMatchObject([{ conversation: log, account: ben, read: 2 }]);
    const onPhone = bensPhone.all("registers").flatMap(({ readStates }) => readStates);
    expect(onPhone).toMatchObject([{ conversation: log, read: 2 }]);
  });

  test("[MRK5] reach a device at most once a second, the newest only", async () => {
    const { edge, devices, log } = await group(2, 2);
    const [adas, bens] = devices;
    await adas?.submit(...Array.from({ length: 50 }, (_, index) => post(log, `${index}`)));
    const before = adas?.all("registers").length ?? 0;
    for (let read = 1; read <= 20; read++) {
      mark(bens, log, read);
      await edge.clock.advance(100);
    }
    await edge.clock.advance(1_000);
    const frames = adas?.all("registers").slice(before) ?? [];
    expect(frames.length).toBeLessThanOrEqual(4);
    expect(frames.at(-1)?.memberMarks[0]?.read).toBe(20);
  });

  test("are sent again to who comes back", async () => {
    const { edge, people, devices, log } = await group(2, 2);
    const [adas, bens] = devices;
    const [ada = "", ben = ""] = people;
    await adas?.submit(post(log, "one"));
    adas?.lose();
    mark(bens, log, 2);
    await edge.clock.advance(100);
    const again = await edge.online(ada);
    await edge.clock.advance(1_000);
    const marks = again.all("registers").flatMap(({ memberMarks }) => memberMarks);
    expect(marks).toContainEqual(expect.objectContaining({ conversation: log, account: ben, read: 2 }));
  });

  test("[MRK1] that move while somebody who has just joined is being given the conversation are told to them after it", async () => {
    const gate = Promise.withResolvers<void>();
    const edge = await MemoryEdge.open((reader) => {
      const reset = reader.reset.bind(reader);
      reader.reset = async (...args) => {
        const read = await reset(...args);
        await gate.promise;
        return read;
      };
      return reader;
    });
    const [ada, ben, cem] = [await edge.person(), await edge.person(), await edge.person()];
    const [bens, cems] = [await edge.online(ben), await edge.online(cem)];
    const adas = await edge.online(ada);
    const log = freshId();
    await adas.submit(createGroup(log, [cem]), post(log, "one"));
    await adas.submit(addMembers(log, [ben]));
    mark(cems, log, 2);
    await edge.clock.advance(2_000);
    expect(bens.all("reset")).toEqual([]);
    gate.resolve();
    await edge.clock.advance(2_000);
    const after = bens.frames.slice(bens.frames.findIndex((frame) => frame.case === "reset"));
    const told = after.flatMap((frame) => (frame.case === "registers" ? frame.value.memberMarks : []));
    expect(told).toMatchObject([{ conversation: log, account: cem, read: 2 }]);
  });

  test("[MRK1] that are read from the store for long are not told after greater ones", async () => {
    const { edge, letGo } = await withSlowCount();
    const [ada, ben] = [await edge.person(), await edge.person()];
    const [adas, bens] = [await edge.online(ada), await edge.online(ben)];
    const log = freshId();
    const last = post(log, "four");
    await adas.submit(createGroup(log, [ben]), post(log, "two"), post(log, "three"), last);
    // What is unread before a hidden message is counted by the store.
    await bens.submit(hideMessages(ben, log, [last.id]));
    for (const read of [2, 3]) {
      mark(bens, log, read);
      await edge.clock.advance(2_000);
    }
    letGo();
    await edge.clock.advance(2_000);
    const told = bens.all("registers").flatMap(({ readStates }) => readStates);
    expect(told).toMatchObject([{ conversation: log, read: 3, unread: 0 }]);
  });

  test("[MRK1] nor where nobody who is here takes part any more", async () => {
    const { edge, letGo } = await withSlowCount();
    const [ada, ben] = [await edge.person(), await edge.person()];
    const bens = await edge.online(ben);
    const log = freshId();
    await bens.submit(createGroup(log, [ada]), post(log, "two"), post(log, "three"), leave(log));
    for (const read of [2, 3]) {
      mark(bens, log, read);
      await edge.clock.advance(2_000);
    }
    letGo();
    await edge.clock.advance(2_000);
    const told = bens.all("registers").flatMap(({ readStates }) => readStates);
    expect(told).toMatchObject([{ conversation: log, read: 3 }]);
  });

  test("[MRK2] that cannot be stored for want of space do not part their device, which sends them again", async () => {
    const { edge, devices, log } = await group(2, 2);
    const [adas, bens] = devices;
    await adas?.submit(post(log, "one"));
    const { mark: store } = edge.writer;
    edge.writer.mark = () => Promise.reject(new StoreError("full", "There is no space left."));
    mark(bens, log, 2);
    await edge.clock.advance(1_100);
    expect(bens?.socket.closedWith).toBeUndefined();
    edge.writer.mark = store;
    mark(bens, log, 2);
    await edge.clock.advance(1_100);
    expect(bens?.all("registers").at(-1)?.readStates).toMatchObject([{ conversation: log, read: 2, unread: 0 }]);
  });

  test("of several conversations come in one frame", async () => {
    const { edge, people, devices, log } = await group(2, 2);
    const [adas, bens] = devices;
    const other = freshId();
    await adas?.submit(createGroup(other, people.slice(1)), post(log, "here"), post(other, "there"));
    const updates = [log, other].map((conversation) => ({ conversation, delivered: 2, read: 2 }));
    bens?.send({ case: "marks", value: { updates } });
    await edge.clock.advance(2_100);
    const read = bens?.all("registers").flatMap(({ readStates }) => readStates) ?? [];
    for (const conversation of [log, other]) {
      expect(read.findLast((state) => state.conversation === conversation)).toMatchObject({ read: 2, unread: 0 });
    }
  });

  test("of strangers are ignored", async () => {
    const { edge, log } = await group(2, 2);
    const stranger = await edge.online(await edge.person());
    mark(stranger, log, 1);
    await edge.clock.advance(1_100);
    expect(stranger.all("registers")).toEqual([]);
    expect(stranger.socket.closedWith).toBeUndefined();
  });
});

describe("marks in large conversations", () => {
  test("[MRK5] authors get one summary a second, the other members get nothing", async () => {
    const { edge, devices, log } = await group(40, 10);
    const [adas, ...others] = devices;
    await adas?.submit(post(log, "hello all"));
    const counts = devices.map((device) => device.all("registers").length);
    for (const device of others) {
      mark(device, log, 2);
      await edge.clock.advance(50);
    }
    await edge.clock.advance(3_000);
    const summaries =
      adas
        ?.all("registers")
        .slice(counts[0])
        .flatMap(({ markSummaries }) => markSummaries) ?? [];
    expect(summaries.length).toBeLessThanOrEqual(2);
    expect(summaries.at(-1)).toMatchObject({
      conversation: log,
      latest: 2,
      latestDelivered: 9,
      latestRead: 9,
      readByAll: 0,
    });
    for (const [index, device] of others.entries()) {
      const frames = device.all("registers").slice(counts[index + 1]);
      expect(frames.flatMap(({ memberMarks, markSummaries }) => [...memberMarks, ...markSummaries])).toEqual([]);
    }
  });
});

test("[MRK4] the marks of who joined later do not count for an author's older message", async () => {
  const { edge, devices, log } = await group(40, 2);
  const [adas, bens] = devices;
  const newcomer = await edge.online(await edge.person());
  await adas?.submit(post(log, "before"));
  await adas?.submit(addMembers(log, [newcomer.account]));
  await bens?.submit(post(log, "after"));
  await edge.clock.advance(2_000);
  for (const device of [bens, newcomer]) mark(device, log, 4);
  await edge.clock.advance(3_000);
  const summaries = adas?.all("registers").flatMap(({ markSummaries }) => markSummaries) ?? [];
  expect(summaries.at(-1)).toMatchObject({ latest: 2, latestDelivered: 1, latestRead: 1 });
});

test("a new display name reaches everybody who shares a conversation, and nobody else", async () => {
  const { edge, people, devices } = await group(3, 3);
  const stranger = await edge.online(await edge.person());
  const [ada = ""] = people;
  const rev = await edge.writer.putProfile(ada, "person1", "Countess");
  const [profile] = await edge.reader.profiles([ada]);
  if (profile !== undefined) await edge.edge.hub.profileChanged(profile);
  await edge.clock.advance(1_100);
  for (const device of devices) {
    const profiles = device.all("registers").flatMap((registers) => registers.profiles);
    expect(profiles).toMatchObject([{ account: ada, displayName: "Countess", rev }]);
  }
  expect(stranger.all("registers")).toEqual([]);
});
