import { type Case, expectThat } from "./case.ts";

/** What people want to be reminded of. */
export const reminderCases = {
  "a reminder set by a device that is off, and a server that is down when it is due": {
    rules: ["REM1"],
    devices: [2, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ada-2", "ben-1");
      const [first, second] = [stage.post("ben-1", conversation, "one"), stage.post("ben-1", conversation, "two")];
      await stage.untilJudged(first, second);
      const now = world.time.now();
      await stage.untilJudged(
        stage.remind("ada-1", conversation, first, now + 5_000),
        stage.remind("ada-1", conversation, second, now + 20_000),
      );
      stage.device("ada-1").kill();
      await world.run(2_000);
      world.server.crash(true);
      await world.run(10_000);
      await world.time.await(world.server.start(), 10_000, world.inspectStep);
      await world.run(30_000);
    },
    atRest(stage) {
      for (const name of ["ada-1", "ada-2"]) {
        expectThat(`${name} is reminded of both: ${stage.reminders(name)}`, stage.reminders(name) === "due, due");
      }
    },
  },

  "reminders that are set anew and ended on another device, without a network": {
    rules: ["REM2", "REM3"],
    devices: [2, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ada-2", "ben-1");
      const [changed, ended] = [stage.post("ben-1", conversation, "one"), stage.post("ben-1", conversation, "two")];
      await stage.untilJudged(changed, ended);
      const at = world.time.now() + 40_000;
      await stage.untilJudged(
        stage.remind("ada-1", conversation, changed, at),
        stage.remind("ada-1", conversation, ended, at),
      );
      await world.until(() => stage.reminders("ada-2") === "upcoming, upcoming");
      stage.device("ada-2").link.takeDown();
      stage.remind("ada-2", conversation, changed, at + 3 * 24 * 3_600_000);
      stage.clearReminder("ada-2", conversation, ended);
      await world.run(1_000);
      expectThat(`it is shown at once: ${stage.reminders("ada-2")}`, stage.reminders("ada-2") === "unsent");
      await world.run(4_000);
      stage.device("ada-2").link.restore();
      await world.run(60_000);
    },
    atRest(stage) {
      for (const name of ["ada-1", "ada-2"]) {
        expectThat(`${name} is not reminded yet: ${stage.reminders(name)}`, stage.reminders(name) === "upcoming");
      }
    },
  },

  "reminders of a message that is deleted, and of one in a group that is left": {
    rules: ["REM4"],
    devices: [1, 2],
    async play(stage) {
      const { world } = stage;
      const [left, other] = [
        await stage.group("ada-1", "ben-1", "ben-2"),
        await stage.group("ada-1", "ben-1", "ben-2"),
      ];
      const [one, two] = [stage.post("ada-1", left, "one"), stage.post("ada-1", other, "two")];
      await stage.untilJudged(one, two);
      await stage.look("ben-1", left);
      const now = world.time.now();
      await stage.untilJudged(
        stage.remind("ben-1", left, one, now + 15_000),
        stage.remind("ben-1", other, two, now + 3 * 24 * 3_600_000),
      );
      await world.until(() => stage.reminders("ben-2") === "upcoming, upcoming");
      world.typist.leave(stage.device("ben-2"), left);
      world.typist.remove(stage.device("ada-1"), other, two);
      await world.run(30_000);
    },
    atRest(stage) {
      for (const name of ["ben-1", "ben-2"]) {
        expectThat(`${name} is reminded of nothing: ${stage.reminders(name)}`, stage.reminders(name) === "");
        const lost = stage.owner(name).engine.account.get().lostReminders;
        expectThat(`${name} is told why: ${lost?.why}`, lost !== undefined);
      }
    },
  },
} satisfies Record<string, Case>;
