import { presentMembers } from "@parley/log";
import { type Case, expectThat } from "./case.ts";
import type { Stage } from "./stage.ts";

const anyNumber = { label: "", lifetimeMs: 0, maxUses: 0, needsApproval: false };

/** Makes a link on a device; what stands in it. */
async function link(stage: Stage, name: string, conversation: string, invite = anyNumber): Promise<string> {
  const screen = await stage.look(name, conversation);
  const id = stage.world.typist.makeInvite(stage.device(name), conversation, invite);
  await stage.untilJudged(id);
  const code = () => screen.view.invites.find((one) => one.id === id && !one.waiting)?.code;
  await stage.world.until(() => code() !== undefined);
  return code() ?? "";
}

function isIn(stage: Stage, conversation: string, name: string): boolean {
  const { state } = stage.world.truth.ledger.log(conversation);
  return state !== undefined && presentMembers(state).some(({ account }) => account === stage.account(name));
}

/** Links by which people join a group. */
export const inviteCases = {
  "two people who join by the last use of a link at once": {
    rules: ["INV1", "INV2"],
    devices: [1, 1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1");
      const code = await link(stage, "ada-1", conversation, { ...anyNumber, maxUses: 1 });
      const joins = ["ben-1", "cleo-1"].map((name) => world.typist.join(stage.device(name), conversation, code));
      await stage.untilJudged(...joins);
      expectThat("one of them is in", joins.filter((id) => stage.accepted(id)).length === 1);
      const members = ["ben-1", "cleo-1"].filter((name) => isIn(stage, conversation, name));
      expectThat(`one of them is a member: ${members}`, members.length === 1);
      await world.run(5_000);
    },
  },

  "a link that is revoked while somebody joins by it": {
    rules: ["INV2", "INV4"],
    devices: [1, 1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1");
      const code = await link(stage, "ada-1", conversation);
      stage.device("ben-1").link.takeDown();
      const late = world.typist.join(stage.device("ben-1"), conversation, code);
      const intime = world.typist.join(stage.device("cleo-1"), conversation, code);
      await stage.untilJudged(intime);
      const [invite] = stage.owner("ada-1").screen(conversation)?.view.invites ?? [];
      world.typist.revokeInvite(stage.device("ada-1"), conversation, invite?.id ?? "");
      await world.until(() => world.truth.ledger.log(conversation).state?.invites[0]?.revoked === true);
      await world.run(10_000);
      stage.device("ben-1").link.restore();
      await stage.untilJudged(late);
      expectThat("who came too late is not in", !isIn(stage, conversation, "ben-1"));
      expectThat("who came in time is", isIn(stage, conversation, "cleo-1"));
    },
  },

  "a former member who joins again without a network, on two devices": {
    rules: ["INV3", "VIS1"],
    devices: [1, 2],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1", "ben-2");
      const code = await link(stage, "ada-1", conversation);
      world.typist.leave(stage.device("ben-1"), conversation);
      await world.until(() => !isIn(stage, conversation, "ben-1"));
      await stage.untilJudged(stage.post("ada-1", conversation, "without ben"));
      for (const name of ["ben-1", "ben-2"]) stage.device(name).link.takeDown();
      const joins = ["ben-1", "ben-2"].map((name) => world.typist.join(stage.device(name), conversation, code));
      await world.run(3_000);
      for (const name of ["ben-1", "ben-2"]) stage.device(name).link.restore();
      await stage.untilJudged(...joins);
      const { state } = world.truth.ledger.log(conversation);
      expectThat("the link was used once", state?.invites[0]?.uses === 1);
      const screen = await stage.look("ben-2", conversation);
      await world.until(() => stage.listed("ben-2", conversation)?.writable === true);
      await world.run(3_000);
      const texts = screen.messages.flatMap(({ body }) => (body.kind === "text" ? [body.text] : []));
      expectThat(`what was said meanwhile is not shown: ${texts}`, !texts.includes("without ben"));
    },
  },

  "somebody who asks, takes it back and asks again, while several answer": {
    rules: ["INV6"],
    devices: [2, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ada-2");
      const ben = stage.account("ben-1");
      const code = await link(stage, "ada-1", conversation, { ...anyNumber, needsApproval: true });
      const asked = world.typist.join(stage.device("ben-1"), conversation, code);
      await stage.untilJudged(asked);
      const screens = [await stage.look("ada-1", conversation), await stage.look("ada-2", conversation)];
      await world.until(() => screens.every(({ view }) => view.joinRequests.length === 1));
      const [back, again] = [
        world.typist.cancelJoin(stage.device("ben-1"), conversation),
        world.typist.join(stage.device("ben-1"), conversation, code),
      ];
      await stage.untilJudged(back, again);
      await world.until(() => screens.every(({ view }) => view.joinRequests.length === 1));
      for (const name of ["ada-1", "ada-2"]) stage.device(name).link.takeDown();
      world.typist.answerJoin(stage.device("ada-1"), conversation, ben, true);
      world.typist.answerJoin(stage.device("ada-2"), conversation, ben, false);
      await world.run(3_000);
      expectThat(
        "who was answered waits no more",
        screens.every(({ view }) => view.joinRequests.length === 0),
      );
      for (const name of ["ada-1", "ada-2"]) stage.device(name).link.restore();
      await world.until(() => (world.truth.ledger.log(conversation).state?.joinRequests.length ?? 1) === 0);
      await world.run(10_000);
    },
  },
} satisfies Record<string, Case>;
