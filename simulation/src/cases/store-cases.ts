import { type Case, expectThat } from "./case.ts";
import type { Stage } from "./stage.ts";

/** Local stores that fail, are lost or cannot be read. */
export const storeCases = {
  "a store that is thrown away under tabs that wait for the network": {
    rules: ["STO5", "OUT1"],
    devices: [1, 1],
    kinds: { "ada-1": "leader" },
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const acknowledged = ["one", "two", "three"].map((text) => stage.post("ada-1", conversation, text));
      await stage.untilJudged(...acknowledged);
      for (let round = 0; round < 3; round++) {
        const ada = stage.device("ada-1");
        ada.link.takeDown();
        for (let index = 0; index < 5; index++) stage.post("ada-1", conversation, `${round}.${index}`);
        await world.run(1_000 + 20 * round);
        ada.loseStore(world.lostTruth);
        await world.run(1_000);
        ada.link.restore();
        await world.run(15_000);
      }
    },
    atRest(stage) {
      expectThat("nothing is excused", lost(stage, "ada-1").length === 0);
    },
  },

  "a store that is thrown away while nothing runs": {
    rules: ["STO5"],
    devices: [1, 1],
    kinds: { "ada-1": "shared-worker" },
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const ada = stage.device("ada-1");
      const acknowledged = ["one", "two", "three"].map((text) => stage.post("ada-1", conversation, text));
      await stage.untilJudged(...acknowledged);
      ada.link.takeDown();
      stage.post("ada-1", conversation, "only here");
      await world.run(1_000);
      ada.kill();
      ada.loseStore(world.lostTruth);
      ada.link.restore();
      ada.start();
      await stage.untilOnline("ada-1");
    },
    atRest(stage) {
      const texts = stage.texts([...stage.world.truth.ledger.logs.keys()][0] ?? "");
      expectThat("only what was nowhere else is gone", !texts.includes("only here") && texts.includes("three"));
    },
  },

  "a store that cannot be read any more": {
    rules: ["STO8", "OUT1"],
    devices: [1, 1],
    kinds: { "ada-1": "leader" },
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const ada = stage.device("ada-1");
      await stage.untilJudged(stage.post("ada-1", conversation, "acknowledged"));
      ada.link.takeDown();
      const waiting = [1, 2, 3].map((index) => stage.post("ada-1", conversation, `waiting ${index}`));
      await world.run(1_000);
      ada.kill();
      ada.disk.faults = (operation) => (operation === "read" ? "damaged" : undefined);
      ada.link.restore();
      ada.start();
      await stage.untilJudged(...waiting);
    },
  },

  "a device without room, and commits that are given up": {
    rules: ["STO9", "STO10", "OUT1"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const posts = Array.from({ length: 300 }, (_, index) => stage.post("ben-1", conversation, `history ${index}`));
      await stage.untilJudged(...posts);
      await world.run(3_000);
      const ada = stage.device("ada-1");
      const { disk } = ada;
      ada.link.takeDown();
      for (let index = 0; index < 5; index++) stage.post("ada-1", conversation, `queued ${index}`);
      await world.run(1_000);
      let operations = 0;
      disk.faults = () => (++operations % 3 === 0 ? "aborted" : undefined);
      disk.room = disk.image.rows;
      const typed: string[] = [];
      for (let index = 0; index < 10; index++) {
        typed.push(stage.post("ada-1", conversation, `typed ${index}`));
        await world.run(300);
      }
      ada.kill();
      ada.link.restore();
      ada.start();
      await stage.untilJudged(...typed);
      expectThat("history was given up", world.coverage.get("history given up") > 0);
    },
  },
} satisfies Record<string, Case>;

/** What of a device the oracle does not expect any more. */
function lost(stage: Stage, name: string) {
  return [...stage.device(name).typed.all()].filter(({ lostWith }) => lostWith !== undefined);
}
