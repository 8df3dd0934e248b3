import { type Case, expectThat } from "./case.ts";

/** What devices are told and show. */
export const seeingCases = {
  "a member who left at 200 and came back at 500": {
    rules: ["VIS1", "VIS2", "VIS3", "RNG3"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const { ledger } = world.truth;
      const conversation = await stage.group("ada-1", "ben-1");
      const history = () => ledger.log(conversation);
      const early: string[] = [];
      while (history().head < 199) {
        const batch = Array.from({ length: 20 }, (_, index) =>
          stage.post("ada-1", conversation, `early ${history().head}.${index}`),
        );
        early.push(...batch);
        await stage.untilJudged(...batch);
      }
      const screen = await stage.look("ben-1", conversation);
      for (let turn = 0; turn < 4; turn++)
        await world.time.await(screen.timeline.loadOlder(), 30_000, world.inspectStep);
      world.typist.leave(stage.device("ben-1"), conversation);
      await world.until(() => !history().isPresent(stage.account("ben-1")));
      for (const [index, id] of early.entries()) {
        if (index % 7 === 0) world.typist.edit(stage.device("ada-1"), conversation, id, `late words ${index}`);
        if (index % 11 === 0) world.typist.remove(stage.device("ada-1"), conversation, id);
        if (index % 5 === 0) world.typist.react(stage.device("ada-1"), conversation, id, "👍", true);
      }
      while (history().head < 499) {
        const ids = Array.from({ length: 20 }, (_, index) =>
          stage.post("ada-1", conversation, `away ${history().head}.${index}`),
        );
        await stage.untilJudged(...ids);
      }
      world.typist.addMembers(stage.device("ada-1"), conversation, [stage.account("ben-1")]);
      await world.until(() => history().isPresent(stage.account("ben-1")));
      await world.run(3_000);
      await world.inspectEverything();
      expectThat(
        "there is a stretch out of sight",
        history().allSeen(stage.account("ben-1"), history().head).length < 250,
      );
    },
  },

  "a delete overtaken by a page in flight": {
    rules: ["RNG2", "LOG5"],
    devices: [1, 2],
    late: ["ben-2"],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const posted: string[] = [];
      for (let batch = 0; batch < 12; batch++) {
        const ids = Array.from({ length: 20 }, (_, index) => stage.post("ada-1", conversation, `${batch}.${index}`));
        posted.push(...ids);
        await stage.untilJudged(...ids);
      }
      // A device that begins with nothing but the newest entries.
      const ben = stage.device("ben-2");
      ben.start();
      await stage.untilOnline("ben-2");
      world.server.storage.readLatency = { fromMs: 20, toMs: 100 };
      world.server.storage.readPauses = 1;
      const screen = await stage.look("ben-2", conversation);
      for (let turn = 0; turn < 10; turn++) {
        const oldest = screen.messages[0]?.ordinal ?? 1;
        const older = screen.timeline.loadOlder();
        for (let step = 0; step < 12; step++) {
          const target = posted[Math.max(0, oldest - 2 - step * 4)];
          if (target !== undefined) world.typist.remove(stage.device("ada-1"), conversation, target);
          await world.run(11);
        }
        await world.time.await(older, 30_000, world.inspectStep);
        await world.inspectEverything();
      }
    },
  },

  "an event lost in fan-out": {
    rules: ["SYN1"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      await world.run(2_000);
      world.unreliable = true;
      for (let index = 0; index < 80; index++) {
        stage.post("ada-1", conversation, `${index}`);
        await world.run(150);
      }
      world.unreliable = false;
      expectThat("something was lost", world.coverage.get("fan-out lost") > 0);
    },
  },

  "an edit of a message from before somebody joined": {
    rules: ["VIS2", "VIS4"],
    devices: [1, 1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const id = stage.post("ada-1", conversation, "before cleo came");
      await stage.untilJudged(id);
      world.typist.addMembers(stage.device("ada-1"), conversation, [stage.account("cleo-1")]);
      await world.until(() => stage.listed("cleo-1", conversation) !== undefined);
      await world.run(2_000);
      world.typist.edit(stage.device("ada-1"), conversation, id, "not for cleo");
      await world.run(2_000);
    },
  },

  "a deleted message that was unread": {
    rules: ["MRK3"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const ids = Array.from({ length: 6 }, (_, index) => stage.post("ada-1", conversation, `${index}`));
      await stage.untilJudged(...ids);
      await world.until(() => stage.listed("ben-1", conversation)?.unread === ids.length);
      world.typist.remove(stage.device("ada-1"), conversation, ids[2] ?? "");
      await world.run(3_000);
      expectThat("one less is unread", stage.listed("ben-1", conversation)?.unread === ids.length - 1);
    },
  },

  "a mark beyond the newest entry": {
    rules: ["MRK2"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      await stage.untilJudged(stage.post("ada-1", conversation, "one"));
      world.server.running?.mark(stage.account("ben-1"), conversation, 40);
      await world.run(2_000);
      await stage.untilJudged(stage.post("ada-1", conversation, "not yet read"));
      await world.run(2_000);
      expectThat("what came later is unread", stage.listed("ben-1", conversation)?.unread === 1);
    },
  },

  "somebody who hides what they read, and goes on reading": {
    rules: ["MRK7", "SIG2"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const [ada, ben] = [stage.account("ada-1"), stage.account("ben-1")];
      const readBy = async (name: string, ordinal: number) => {
        await world.run(1_000);
        stage.owner(name).engine.markRead(conversation, ordinal);
        await world.run(3_000);
      };
      const hide = async (hidesReads: boolean) => {
        world.server.running?.setPrivacy(ben, { hidesReads, hidesPresence: hidesReads });
        await world.run(1_500);
      };
      await stage.untilJudged(stage.post("ada-1", conversation, "one"), stage.post("ben-1", conversation, "two"));
      await readBy("ben-1", 2);
      await hide(true);
      await stage.untilJudged(stage.post("ada-1", conversation, "three"));
      await readBy("ben-1", 4);
      await readBy("ada-1", 4);
      const { secrets, marks } = world.truth;
      expectThat("what was read before may be told, and no more", secrets.tellable(ben, conversation) === 2);
      expectThat("both have read it", marks.of(ada, conversation).read === 4 && marks.of(ben, conversation).read === 4);
      await hide(false);
      await stage.untilJudged(stage.post("ada-1", conversation, "four"));
      await readBy("ben-1", 5);
      expectThat("it may be told again", secrets.tellable(ben, conversation) === 5);
      await hide(true);
      // Whoever comes is told who is there.
      stage.device("ada-1").kill();
      stage.device("ada-1").start();
      await stage.untilOnline("ada-1");
      await world.run(3_000);
    },
  },

  "a mark that waits to be told to somebody who begins to hide what they read": {
    rules: ["MRK7"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const [ada, ben] = [stage.account("ada-1"), stage.account("ben-1")];
      const ids = ["one", "two", "three"].map((text) => stage.post("ben-1", conversation, text));
      await stage.untilJudged(...ids);
      await world.run(5_000);
      // The first is told at once, and the next not before a second has passed.
      world.server.running?.mark(ada, conversation, 2);
      await world.run(300);
      world.server.running?.mark(ada, conversation, 4);
      await world.run(100);
      world.server.running?.setPrivacy(ben, { hidesReads: true, hidesPresence: undefined });
      await world.run(5_000);
      expectThat("it was read", world.truth.marks.of(ada, conversation).read === 4);
    },
  },

  "somebody who begins to hide what they read while a new device of theirs is caught up": {
    rules: ["MRK7"],
    devices: [1, 2],
    late: ["ben-2"],
    async play(stage) {
      const { world } = stage;
      const conversations: string[] = [];
      for (let index = 0; index < 6; index++) {
        const conversation = await stage.group("ada-1", "ben-1");
        await stage.untilJudged(stage.post("ben-1", conversation, `${index}`));
        world.server.running?.mark(stage.account("ada-1"), conversation, 2);
        conversations.push(conversation);
      }
      await world.run(5_000);
      world.server.storage.readLatency = { fromMs: 40, toMs: 60 };
      world.server.storage.readPauses = 1;
      stage.device("ben-2").start();
      const held = () =>
        stage
          .device("ben-2")
          .disk.image.state()
          .conversations.filter(({ state }) => state).length;
      await world.until(() => held() > 1);
      // In the midst of the next one.
      await world.run(200);
      world.server.running?.setPrivacy(stage.account("ben-1"), { hidesReads: true, hidesPresence: undefined });
      await world.until(() => held() === conversations.length);
      await world.run(3_000);
    },
  },
} satisfies Record<string, Case>;
