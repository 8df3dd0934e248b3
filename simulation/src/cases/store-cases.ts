import { draftOn } from "../oracle/check-drafts.ts";
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
      stage.draft("ada-1", conversation, "half a thought", "");
      await world.run(1_000);
      ada.kill();
      ada.disk.faults = (operation) => (operation === "read" ? "damaged" : undefined);
      ada.link.restore();
      ada.start();
      await stage.untilJudged(...waiting);
      expectThat("it was rebuilt", world.coverage.get("store rebuilt") > 0);
    },
    atRest(stage) {
      const [conversation] = stage.world.truth.ledger.logs.keys();
      expectThat("the draft is there", draftOn(stage.device("ada-1"), conversation ?? "") === "half a thought");
    },
  },

  "a store that cannot be read any more, whose draft another device has posted meanwhile": {
    rules: ["DRF4", "STO8"],
    devices: [2, 1],
    kinds: { "ada-1": "leader" },
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ada-2", "ben-1");
      const ada = stage.device("ada-1");
      stage.draft("ada-2", conversation, "Tea?", "");
      await world.until(() => draftOn(ada, conversation) === "Tea?");
      ada.link.takeDown();
      await world.run(1_000);
      await stage.untilJudged(stage.postDraft("ada-2", conversation, "Tea?"));
      ada.kill();
      ada.disk.faults = (operation) => (operation === "read" ? "damaged" : undefined);
      ada.link.restore();
      ada.start();
      await stage.untilOnline("ada-1");
      await world.run(5_000);
    },
    atRest(stage) {
      const [conversation] = stage.world.truth.ledger.logs.keys();
      expectThat("it does not come back", draftOn(stage.device("ada-2"), conversation ?? "") === "");
    },
  },

  "a store that is thrown away under a draft, which is posted before the server tells of it": {
    rules: ["DRF4", "DRF8", "STO5"],
    devices: [1, 1],
    kinds: { "ada-1": "leader" },
    async play(stage) {
      const { world } = stage;
      const conversations = [await stage.group("ada-1", "ben-1"), await stage.group("ada-1", "ben-1")];
      const [posted = "", kept = ""] = conversations;
      const ada = stage.device("ada-1");
      for (const conversation of conversations) stage.draft("ada-1", conversation, "Tea?", "");
      await world.run(5_000);
      ada.link.takeDown();
      stage.draft("ada-1", kept, "Tea?\nCoffee?", "Tea?");
      await world.run(1_000);
      ada.loseStore(world.lostTruth);
      await world.run(1_000);
      const post = stage.postDraft("ada-1", posted, "Tea?");
      await world.run(1_000);
      ada.link.restore();
      await stage.untilJudged(post);
      await world.run(5_000);
      expectThat("what was posted does not come back", draftOn(ada, posted) === "");
      expectThat("what was not told is there", draftOn(ada, kept) === "Tea?\nCoffee?");
    },
  },

  "operations of a store that are given up before they succeed": {
    rules: ["STO9"],
    devices: [1, 1],
    kinds: { "ben-1": "leader" },
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      for (const name of ["ada-1", "ben-1"]) {
        // Of each device every third one: counted together, those of one might never be it.
        let operations = 0;
        stage.device(name).disk.faults = () => (++operations % 3 === 0 ? undefined : "aborted");
      }
      for (let round = 0; round < 5; round++) {
        const posts = ["ada-1", "ben-1"].map((name) => stage.post(name, conversation, `${round} of ${name}`));
        await stage.untilJudged(...posts);
        await world.run(500);
        for (const name of ["ada-1", "ben-1"]) {
          stage.device(name).kill();
          stage.device(name).start();
        }
        await stage.untilOnline("ada-1", "ben-1");
      }
      expectThat("nobody was refused anything", world.coverage.total("refused ") === 0);
    },
  },

  "a store whose commits are given up for a while, and a process that ends meanwhile": {
    rules: ["STO1", "STO9", "OUT1"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const ada = stage.device("ada-1");
      for (let round = 0; round < 6; round++) {
        ada.disk.faults = (operation) => (operation === "commit" ? "aborted" : undefined);
        // What it is told first breaks the connection: afterwards nothing is told for a while.
        await stage.untilJudged(stage.post("ben-1", conversation, `told ${round}`));
        for (let index = 0; index < 4; index++) {
          await world.run(20 + 40 * round);
          await world.inspectEverything();
          stage.post("ada-1", conversation, `typed ${round}.${index}`);
        }
        if (round % 2 === 0) ada.kill();
        ada.disk.faults = () => undefined;
        ada.start();
        await stage.untilOnline("ada-1");
        await world.run(1_000);
        await world.inspectEverything();
      }
      expectThat("what could not be queued was refused", world.coverage.get("refused post") > 0);
    },
  },

  "a device that gets room while it refuses what is typed": {
    rules: ["STO10", "OUT1"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const ada = stage.device("ada-1");
      for (let round = 0; round < 6; round++) {
        await world.run(2_000);
        ada.disk.faults = (operation) => (operation === "commit" ? "full" : undefined);
        await stage.untilJudged(stage.post("ben-1", conversation, `does not fit ${round}`));
        const { engine } = stage.owner("ada-1");
        await world.until(() => engine.connection.get().kind === "no-room");
        const typed = Array.from({ length: 30 }, (_, index) => stage.post("ada-1", conversation, `${round}.${index}`));
        await world.run(10 + 15 * round);
        ada.disk.faults = () => undefined;
        engine.reconnect();
        await stage.untilOnline("ada-1");
        await world.run(5_000);
        const queued = typed.filter((id) => ada.typed.get(id)?.durable === true);
        expectThat(
          "what was said to be queued is sent",
          queued.every((id) => stage.judged(id)),
        );
      }
      expectThat("something was refused", world.coverage.get("refused post") > 0);
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
        await world.inspectEverything();
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
