import { draftOn } from "../oracle/check-drafts.ts";
import { type Case, expectThat } from "./case.ts";
import type { Stage } from "./stage.ts";

/** What the first device shows as the draft of the only conversation. */
function draft(stage: Stage): string {
  const [conversation] = stage.world.truth.ledger.logs.keys();
  return draftOn(stage.device("ada-1"), conversation ?? "");
}

/** Drafts of one person on two devices. */
export const draftCases = {
  "two devices that write the same draft without knowing of each other": {
    rules: ["DRF1", "DRF2"],
    devices: [2, 1],
    async play(stage) {
      const conversation = await stage.group("ada-1", "ada-2", "ben-1");
      await stage.world.run(5_000);
      for (const name of ["ada-1", "ada-2"]) stage.device(name).link.takeDown();
      stage.draft("ada-1", conversation, "here", "");
      stage.draft("ada-2", conversation, "there", "");
      await stage.world.run(10_000);
    },
    atRest(stage) {
      const lines = draft(stage).split("\n").sort().join();
      expectThat(`both texts are there: ${lines}`, lines === "here,there");
    },
  },

  "a draft that is posted offline while the other device writes on": {
    rules: ["DRF4"],
    devices: [2, 1],
    async play(stage) {
      const conversation = await stage.group("ada-1", "ada-2", "ben-1");
      stage.draft("ada-1", conversation, "Tea?", "");
      await stage.world.until(() => draftOn(stage.device("ada-2"), conversation) === "Tea?");
      stage.device("ada-1").link.takeDown();
      stage.postDraft("ada-1", conversation, "Tea?");
      await stage.world.run(1_000);
      stage.draft("ada-2", conversation, "Coffee?", "Tea?");
      await stage.world.run(10_000);
    },
    atRest(stage) {
      expectThat(`what was written later is there alone: ${draft(stage)}`, draft(stage) === "Coffee?");
    },
  },

  "a draft that is posted, and another device that hears of it and of its end in one go": {
    rules: ["DRF2", "DRF4"],
    devices: [2, 1],
    async play(stage) {
      const conversation = await stage.group("ada-1", "ada-2", "ben-1");
      await stage.world.run(5_000);
      const { link } = stage.device("ada-1");
      link.silence(false);
      stage.draft("ada-1", conversation, "here", "");
      await stage.world.run(1_000);
      stage.draft("ada-2", conversation, "there", "");
      await stage.world.run(3_000);
      const post = stage.postDraft("ada-2", conversation, "there");
      await stage.untilJudged(post);
      link.restore();
      await stage.world.run(10_000);
    },
    atRest(stage) {
      expectThat(`what was not posted is there alone: ${draft(stage)}`, draft(stage) === "here");
    },
  },

  "a draft that is posted offline, and a process that is killed before the post leaves": {
    rules: ["DRF4", "DRF8"],
    devices: [2, 1],
    async play(stage) {
      const conversation = await stage.group("ada-1", "ada-2", "ben-1");
      stage.draft("ada-1", conversation, "Tea?", "");
      await stage.world.until(() => draftOn(stage.device("ada-2"), conversation) === "Tea?");
      stage.device("ada-1").link.takeDown();
      const post = stage.postDraft("ada-1", conversation, "Tea?");
      await stage.world.run(1_000);
      stage.device("ada-1").cutPower(0);
      await stage.world.run(5_000);
      expectThat("the other device has it still", draftOn(stage.device("ada-2"), conversation) === "Tea?");
      expectThat("the post has not arrived", !stage.judged(post));
    },
    atRest(stage) {
      expectThat(`it does not come back: ${draft(stage)}`, draft(stage) === "");
    },
  },

  "a draft that was sent, a power cut, and what is written after it": {
    rules: ["DRF2", "STO3"],
    devices: [2, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ada-2", "ben-1");
      const ada = stage.device("ada-1");
      // What it has to survive is stored for good with what is queued.
      await world.run(5_000);
      await stage.untilJudged(stage.post("ada-1", conversation, "hello"));
      stage.draft("ada-1", conversation, "before", "");
      await world.until(() => draftOn(stage.device("ada-2"), conversation) === "before");
      ada.cutPower(0);
      ada.link.takeDown();
      ada.start();
      await world.until(() => stage.listed("ada-1", conversation) !== undefined);
      const shown = draftOn(ada, conversation);
      stage.draft("ada-1", conversation, shown === "" ? "after" : `${shown}\nafter`, shown);
      await world.run(1_000);
      ada.link.restore();
      await world.run(5_000);
    },
    atRest(stage) {
      const lines = draft(stage).split("\n").sort().join();
      expectThat(`both texts are there: ${lines}`, lines === "after,before");
    },
  },

  "a draft, and a server that dies while it is told": {
    rules: ["DRF3"],
    devices: [2, 1],
    async play(stage) {
      const conversation = await stage.group("ada-1", "ada-2", "ben-1");
      const names = ["ada-1", "ada-2"] as const;
      for (let round = 0; round < 8; round++) {
        const name = names[round % 2] ?? "ada-1";
        const before = draftOn(stage.device(name), conversation);
        stage.draft(name, conversation, `${before}\nround ${round}`, before);
        await stage.world.run(150 * round);
        stage.world.server.crash(false);
        await stage.world.run(200);
        await stage.world.time.await(stage.world.server.start(), 10_000);
        const told = () => names.every((each) => draftOn(stage.device(each), conversation).includes(`round ${round}`));
        await stage.world.until(told);
      }
    },
    atRest(stage) {
      const lines = draft(stage).trim().split("\n");
      const rounds = Array.from({ length: 8 }, (_, round) => `round ${round}`);
      expectThat(
        `every line is there: ${lines}`,
        rounds.every((line) => lines.includes(line)),
      );
    },
  },
} satisfies Record<string, Case>;
