import type { Screen } from "../device/screen.ts";
import { type Case, expectThat } from "./case.ts";
import type { Stage } from "./stage.ts";

/** What strangers begin, where that waits to be accepted. */
export const requestCases = {
  "a request that is read, declined without a network, and accepted on another device": {
    rules: ["REQ1", "REQ2", "REQ3", "REQ4", "REQ5"],
    devices: [1, 2],
    messageRequests: true,
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.direct("ada-1", "ben-1");
      await world.until(() => stage.listed("ben-2", conversation) !== undefined);
      const first = stage.post("ada-1", conversation, "hello");
      const second = stage.post("ada-1", conversation, "are you there?");
      await stage.untilJudged(first, second);
      expectThat("one message is accepted", stage.accepted(first) && !stage.accepted(second));
      await stage.look("ben-1", conversation);
      await world.run(5_000);
      world.server.running?.mark(stage.account("ben-1"), conversation, 2);
      await world.run(5_000);
      expectThat("it is shown as a request", requestOn(stage, "ben-1", conversation) === "open");
      const screen = await stage.look("ada-1", conversation);
      expectThat("who made it is told that it was sent", statusOn(screen) === "sent");
      stage.device("ben-2").link.takeDown();
      stage.prefer("ben-2", conversation, { kind: "answer-request", accept: false });
      await world.until(() => requestOn(stage, "ben-2", conversation) === "declined");
      stage.prefer("ben-1", conversation, { kind: "answer-request", accept: true });
      await world.until(() => statusOn(screen) !== "sent");
      stage.device("ben-2").link.heal();
      await world.until(() => requestOn(stage, "ben-2", conversation) === undefined);
      await stage.untilJudged(stage.post("ada-1", conversation, "at last"));
      await world.run(5_000);
      expectThat("both are said", stage.texts(conversation).join() === "hello,at last");
    },
  },

  "a request that is answered without a network, while the other one writes on": {
    rules: ["REQ2", "REQ4"],
    devices: [1, 2],
    messageRequests: true,
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.direct("ada-1", "ben-1");
      await world.until(() => stage.listed("ben-2", conversation) !== undefined);
      await stage.untilJudged(stage.post("ada-1", conversation, "hello"));
      await world.run(5_000);
      stage.device("ben-1").link.takeDown();
      const answer = stage.post("ben-1", conversation, "hello yourself");
      await world.until(() => requestOn(stage, "ben-1", conversation) === undefined);
      await stage.untilJudged(stage.post("ada-1", conversation, "too early"));
      expectThat("it is one elsewhere", requestOn(stage, "ben-2", conversation) === "open");
      stage.device("ben-1").link.heal();
      await stage.untilJudged(answer);
      await world.until(() => requestOn(stage, "ben-2", conversation) === undefined);
      await stage.untilJudged(stage.post("ada-1", conversation, "in time"));
      await world.run(5_000);
      expectThat("what came in time is said", stage.texts(conversation).join() === "hello,hello yourself,in time");
    },
  },

  "a request in which nothing was said when the other one sets its timer": {
    rules: ["REQ2"],
    devices: [1, 1],
    messageRequests: true,
    async play(stage) {
      const conversation = await stage.direct("ada-1", "ben-1");
      await stage.untilJudged(stage.world.typist.setTimer(stage.device("ben-1"), conversation, 3_600));
      const first = stage.post("ada-1", conversation, "hello");
      const second = stage.post("ada-1", conversation, "are you there?");
      await stage.untilJudged(first, second);
      expectThat("one message is accepted", stage.accepted(first) && !stage.accepted(second));
    },
  },

  "a group begun without a network with strangers, and people who come to know who began it": {
    rules: ["REQ6", "REQ7"],
    devices: [2, 1, 1],
    messageRequests: true,
    async play(stage) {
      const { world } = stage;
      const [ben, cleo] = [stage.account("ben-1"), stage.account("cleo-1")];
      const add = async (name: string, ...accounts: readonly string[]) => {
        world.typist.addMembers(stage.device(name), group, accounts);
        await world.run(5_000);
      };
      stage.device("ada-1").link.takeDown();
      world.typist.startGroup(stage.device("ada-1"), [ben, cleo], "Group");
      await world.run(2_000);
      const group = stage.owner("ada-1").engine.conversations.get().conversations[0]?.id ?? "";
      expectThat("it is told to nobody yet", toldOn(stage, "ada-1") === "");
      stage.device("ada-1").link.heal();
      await world.until(() => stage.listed("ada-2", group) !== undefined);
      await world.run(5_000);
      expectThat("the device is told whom it left out", toldOn(stage, "ada-1") === [ben, cleo].join());
      expectThat("and no other one", toldOn(stage, "ada-2") === "");
      expectThat("nor are they", stage.listed("ben-1", group) === undefined);
      const conversation = await stage.direct("ada-1", "ben-1");
      await add("ada-1", ben);
      expectThat("who is asked is left out", toldOn(stage, "ada-1") === [ben, cleo, ben].join());
      stage.prefer("ben-1", conversation, { kind: "answer-request", accept: true });
      await world.run(5_000);
      await add("ada-2", ben, cleo);
      expectThat("the other one is told what it did", toldOn(stage, "ada-2") === cleo);
      await world.until(() => stage.listed("ben-1", group) !== undefined);
      // Who made a request knows whom they asked, though nobody has answered.
      await stage.direct("cleo-1", "ben-1");
      await add("ben-1", cleo);
      await world.until(() => stage.listed("cleo-1", group) !== undefined);
      expectThat("nobody was left out", toldOn(stage, "ben-1") === "");
    },
  },

  "a request that is declined, and stays": {
    rules: ["REQ3", "REQ5"],
    devices: [1, 1],
    messageRequests: true,
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.direct("ada-1", "ben-1");
      await stage.untilJudged(stage.post("ada-1", conversation, "hello"));
      stage.prefer("ben-1", conversation, { kind: "answer-request", accept: false });
      await world.run(5_000);
      expectThat("it is declined", requestOn(stage, "ben-1", conversation) === "declined");
      expectThat("who made it is told that it was sent", statusOn(await stage.look("ada-1", conversation)) === "sent");
    },
  },
} as const satisfies Record<string, Case>;

/** Whom a device says that it left out, one command after the other. */
function toldOn(stage: Stage, name: string): string {
  const left = stage.owner(name).engine.account.get().leftOut ?? [];
  return left.flatMap(({ people }) => people.map(({ account }) => account)).join();
}

function requestOn(stage: Stage, name: string, conversation: string) {
  return stage.listed(name, conversation)?.request;
}

/** What became of the one message of a request, as who made it sees that. */
function statusOn({ view }: Screen) {
  const rows = view.rows.flatMap((row) => (row.kind === "message" ? [row] : []));
  return rows.find(({ ordinal }) => ordinal === 2)?.status?.kind;
}
