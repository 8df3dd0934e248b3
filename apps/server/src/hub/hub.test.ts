import { describe, expect, spyOn, test } from "bun:test";
import { type Answer, ProblemCode } from "@parley/protocol";
import { addMembers, createGroup, freshId, post, removeMembers } from "@parley/rig";
import { MemoryEdge } from "../testing/memory-edge.ts";

function seqOf(answer: Answer | undefined): number {
  const verdict = answer?.outcome.case === "verdict" ? answer.outcome.value : undefined;
  return verdict?.outcome.case === "accepted" ? verdict.outcome.value.seq : 0;
}

/** Two people online in a group. */
async function groupOfTwo() {
  const edge = await MemoryEdge.open();
  const [ada, ben] = [await edge.person(), await edge.person()];
  const adas = await edge.online(ada);
  const bens = await edge.online(ben, "json");
  const log = freshId();
  expect((await adas.submit(createGroup(log, [ben]))).map(seqOf)).toEqual([1]);
  return { edge, ada, ben, adas, bens, log };
}

describe("membership", () => {
  test("[SYN7] who is made a member gets a Reset and then everything after it", async () => {
    const { bens, adas, log } = await groupOfTwo();
    expect(bens.all("reset").map(({ status }) => status?.head?.seq)).toEqual([1]);
    expect(bens.seqs(log)).toEqual([]);
    await adas.submit(post(log, "one"), post(log, "two"));
    expect(bens.seqs(log)).toEqual([2, 3]);
  });

  test("[SYN7] who is parted gets that very event and nothing later", async () => {
    const { adas, bens, ben, log } = await groupOfTwo();
    await adas.submit(post(log, "before"), removeMembers(log, [ben]), post(log, "after"));
    expect(bens.seqs(log)).toEqual([2, 3]);
    expect(adas.seqs(log)).toEqual([2, 3, 4]);
  });

  test("[SYN7] who comes back gets a Reset, and only what is said from then on", async () => {
    const { adas, bens, ben, log } = await groupOfTwo();
    await adas.submit(removeMembers(log, [ben]), post(log, "in between"), addMembers(log, [ben]), post(log, "again"));
    expect(bens.seqs(log).filter((seq) => seq === 3)).toEqual([]);
    expect(
      bens
        .all("reset")
        .map(({ status }) => status?.head?.seq)
        .at(-1),
    ).toBeGreaterThanOrEqual(4);
    await adas.submit(post(log, "and on"));
    expect(bens.seqs(log).at(-1)).toBe(6);
    expect(JSON.stringify(bens.frames)).not.toContain("in between");
  });

  test("an event that makes members brings their profiles", async () => {
    const { edge, adas, bens, log } = await groupOfTwo();
    const cem = await edge.person();
    await adas.submit(addMembers(log, [cem]));
    for (const device of [adas, bens]) {
      expect(
        device
          .all("event")
          .at(-1)
          ?.profiles.map(({ account }) => account),
      ).toEqual([cem]);
    }
  });

  test("[SYN8] followers write what concerns the account, and its devices hear of it", async () => {
    const { edge, adas, bens, ben, log } = await groupOfTwo();
    await edge.clock.advance(500);
    expect(bens.all("accountEvent").map(({ seq, body }) => [seq, body.case])).toEqual([[1, "joined"]]);
    await adas.submit(removeMembers(log, [ben]));
    await edge.clock.advance(500);
    expect(bens.all("accountEvent").map(({ seq, body }) => [seq, body.case])).toEqual([
      [1, "joined"],
      [2, "parted"],
    ]);
  });
});

/** An edge whose catching up, once read, is held back while `hold` was called and `release` was not. */
async function edgeThatHoldsChanges() {
  const gate = Promise.withResolvers<void>();
  let holding = false;
  const edge = await MemoryEdge.open((reader) => {
    const catchUp = reader.catchUp.bind(reader);
    reader.catchUp = async (...args) => {
      const read = await catchUp(...args);
      if (holding) await gate.promise;
      return read;
    };
    return reader;
  });
  return {
    edge,
    hold: () => {
      holding = true;
    },
    release: () => {
      holding = false;
      gate.resolve();
    },
  };
}

/** Ada is online in a group with Ben, whose device has its Welcome and waits to be caught up. */
async function catchingUp() {
  const { edge, hold, release } = await edgeThatHoldsChanges();
  const [ada, ben] = [await edge.person(), await edge.person()];
  const adas = await edge.online(ada);
  const log = freshId();
  await adas.submit(createGroup(log, [ben]));
  hold();
  const bens = edge.device(ben);
  await bens.hello();
  return { edge, ada, ben, adas, bens, log, release };
}

describe("catching up", () => {
  test("[SYN4] a device whose snapshot is older than the live events misses none of them", async () => {
    const { edge, adas, bens, log, release } = await catchingUp();
    await adas.submit(post(log, "one"), post(log, "two"));
    expect(bens.frames.map((frame) => frame.case)).toEqual(["welcome"]);
    release();
    await edge.clock.advance(20);
    await adas.submit(post(log, "three"));
    expect(bens.frames.map((frame) => frame.case).slice(0, 2)).toEqual(["welcome", "reset"]);
    expect(bens.all("reset")[0]?.status?.head?.seq).toBe(1);
    expect(bens.seqs(log)).toEqual([2, 3, 4]);
  });

  test("[SYN4] who is made a member between Hello and Welcome is not forgotten", async () => {
    const gate = Promise.withResolvers<void>();
    let holding = false;
    const edge = await MemoryEdge.open((reader) => {
      const attendance = reader.attendance.bind(reader);
      reader.attendance = async (...args) => {
        const read = await attendance(...args);
        if (holding) await gate.promise;
        return read;
      };
      return reader;
    });
    const [ada, ben] = [await edge.person(), await edge.person()];
    const adas = await edge.online(ada);
    holding = true;
    const bens = edge.device(ben);
    await bens.hello();
    const log = freshId();
    await adas.submit(createGroup(log, [ben]), post(log, "one"));
    expect(bens.frames).toEqual([]);
    holding = false;
    gate.resolve();
    await edge.clock.advance(20);
    await adas.submit(post(log, "two"));
    expect(bens.all("welcome")[0]?.conversations.map(({ head }) => head?.seq)).toEqual([2]);
    expect(bens.all("reset").map(({ status }) => status?.head?.seq)).toEqual([2]);
    expect(bens.seqs(log)).toEqual([3]);
  });

  test.each([
    ["come", 4],
    ["go", 2],
  ])("[SYN4] members who %s while their room is being read are seen", async (kind, last) => {
    const gate = Promise.withResolvers<void>();
    let holding = false;
    const edge = await MemoryEdge.open((reader) => {
      const rooms = reader.rooms.bind(reader);
      reader.rooms = async (...args) => {
        const read = await rooms(...args);
        if (holding) await gate.promise;
        return read;
      };
      return reader;
    });
    const [ada, ben] = [await edge.person(), await edge.person()];
    const adas = await edge.online(ada);
    const log = freshId();
    await adas.submit(createGroup(log, kind === "go" ? [ben] : []));
    holding = true;
    const bens = edge.device(ben);
    await bens.hello();
    if (kind === "come") await adas.submit(addMembers(log, [ben]), post(log, "one"));
    else await adas.submit(removeMembers(log, [ben]), post(log, "out of sight"));
    holding = false;
    gate.resolve();
    await edge.clock.advance(20);
    await adas.submit(post(log, "two"));
    const told = [...bens.all("reset").map(({ status }) => status?.head?.seq ?? 0), ...bens.seqs(log)];
    expect(told.at(-1)).toBe(last);
    expect(JSON.stringify(bens.frames)).not.toContain("out of sight");
  });

  test("[SYN7] who is parted while catching up gets everything up to that event", async () => {
    const { edge, adas, bens, ben, log, release } = await catchingUp();
    await adas.submit(post(log, "one"), removeMembers(log, [ben]), post(log, "secret"));
    release();
    await edge.clock.advance(20);
    await adas.submit(post(log, "more"));
    expect(bens.seqs(log)).toEqual([2, 3]);
  });

  test("[SYN2] what a device missed of its account log comes right after Welcome", async () => {
    const { edge, adas, bens, ben } = await groupOfTwo();
    await edge.clock.advance(500);
    bens.lose();
    await adas.submit(createGroup(freshId(), [ben]));
    await edge.clock.advance(500);
    const again = edge.device(ben, "proto", bens.id, bens.connection.visitor.session);
    const incarnation = await edge.reader.incarnation();
    again.send({ case: "hello", value: { device: again.id, incarnation, accountHead: 1 } });
    await edge.clock.advance(20);
    expect(again.all("welcome")[0]?.accountHead).toBe(2);
    expect(again.frames[1]).toMatchObject({ case: "accountEvent", value: { seq: 2, body: { case: "joined" } } });
  });

  test("[SYN2] a device that is up to date gets Welcome and no rows, one behind gets the changes", async () => {
    const { edge, ada, ben, adas, bens, log } = await groupOfTwo();
    await adas.submit(post(log, "one"));
    bens.lose();
    const session = freshId();
    const { conversations } = await edge.reader.conversations(ada, 10, "");
    const current = conversations.flatMap(({ status }) => status?.head ?? []);
    const incarnation = await edge.reader.incarnation();
    const upToDate = edge.device(ben, "proto", freshId(), session);
    upToDate.send({ case: "hello", value: { device: upToDate.id, incarnation, accountHead: 1, heads: current } });
    await edge.clock.advance(200);
    expect(upToDate.frames.map((frame) => frame.case)).toEqual(["welcome", "signals"]);
    upToDate.lose();
    await adas.submit(post(log, "two"), post(log, "three"));
    const behind = edge.device(ben, "proto", upToDate.id, session);
    behind.send({ case: "hello", value: { device: behind.id, incarnation, accountHead: 1, heads: current } });
    await edge.clock.advance(20);
    expect(behind.frames.map((frame) => frame.case).slice(0, 2)).toEqual(["welcome", "changes"]);
    expect(behind.all("changes")[0]).toMatchObject({ from: 2, to: { seq: 4 } });
  });
});

describe("a long catching up", () => {
  /** Ben returns to three groups and reads nothing. */
  async function clogged() {
    const edge = await MemoryEdge.open();
    const [ada, ben] = [await edge.person(), await edge.person()];
    const adas = await edge.online(ada);
    const logs = [freshId(), freshId(), freshId()];
    for (const log of logs) await adas.submit(createGroup(log, [ben]));
    const bens = edge.device(ben);
    bens.socket.waitingBytes = 10 * 1024 * 1024;
    await bens.hello();
    return { edge, adas, bens, logs };
  }

  test("[SYN6] is handed over no faster than the device reads, as things are by then", async () => {
    const { edge, adas, bens, logs } = await clogged();
    const [oldest = ""] = logs;
    await adas.submit(post(oldest, "meanwhile"));
    await edge.clock.advance(1_000);
    expect(bens.frames.map((frame) => frame.case)).toEqual(["welcome"]);
    bens.socket.waitingBytes = 0;
    await edge.clock.advance(100);
    const resets = bens.all("reset").map(({ status }) => [status?.head?.conversation, status?.head?.seq]);
    expect(resets).toHaveLength(3);
    expect(resets).toContainEqual([oldest, 2]);
    await adas.submit(post(oldest, "afterwards"));
    expect(bens.seqs(oldest)).toEqual([3]);
  });

  test("ends with the connection", async () => {
    const { edge, bens } = await clogged();
    bens.lose();
    bens.socket.waitingBytes = 0;
    await edge.clock.advance(1_000);
    expect(bens.frames.map((frame) => frame.case)).toEqual(["welcome"]);
  });
});

describe("devices", () => {
  test("a second socket of a device takes over from the first", async () => {
    const { edge, ada, adas } = await groupOfTwo();
    const again = edge.device(ada, "proto", adas.id, adas.connection.visitor.session);
    await again.hello();
    expect(adas.wasClosedFor(ProblemCode.SUPERSEDED)).toBe(true);
    expect(adas.frames.at(-1)?.case).toBe("goodbye");
    expect(again.all("welcome")).toHaveLength(1);
  });

  test("a new device of a session closes the one before", async () => {
    const { edge, ada, adas } = await groupOfTwo();
    const replacement = edge.device(ada, "proto", freshId(), adas.connection.visitor.session);
    await replacement.hello();
    expect(adas.wasClosedFor(ProblemCode.DEVICE_CLOSED)).toBe(true);
    const late = edge.device(ada, "proto", adas.id, adas.connection.visitor.session);
    await late.hello();
    expect(late.wasClosedFor(ProblemCode.DEVICE_CLOSED)).toBe(true);
  });

  test("another account cannot take a device's id, nor its socket", async () => {
    const { edge, ben, adas } = await groupOfTwo();
    const thief = edge.device(ben, "proto", adas.id);
    await thief.hello();
    expect(thief.wasClosedFor(ProblemCode.DEVICE_CLOSED)).toBe(true);
    expect(adas.socket.closedWith).toBeUndefined();
  });

  test("silence ends a connection, pings keep it", async () => {
    const { edge, adas, bens } = await groupOfTwo();
    for (let beat = 0; beat < 4; beat++) {
      await edge.clock.advance(30_000);
      adas.send({ case: "ping", value: { nonce: beat } });
    }
    expect(bens.wasClosedFor(ProblemCode.SILENT)).toBe(true);
    expect(adas.socket.closedWith).toBeUndefined();
    expect(adas.all("pong").map(({ nonce }) => nonce)).toEqual([0, 1, 2, 3]);
  });

  test("[SYN6] a device that is caught up too slowly is disconnected and resumes", async () => {
    const { edge, ben, adas, bens, log, release } = await catchingUp();
    for (let round = 0; round < 17; round++) {
      await adas.submit(...Array.from({ length: 60 }, (_, index) => post(log, `${round}.${index}`)));
    }
    expect(bens.wasClosedFor(ProblemCode.TOO_SLOW)).toBe(true);
    release();
    const again = edge.device(ben, "proto", bens.id, bens.connection.visitor.session);
    await again.hello();
    expect(again.all("reset")[0]?.status?.head?.seq).toBe(1 + 17 * 60);
  });

  test("[CMD9] are sent away when the store fails, and nothing is acknowledged", async () => {
    const { edge, adas, log } = await groupOfTwo();
    const errors = spyOn(console, "error").mockImplementation(() => undefined);
    await edge.writer.close();
    expect(await adas.submit(post(log, "lost"))).toEqual([]);
    errors.mockRestore();
    expect(adas.wasClosedFor(ProblemCode.UNAVAILABLE)).toBe(true);
    expect(edge.broken).toHaveLength(1);
  });
});
