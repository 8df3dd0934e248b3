import { type Case, expectThat } from "./case.ts";
import type { Stage } from "./stage.ts";

/** People from whom somebody wants to hear nothing. */
export const blockedCases = {
  "somebody who is blocked without a network, writes on, and is blocked no more on another device": {
    rules: ["BLK1", "BLK2", "BLK3", "BLK7", "MRK3"],
    devices: [2, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.direct("ada-1", "ben-1");
      await world.until(() => stage.listed("ada-2", conversation) !== undefined);
      await stage.untilJudged(stage.post("ben-1", conversation, "before"));
      await world.run(5_000);
      stage.device("ada-2").link.takeDown();
      const late = stage.post("ada-2", conversation, "written on a device that has not heard of it");
      stage.block("ada-1", "ben-1", true);
      await world.until(() => stage.listed("ada-1", conversation)?.blocked === true);
      await world.run(5_000);
      await stage.untilJudged(stage.post("ben-1", conversation, "meanwhile"));
      await stage.look("ada-1", conversation);
      await world.run(5_000);
      const unread = ["ada-1"].map((name) => stage.listed(name, conversation)?.unread);
      expectThat(`nothing is unread: ${unread}`, unread.join() === "0");
      world.server.running?.mark(stage.account("ada-1"), conversation, 4);
      await world.run(5_000);
      const status = stage.listed("ben-1", conversation)?.newest?.status?.kind;
      expectThat(`who is blocked is told that it was sent: ${status}`, status === "sent");
      stage.device("ada-2").link.heal();
      await stage.untilJudged(late);
      expectThat("nobody writes to whom they block", !stage.accepted(late));
      await world.until(() => stage.listed("ada-2", conversation)?.blocked === true);
      stage.block("ada-2", "ben-1", false);
      await world.until(() => stage.listed("ada-1", conversation)?.blocked === undefined);
      await stage.untilJudged(stage.post("ben-1", conversation, "after"));
      await world.run(5_000);
      for (const name of ["ada-1", "ada-2"]) {
        const texts = await textsOn(stage, name, conversation);
        expectThat(`${name} is shown what came before and after: ${texts}`, texts.join() === "before,after");
      }
    },
  },

  "somebody who is blocked again at once, before there is anything new": {
    rules: ["BLK3", "HID1", "HID5"],
    devices: [2, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.direct("ada-1", "ben-1");
      await stage.untilJudged(stage.post("ben-1", conversation, "before"));
      for (const meanwhile of ["meanwhile", "and again"]) {
        stage.block("ada-1", "ben-1", true);
        await world.run(5_000);
        await stage.untilJudged(stage.post("ben-1", conversation, meanwhile));
        stage.block("ada-1", "ben-1", false);
      }
      stage.block("ada-1", "ben-1", true);
      await world.run(5_000);
      for (const name of ["ada-1", "ada-2"]) {
        const texts = await textsOn(stage, name, conversation);
        expectThat(`${name} is shown what came before alone: ${texts}`, texts.join() === "before");
        expectThat(`it is in the list on ${name}`, stage.listed(name, conversation)?.unlisted === undefined);
      }
    },
  },

  "a group in which one member blocks another, on one of two devices": {
    rules: ["BLK1", "BLK4", "BLK5", "MRK3", "MEN2"],
    devices: [2, 1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ada-2", "ben-1", "cleo-1");
      stage.device("ada-2").link.takeDown();
      await stage.untilJudged(stage.post("ben-1", conversation, "one"), stage.post("cleo-1", conversation, "two"));
      stage.block("ada-1", "ben-1", true);
      await world.run(5_000);
      await stage.untilJudged(stage.post("ben-1", conversation, "three"));
      stage.device("ada-2").link.heal();
      await world.run(10_000);
      for (const name of ["ada-1", "ada-2"]) {
        const listed = stage.listed(name, conversation);
        expectThat(`one is unread on ${name}: ${listed?.unread}`, listed?.unread === 1);
        expectThat(`the last is that of cleo on ${name}: ${listed?.newest?.text}`, listed?.newest?.text === "two");
      }
      await stage.look("ada-2", conversation);
    },
  },

  "somebody who is blocked while both are there, and a server that starts again": {
    rules: ["BLK6"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.direct("ada-1", "ben-1");
      const isThere = (name: string) => stage.listed(name, conversation)?.people[0]?.online === true;
      await world.until(() => isThere("ada-1") && isThere("ben-1"));
      stage.block("ada-1", "ben-1", true);
      await world.until(() => !isThere("ada-1") && !isThere("ben-1"));
      for (const name of ["ada-1", "ben-1"]) stage.owner(name).engine.typing(conversation, true);
      await world.run(2_000);
      const typing = ["ada-1", "ben-1"].flatMap((name) => stage.listed(name, conversation)?.typing ?? []);
      expectThat(`nobody is told that the other one types: ${typing}`, typing.length === 0);
      await world.time.await(world.server.stop(), 10_000);
      await world.time.await(world.server.start(), 10_000);
      await stage.untilOnline("ada-1", "ben-1");
    },
  },

  "a conversation begun by somebody who is blocked": {
    rules: ["BLK3", "BLK5", "HID5"],
    devices: [2, 1],
    async play(stage) {
      const { world } = stage;
      await stage.group("ada-1", "ada-2", "ben-1");
      stage.block("ada-1", "ben-1", true);
      await world.until(() => stage.owner("ada-2").engine.account.get().blocked !== undefined);
      const conversation = await stage.direct("ben-1", "ada-1");
      await stage.untilJudged(stage.post("ben-1", conversation, "hello"));
      await world.run(5_000);
      for (const name of ["ada-1", "ada-2"]) {
        const listed = stage.listed(name, conversation);
        expectThat(`it is in no list on ${name}`, listed?.unlisted === true && listed.unread === 0);
      }
      stage.block("ada-2", "ben-1", false);
      await world.run(5_000);
      expectThat("nor is it then", stage.listed("ada-1", conversation)?.unlisted === true);
      await stage.untilJudged(stage.post("ben-1", conversation, "hello again"));
      await world.run(5_000);
      for (const name of ["ada-1", "ada-2"]) {
        const listed = stage.listed(name, conversation);
        expectThat(`it is with what comes then on ${name}`, listed?.unlisted === undefined && listed?.unread === 1);
      }
    },
  },
} satisfies Record<string, Case>;

async function textsOn(stage: Stage, name: string, conversation: string): Promise<string[]> {
  const screen = await stage.look(name, conversation);
  return screen.view.rows.flatMap((row) =>
    row.kind === "message" && row.body.kind === "text" && row.ordinal !== undefined ? [row.body.text] : [],
  );
}
