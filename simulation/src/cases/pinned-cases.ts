import { textOf } from "../oracle/text-of.ts";
import { type Case, expectThat } from "./case.ts";
import type { Stage } from "./stage.ts";

/** What screens of a conversation show at its top, the one pinned last first. */
function pinned(stage: Stage, name: string, conversation: string): string {
  const screen = stage.owner(name).screens.find((one) => one.conversation === conversation);
  return (screen?.view.pinned ?? []).map(({ body }) => (body.kind === "text" ? body.text : body.kind)).join(", ");
}

function pin(stage: Stage, name: string, conversation: string, target: string, set = true): void {
  stage.world.typist.pin(stage.device(name), conversation, target, set);
}

/** Messages that are pinned for all members. */
export const pinnedCases = {
  "pinned messages that a device does not hold, changed while they are on their way": {
    rules: ["PIN1", "PIN2", "PIN4"],
    devices: [1, 2],
    late: ["ben-2"],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const early = Array.from({ length: 30 }, (_, index) => stage.post("ada-1", conversation, `early ${index}`));
      const [deleted = "", letGo = "", ...edited] = early;
      for (const id of early) pin(stage, "ada-1", conversation, id);
      await stage.untilJudged(...early);
      for (let batch = 0; batch < 6; batch++) {
        const ids = Array.from({ length: 20 }, (_, index) => stage.post("ada-1", conversation, `${batch}.${index}`));
        await stage.untilJudged(...ids);
      }
      world.typist.edit(stage.device("ada-1"), conversation, deleted, "deleted later");
      pin(stage, "ada-1", conversation, letGo, false);
      await world.until(() => world.truth.ledger.log(conversation).state?.pinnedMessages.includes(letGo) === false);
      stage.device("ben-2").start();
      await stage.untilOnline("ben-2");
      world.server.storage.readLatency = { fromMs: 20, toMs: 100 };
      world.server.storage.readPauses = 1;
      const screen = stage.owner("ben-2").open(conversation);
      world.typist.remove(stage.device("ada-1"), conversation, deleted);
      for (const [index, id] of edited.entries()) {
        world.typist.edit(stage.device("ada-1"), conversation, id, `edited ${index}`);
        await world.run(11);
      }
      await world.until(() => screen.view.pinned.every(({ body }) => body.kind === "text"));
      await world.run(3_000);
      await world.inspectEverything();
      const shown = pinned(stage, "ben-2", conversation);
      const wanted = edited.map((_, index) => `edited ${index}`).toReversed();
      expectThat(`what is left is pinned as it is: ${shown}`, shown === wanted.join(", "));
    },
  },

  "a message pinned on one device while it is deleted on another": {
    rules: ["PIN2", "PIN5"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const ids = ["one", "two"].map((text) => stage.post("ada-1", conversation, text));
      const [one = "", two = ""] = ids;
      await stage.untilJudged(...ids);
      await stage.look("ada-1", conversation);
      await stage.look("ben-1", conversation);
      await world.run(2_000);
      stage.device("ben-1").link.takeDown();
      for (const id of [one, two]) pin(stage, "ben-1", conversation, id);
      await world.run(500);
      const waiting = pinned(stage, "ben-1", conversation);
      expectThat(`pins that wait are shown: ${waiting}`, waiting === "two, one");
      world.typist.remove(stage.device("ada-1"), conversation, one);
      await world.run(10_000);
    },
    atRest(stage) {
      const [history] = stage.world.truth.ledger.logs.values();
      const left = history?.state?.pinnedMessages.flatMap((id) => history.historyOf(id)?.at(-1) ?? []);
      expectThat(`only what is there is pinned: ${left?.map(textOf)}`, left?.map(textOf).join() === "two");
    },
  },

  "a pinned message from before somebody joined": {
    rules: ["PIN3"],
    devices: [1, 1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const early = stage.post("ada-1", conversation, "before cleo came");
      pin(stage, "ada-1", conversation, early);
      await stage.untilJudged(early);
      world.typist.addMembers(stage.device("ada-1"), conversation, [stage.account("cleo-1")]);
      await world.until(() => stage.listed("cleo-1", conversation) !== undefined);
      const screen = await stage.look("cleo-1", conversation);
      await world.until(() => screen.view.pinned.every(({ body }) => body.kind !== "not-held"));
      const shown = pinned(stage, "cleo-1", conversation);
      expectThat(`it is told, and not shown: ${shown}`, shown === "out-of-sight");
    },
  },
} satisfies Record<string, Case>;
