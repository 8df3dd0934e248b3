import { limits } from "@parley/protocol";
import { type Case, expectThat } from "./case.ts";
import type { Stage } from "./stage.ts";

const EMOJIS = ["👍🏽", "👩‍👩‍👧‍👦", "🏳️‍🌈"] as const;

function react(stage: Stage, name: string, conversation: string, target: string, emoji: string, set: boolean): void {
  stage.world.typist.react(stage.device(name), conversation, target, emoji, set);
}

/** The reactions to the only message on the screen of a device: each emoji with how many, and whether one's own is among them. */
function reactions(stage: Stage, name: string, message: string): string {
  const rows = stage.owner(name).screens.flatMap((screen) => screen.messages);
  const row = rows.find(({ id }) => id === message);
  return (row?.reactions ?? []).map(({ emoji, count, mine }) => `${emoji}${count}${mine ? "m" : ""}`).join(" ");
}

/** Reactions to messages. */
export const reactionCases = {
  "two devices of one person that set and take back the same reactions without knowing of each other": {
    rules: ["RCT1"],
    devices: [2, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ada-2", "ben-1");
      const message = stage.post("ben-1", conversation, "what do you say?");
      await stage.untilJudged(message);
      for (const name of ["ada-1", "ada-2", "ben-1"]) await stage.look(name, conversation);
      const [thumb, family, flag] = EMOJIS;
      react(stage, "ada-1", conversation, message, thumb, true);
      react(stage, "ben-1", conversation, message, thumb, true);
      await world.run(2_000);
      for (const name of ["ada-1", "ada-2"]) stage.device(name).link.takeDown();
      // Each takes back what the other one sets.
      react(stage, "ada-1", conversation, message, thumb, false);
      react(stage, "ada-1", conversation, message, family, true);
      react(stage, "ada-1", conversation, message, flag, true);
      react(stage, "ada-2", conversation, message, family, true);
      react(stage, "ada-2", conversation, message, family, false);
      react(stage, "ada-2", conversation, message, thumb, true);
      react(stage, "ada-2", conversation, message, flag, true);
      await world.run(1_000);
      const own = reactions(stage, "ada-1", message);
      expectThat(`its own changes are shown at once: ${own}`, own === `${thumb}1 ${family}1m ${flag}1m`);
      stage.device("ada-1").link.heal();
      await stage.untilOnline("ada-1");
      await world.run(3_000);
      stage.device("ada-2").link.heal();
      await world.run(10_000);
      for (const name of ["ada-1", "ada-2"]) {
        const shown = reactions(stage, name, message);
        expectThat(`the last word stands on ${name}: ${shown}`, shown === `${thumb}2m ${flag}1m`);
      }
      const other = reactions(stage, "ben-1", message);
      expectThat(`and for who sees it: ${other}`, other === `${thumb}2m ${flag}1`);
    },
  },

  "two devices of one person that flood a message with reactions": {
    rules: ["RCT2"],
    devices: [2, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ada-2", "ben-1");
      const message = stage.post("ben-1", conversation, "what do you say?");
      await stage.untilJudged(message);
      for (const name of ["ada-1", "ada-2", "ben-1"]) await stage.look(name, conversation);
      const each = limits.reactionsPerMember - 5;
      for (const [offset, name] of ["ada-1", "ada-2"].entries()) {
        stage.device(name).link.takeDown();
        for (let index = 0; index < each; index++) {
          react(stage, name, conversation, message, String.fromCodePoint(0x4e00 + offset * each + index), true);
        }
      }
      for (const name of ["ada-1", "ada-2"]) stage.device(name).link.heal();
      await stage.untilOnline("ada-1", "ada-2");
      await world.run(20_000);
      for (const name of ["ada-1", "ada-2", "ben-1"]) {
        const shown = reactions(stage, name, message).split(" ").length;
        expectThat(`as many as may be on ${name}: ${shown}`, shown === limits.reactionsPerMember);
      }
      const refused = ["ada-1", "ada-2"].map((name) => stage.owner(name).engine.outbox.get().failed);
      expectThat(
        `the others are told to be refused: ${refused}`,
        refused.some((count) => count > 0),
      );
    },
  },
} satisfies Record<string, Case>;
