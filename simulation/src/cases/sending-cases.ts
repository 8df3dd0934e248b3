import { type Case, expectThat } from "./case.ts";
import type { Stage } from "./stage.ts";

const lastTexts = (stage: Stage, count: number): string =>
  [...stage.world.truth.ledger.logs.keys()]
    .flatMap((id) => stage.texts(id))
    .filter((text) => !text?.startsWith("last"))
    .slice(-count)
    .join();

/** Commands between a device and the log. */
export const sendingCases = {
  "the power cut that rolls the local store back before a new message": {
    rules: ["STO3", "STO4", "ORD3"],
    devices: [1, 1],
    async play(stage) {
      const conversation = await stage.group("ada-1", "ben-1");
      const ada = stage.device("ada-1");
      await stage.world.run(5_000);
      for (let round = 0; round < 5; round++) {
        const first = stage.post("ada-1", conversation, `before ${round}`);
        await stage.untilJudged(first);
        await stage.world.run(200);
        ada.cutPower(0);
        await stage.world.run(100);
        ada.start();
        await stage.world.until(() => stage.listed("ada-1", conversation) !== undefined);
        stage.post("ada-1", conversation, `after ${round}`);
        await stage.untilOnline("ada-1");
      }
    },
    atRest(stage) {
      const expected = [0, 1, 2, 3, 4].flatMap((round) => [`before ${round}`, `after ${round}`]).join();
      expectThat("every message is there once, in its order", lastTexts(stage, 10) === expected);
    },
  },

  "a burst racing over two paths": {
    rules: ["ORD1", "ORD5", "CMD1"],
    devices: [1, 1],
    async play(stage) {
      const conversation = await stage.group("ada-1", "ben-1");
      const { link } = stage.device("ada-1");
      for (let round = 0; round < 20; round++) {
        link.copies = { fromMs: 0, toMs: 2_000 };
        link.breaksAfterCopy = 0.3;
        for (let index = 0; index < 15; index++) {
          stage.post("ada-1", conversation, `${round}.${index}`);
          // So that they leave in several frames.
          await stage.world.run(3);
        }
        await stage.world.run(8_000);
      }
    },
    atRest(stage) {
      const expected = Array.from({ length: 20 }, (_, round) =>
        Array.from({ length: 15 }, (_, index) => `${round}.${index}`),
      ).flat();
      expectThat("the burst is there once, in its order", lastTexts(stage, 300) === expected.join());
    },
  },

  "a rejected command whose answer was lost": {
    rules: ["CMD1", "CMD5"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      await stage.untilJudged(stage.post("ben-1", conversation, "in time"));
      stage.device("ben-1").link.takeDown();
      world.typist.removeMembers(stage.device("ada-1"), conversation, [stage.account("ben-1")]);
      await world.until(() => !world.truth.ledger.log(conversation).isPresent(stage.account("ben-1")));
      const id = stage.post("ben-1", conversation, "too late");
      await world.run(500);
      stage.device("ben-1").link.restore();
      await stage.untilJudged(id);
      stage.device("ben-1").link.takeDown();
      world.typist.addMembers(stage.device("ada-1"), conversation, [stage.account("ben-1")]);
      await world.until(() => world.truth.ledger.log(conversation).isPresent(stage.account("ben-1")));
      stage.device("ben-1").link.restore();
      await stage.untilOnline("ben-1");
      await world.run(10_000);
      expectThat("it stays rejected", !stage.accepted(id));
    },
  },

  "a message discarded while a copy of it is still under way": {
    rules: ["WDR2", "WDR3"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const { link } = stage.device("ada-1");
      link.copies = { fromMs: 8_000, toMs: 9_000 };
      link.breaksAfterCopy = 1;
      const id = stage.post("ada-1", conversation, "regretted");
      await world.run(100);
      link.takeDown();
      link.copies = undefined;
      expectThat("it is still under way", !stage.judged(id));
      world.typist.discard(stage.device("ada-1"), id);
      await world.run(500);
      link.restore();
      await stage.untilJudged(id);
      await world.run(20_000);
      expectThat("a copy arrived", world.coverage.get("copy submitted") > 0);
      expectThat("it was never posted", !stage.texts(conversation).includes("regretted"));
    },
  },

  "a member removed between sending and retrying": {
    rules: ["CMD1", "CMD2"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const id = stage.post("ben-1", conversation, "just in time");
      await stage.untilJudged(id);
      stage.device("ben-1").link.takeDown();
      world.typist.removeMembers(stage.device("ada-1"), conversation, [stage.account("ben-1")]);
      await world.until(() => !world.truth.ledger.log(conversation).isPresent(stage.account("ben-1")));
      // A copy that comes late: as a retry does, before the device knows anything.
      stage.device("ben-1").link.restore();
      await stage.untilOnline("ben-1");
      await world.run(5_000);
      expectThat("it is accepted as before", stage.accepted(id));
    },
  },

  "the same direct chat started by two people offline": {
    rules: ["DER1", "DER2", "OUT3"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      for (const name of ["ada-1", "ben-1"]) stage.device(name).link.takeDown();
      await world.run(1_000);
      world.typist.startDirect(stage.device("ada-1"), stage.account("ben-1"));
      world.typist.startDirect(stage.device("ben-1"), stage.account("ada-1"));
      await world.run(500);
      for (const name of ["ada-1", "ben-1"]) {
        const [conversation] = stage.owner(name).engine.conversations.get().conversations;
        stage.post(name, conversation?.id ?? "", `hello from ${name}`);
      }
      await world.run(500);
      for (const name of ["ada-1", "ben-1"]) stage.device(name).link.restore();
      await stage.untilOnline("ada-1", "ben-1");
      await world.run(5_000);
    },
    atRest(stage) {
      const logs = [...stage.world.truth.ledger.logs].filter(([, { head }]) => head > 0);
      expectThat("there is one conversation", logs.length === 1);
      const texts = stage.texts(logs[0]?.[0] ?? "");
      expectThat("both greetings are in it", texts.filter((text) => text?.startsWith("hello")).length === 2);
    },
  },
} satisfies Record<string, Case>;
