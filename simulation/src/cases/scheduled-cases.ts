import { type Case, expectThat } from "./case.ts";

/** What the server posts at a time. */
export const scheduledCases = {
  "a message scheduled by a device that is off, and a server that is down when it is due": {
    rules: ["SCH1"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const now = world.time.now();
      await stage.untilJudged(
        stage.schedule("ada-1", conversation, "later", now + 5_000),
        stage.schedule("ada-1", conversation, "much later", now + 20_000),
      );
      stage.device("ada-1").kill();
      await world.run(2_000);
      world.server.crash(true);
      await world.run(10_000);
      await world.time.await(world.server.start(), 10_000, world.inspectStep);
      await world.run(30_000);
    },
    atRest(stage) {
      const said = [...stage.world.truth.ledger.logs.keys()].flatMap((id) => stage.texts(id));
      const times = (text: string) => said.filter((one) => one === text).length;
      expectThat(`each is posted once: ${said}`, times("later") === 1 && times("much later") === 1);
    },
  },

  "scheduled messages that are changed and cancelled on another device, without a network": {
    rules: ["SCH2", "SCH3"],
    devices: [2, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ada-2", "ben-1");
      const at = world.time.now() + 40_000;
      const [changed, cancelled] = [
        stage.schedule("ada-1", conversation, "before", at),
        stage.schedule("ada-1", conversation, "never", at),
      ];
      await stage.untilJudged(changed, cancelled);
      await world.until(() => stage.owner("ada-2").engine.account.get().scheduled?.length === 2);
      stage.device("ada-2").link.takeDown();
      stage.changeScheduled("ada-2", changed, "after", at + 1_000);
      stage.cancelScheduled("ada-2", cancelled);
      await world.run(5_000);
      stage.device("ada-2").link.restore();
      await world.run(60_000);
    },
    atRest(stage) {
      const said = [...stage.world.truth.ledger.logs.keys()].flatMap((id) => stage.texts(id));
      expectThat(`only what it says at last: ${said}`, said.includes("after"));
      expectThat(`nothing else: ${said}`, !said.includes("before") && !said.includes("never"));
    },
  },

  "a scheduled message whose author has left by then": {
    rules: ["SCH4"],
    devices: [1, 2],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1", "ben-2");
      await stage.untilJudged(stage.schedule("ben-1", conversation, "too late", world.time.now() + 8_000));
      world.typist.leave(stage.device("ben-2"), conversation);
      await world.run(20_000);
    },
    atRest(stage) {
      for (const name of ["ben-1", "ben-2"]) {
        const kept = stage.owner(name).engine.account.get().scheduled;
        const what = kept?.map(({ text, state }) => `${text}: ${state}`).join();
        expectThat(`${name} is told, and keeps the text: ${what}`, what === "too late: not-member");
      }
    },
  },
} satisfies Record<string, Case>;
