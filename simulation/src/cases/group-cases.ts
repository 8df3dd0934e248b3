import type { RoleName } from "@parley/client";
import { presentMembers } from "@parley/log";
import { Role } from "@parley/protocol";
import { type Case, expectThat } from "./case.ts";
import type { Stage } from "./stage.ts";

function owners(stage: Stage): string[] {
  const state = [...stage.world.truth.ledger.logs.values()][0]?.state;
  const members = state === undefined ? [] : presentMembers(state);
  return members.filter(({ role }) => role === Role.OWNER).map(({ account }) => account);
}

function setRole(stage: Stage, name: string, conversation: string, of: string, role: RoleName): void {
  stage.world.typist.setRole(stage.device(name), conversation, stage.account(of), role);
}

/** Who may do what in a group, while several change it. */
export const groupCases = {
  "two owners who take each other's role without knowing of each other": {
    rules: ["GRP1", "GRP2"],
    devices: [1, 1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1", "cleo-1");
      setRole(stage, "ada-1", conversation, "ben-1", "owner");
      await world.until(() => owners(stage).length === 2);
      await world.run(2_000);
      await stage.look("cleo-1", conversation);
      for (const name of ["ada-1", "ben-1"]) stage.device(name).link.takeDown();
      setRole(stage, "ada-1", conversation, "ben-1", "member");
      setRole(stage, "ben-1", conversation, "ada-1", "member");
      await world.run(10_000);
    },
    atRest(stage) {
      expectThat(`one owner is left: ${owners(stage)}`, owners(stage).length === 1);
    },
  },

  "the last owner who steps down while the one they chose leaves": {
    rules: ["GRP1"],
    devices: [1, 1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1", "cleo-1");
      await world.run(2_000);
      for (const name of ["ada-1", "ben-1"]) stage.device(name).link.takeDown();
      setRole(stage, "ada-1", conversation, "ben-1", "owner");
      setRole(stage, "ada-1", conversation, "ada-1", "member");
      world.typist.leave(stage.device("ben-1"), conversation);
      await world.run(10_000);
    },
    atRest(stage) {
      expectThat("there is an owner", owners(stage).length === 1);
    },
  },
} satisfies Record<string, Case>;
