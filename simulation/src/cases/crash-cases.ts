import { type Case, expectThat } from "./case.ts";
import type { Stage } from "./stage.ts";

/** Processes, machines and disks that end or go back. */
export const crashCases = {
  "a node dying between commit and fan-out": {
    rules: ["CMD9", "SYN2", "SYN8"],
    devices: [1, 1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const ids: string[] = [];
      // Only in some rounds does it die between a change of members and the account log that follows it.
      for (let round = 0; round < 12; round++) {
        const id = stage.post("ada-1", conversation, `committed ${round}`);
        ids.push(id);
        const change = round % 2 === 0 ? "addMembers" : "removeMembers";
        world.typist[change](stage.device("ada-1"), conversation, [stage.account("cleo-1")]);
        await stage.untilJudged(id);
        expectThat(
          "nobody has seen it",
          !stage.owner("ben-1").screens.some(({ messages }) => messages.some((row) => row.id === id)),
        );
        world.server.crash(round % 2 === 0);
        await world.run(300);
        await world.time.await(world.server.start(), 10_000, world.inspectStep);
        await stage.untilOnline("ada-1", "ben-1");
        await world.run(2_000);
      }
      expectThat(
        "all were accepted",
        ids.every((id) => stage.accepted(id)),
      );
    },
  },

  "a power cut right after an acknowledgement": {
    rules: ["CMD9"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      for (let round = 0; round < 4; round++) {
        const id = stage.post("ada-1", conversation, `acknowledged ${round}`);
        await stage.untilJudged(id);
        const screen = await stage.look("ada-1", conversation);
        await world.until(() => screen.messages.some((row) => row.id === id && row.status?.kind !== "sending"));
        world.server.crash(false);
        await world.run(500);
        await world.time.await(world.server.start(), 10_000, world.inspectStep);
        await world.until(() => stage.accepted(id));
        await world.run(15_000);
      }
    },
  },

  "a restored backup with clients ahead of it": {
    rules: ["INC1", "INC2", "OUT1"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      await stage.untilJudged(stage.post("ada-1", conversation, "in the backup"));
      world.server.backUp();
      const later = ["ada-1", "ben-1"].flatMap((name) =>
        [1, 2, 3].map((index) => stage.post(name, conversation, `${index} of ${name}`)),
      );
      await stage.untilJudged(...later);
      await world.run(5_000);
      world.server.crash(true);
      expectThat("there was a backup", world.server.restoreBackup(true));
      await world.run(1_000);
      await world.time.await(world.server.start(), 10_000, world.inspectStep);
      expectThat(
        "it is behind",
        later.every((id) => !stage.judged(id)),
      );
      await stage.untilOnline("ada-1", "ben-1");
      await world.run(10_000);
    },
    atRest(stage) {
      const texts = [...stage.world.truth.ledger.logs.keys()].flatMap((id) => stage.texts(id));
      expectThat(
        "what was acknowledged is there again",
        texts.filter((text) => / of (ada|ben)-1$/.test(text ?? "")).length === 6,
      );
    },
  },

  "a file copied back without a word": {
    rules: ["SYN3", "OUT1"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      world.server.backUp();
      const later = ["ada-1", "ben-1"].map((name) => stage.post(name, conversation, `from ${name}`));
      await stage.untilJudged(...later);
      await world.run(5_000);
      world.server.crash(true);
      expectThat("there was a backup", world.server.restoreBackup(false));
      await world.time.await(world.server.start(), 10_000, world.inspectStep);
      await stage.untilOnline("ada-1", "ben-1");
      await world.run(10_000);
      expectThat(
        "what was acknowledged is there again",
        later.every((id) => stage.accepted(id)),
      );
    },
  },

  "a file copied back while messages wait in many conversations": {
    rules: ["SYN3", "ORD3", "ORD5", "OUT1"],
    devices: [1, 1],
    play: (stage) => copyBackUnder(stage, () => undefined),
  },

  "a file copied back while messages wait on a device that is new since then": {
    rules: ["SYN3", "STO5", "ORD3", "ORD5", "OUT1"],
    devices: [1, 1],
    kinds: { "ada-1": "leader" },
    play: (stage) => copyBackUnder(stage, () => stage.device("ada-1").loseStore(stage.world.lostTruth)),
  },

  "a frozen owner thawing": {
    rules: ["STO2"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const ada = stage.device("ada-1");
      for (let round = 0; round < 4; round++) {
        for (let index = 0; index < 5; index++) {
          stage.post("ben-1", conversation, `${round}.${index}`);
          stage.post("ada-1", conversation, `mine ${round}.${index}`);
        }
        await world.run(3 + round * 7);
        const former = stage.owner("ada-1");
        ada.freeze();
        await world.run(200);
        ada.start();
        await stage.untilOnline("ada-1");
        for (let index = 0; index < 5; index++) stage.post("ada-1", conversation, `again ${round}.${index}`);
        await world.run(3_000);
        ada.thaw();
        await world.until(() => former.engine.connection.get().kind === "superseded");
        await world.inspectEverything();
      }
    },
  },

  "an owner without room that freezes, is replaced and thaws": {
    rules: ["STO2", "STO10"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const ada = stage.device("ada-1");
      for (let round = 0; round < 3; round++) {
        await world.run(2_000);
        const former = stage.owner("ada-1");
        ada.disk.room = ada.disk.image.rows;
        await stage.untilJudged(stage.post("ben-1", conversation, `does not fit ${round}`));
        await world.until(() => former.engine.connection.get().kind === "no-room");
        ada.freeze();
        ada.disk.room = Number.POSITIVE_INFINITY;
        ada.start();
        await stage.untilOnline("ada-1");
        const owner = stage.owner("ada-1");
        ada.thaw();
        await world.until(() => former.engine.connection.get().kind === "superseded");
        await world.run(5_000);
        expectThat("nobody took the store from its owner", owner.engine.connection.get().kind === "online");
      }
    },
  },

  "an edit of a message that was not accepted, and a power cut": {
    rules: ["STO4", "OUT1"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      world.typist.leave(stage.device("ben-1"), conversation);
      const post = stage.post("ben-1", conversation, "too late");
      await stage.untilJudged(post);
      await world.run(5_000);
      world.typist.edit(stage.device("ben-1"), conversation, post, "much too late");
      await world.run(1_000);
      stage.device("ben-1").cutPower(0);
    },
  },
} satisfies Record<string, Case>;

/** What was acknowledged since the backup goes before what is typed later, in every conversation. */
async function copyBackUnder(stage: Stage, meanwhile: () => void): Promise<void> {
  const { world } = stage;
  const conversations: string[] = [];
  for (let index = 0; index < 8; index++) conversations.push(await stage.group("ada-1", "ben-1"));
  for (let round = 0; round < 3; round++) {
    const post = (text: string) => conversations.map((id) => stage.post("ada-1", id, `${round}: ${text}`));
    await stage.untilJudged(...post("in the backup"));
    world.server.backUp();
    const acknowledged = post("acknowledged");
    await stage.untilJudged(...acknowledged);
    await world.run(3_000);
    meanwhile();
    await world.run(3_000);
    world.server.crash(true);
    world.server.restoreBackup(false);
    const waiting = post("typed later");
    await world.run(1_000);
    world.server.storage.readLatency = { fromMs: 20, toMs: 60 };
    await world.time.await(world.server.start(), 10_000, world.inspectStep);
    await stage.untilJudged(...waiting, ...acknowledged);
    world.server.storage.heal();
  }
  const said = [0, 1, 2].flatMap((round) =>
    ["in the backup", "acknowledged", "typed later"].map((text) => `${round}: ${text}`),
  );
  for (const id of conversations) expectThat("all is there in its order", stage.texts(id).join() === said.join());
}
