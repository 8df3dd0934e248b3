import { type Case, expectThat } from "./case.ts";
import type { Stage } from "./stage.ts";

function counts(stage: Stage, name: string, conversation: string): string {
  const { unread, mentions } = stage.listed(name, conversation) ?? {};
  return `${unread} unread, ${mentions} of them for oneself`;
}

/** Messages that name people. */
export const mentionCases = {
  "mentions that come, change and go while one device is away and another one counts": {
    rules: ["MEN1", "MEN2", "MEN4"],
    devices: [1, 2],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1", "ben-2");
      stage.device("ben-2").link.takeDown();
      const ids = ["hello @ben", "and @ben", "nobody", "all: @everyone", "once more @ben"].map((text) =>
        stage.post("ada-1", conversation, text),
      );
      await stage.untilJudged(...ids);
      await world.run(2_000);
      const before = counts(stage, "ben-1", conversation);
      expectThat(`four of five name ben: ${before}`, before === "5 unread, 4 of them for oneself");
      const [first = "", second = "", third = "", , last = ""] = ids;
      world.typist.edit(stage.device("ada-1"), conversation, first, "hello somebody");
      world.typist.remove(stage.device("ada-1"), conversation, second);
      world.typist.edit(stage.device("ada-1"), conversation, third, "now @ben, too");
      world.typist.remove(stage.device("ada-1"), conversation, last);
      await world.run(2_000);
      stage.device("ben-2").link.heal();
      await stage.untilOnline("ben-2");
      await world.run(3_000);
      for (const name of ["ben-1", "ben-2"]) {
        const after = counts(stage, name, conversation);
        expectThat(`two of three name ben on ${name}: ${after}`, after === "3 unread, 2 of them for oneself");
      }
      const asked = stage.owner("ben-1").engine.mentions();
      const listed = await world.time.await(asked, 10_000, world.inspectStep);
      const texts = listed.items.map(({ body }) => body.text).join(", ");
      expectThat(`what is left is listed: ${texts}`, texts === "all: @everyone, now @ben, too");
      const next = await world.time.await(
        stage.owner("ben-2").engine.nextMention(conversation),
        10_000,
        world.inspectStep,
      );
      expectThat("the first of them is the next", next?.id === third);
    },
  },

  "mentions of somebody who leaves and comes back, edited meanwhile": {
    rules: ["MEN1", "MEN2", "VIS2"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const ids = ["one", "two @ben", "three"].map((text) => stage.post("ada-1", conversation, text));
      await stage.untilJudged(...ids);
      await world.run(2_000);
      const [one = "", two = "", three = ""] = ids;
      world.typist.removeMembers(stage.device("ada-1"), conversation, [stage.account("ben-1")]);
      await world.until(() => stage.listed("ben-1", conversation)?.writable === false);
      world.typist.edit(stage.device("ada-1"), conversation, one, "out of sight @ben");
      world.typist.edit(stage.device("ada-1"), conversation, two, "out of sight, too @ben");
      world.typist.addMembers(stage.device("ada-1"), conversation, [stage.account("ben-1")]);
      await world.until(() => stage.listed("ben-1", conversation)?.writable === true);
      await world.run(3_000);
      const away = counts(stage, "ben-1", conversation);
      expectThat(`what is out of sight names nobody: ${away}`, away === "3 unread, 0 of them for oneself");
      world.typist.edit(stage.device("ada-1"), conversation, three, "in sight @ben");
      await world.run(3_000);
      const back = counts(stage, "ben-1", conversation);
      expectThat(`what is in sight does: ${back}`, back === "3 unread, 1 of them for oneself");
    },
  },

  "everyone named by who may, and by who may no more": {
    rules: ["MEN3"],
    devices: [1, 1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1", "cleo-1");
      const plain = stage.post("ben-1", conversation, "may I, @everyone?");
      await stage.untilJudged(plain);
      await world.run(2_000);
      const unheard = counts(stage, "cleo-1", conversation);
      expectThat(`who may not names nobody: ${unheard}`, unheard === "1 unread, 0 of them for oneself");
      world.typist.setRole(stage.device("ada-1"), conversation, stage.account("ben-1"), "admin");
      await world.run(2_000);
      const loud = stage.post("ben-1", conversation, "now I may, @everyone");
      await stage.untilJudged(loud);
      // The right is lost while what uses it waits, and while a message that has used it is corrected.
      stage.device("ben-1").link.takeDown();
      const late = stage.post("ben-1", conversation, "too late, @everyone");
      world.typist.edit(stage.device("ben-1"), conversation, loud, "I might, @everyone");
      world.typist.setRole(stage.device("ada-1"), conversation, stage.account("ben-1"), "member");
      await world.run(3_000);
      stage.device("ben-1").link.heal();
      await stage.untilJudged(late);
      await world.run(3_000);
      expectThat("what is too late is rejected", !stage.accepted(late));
      const heard = counts(stage, "cleo-1", conversation);
      expectThat(`who might has named her: ${heard}`, heard === "2 unread, 1 of them for oneself");
    },
  },
} satisfies Record<string, Case>;
