import { type Case, expectThat } from "./case.ts";
import type { Stage } from "./stage.ts";

/** What a device shows of the only conversation. */
function shown(stage: Stage, name: string): string {
  const [conversation] = stage.world.truth.ledger.logs.keys();
  const view = stage.listed(name, conversation ?? "");
  return `${view?.pinned} ${view?.mutedUntil} ${view?.archived}`;
}

function isMarked(stage: Stage, name: string): boolean {
  const [conversation] = stage.world.truth.ledger.logs.keys();
  return stage.listed(name, conversation ?? "")?.markedUnread === true;
}

/** What one person sets of a conversation on two devices. */
export const preferenceCases = {
  "two devices that set different things of a conversation without knowing of each other": {
    rules: ["PRF1", "PRF5"],
    devices: [2, 1],
    async play(stage) {
      const conversation = await stage.group("ada-1", "ada-2", "ben-1");
      await stage.world.run(5_000);
      for (const name of ["ada-1", "ada-2"]) stage.device(name).link.takeDown();
      stage.prefer("ada-1", conversation, { kind: "pin", pinned: true });
      stage.prefer("ada-2", conversation, { kind: "mute", until: Number.POSITIVE_INFINITY });
      await stage.world.run(10_000);
    },
    atRest(stage) {
      for (const name of ["ada-1", "ada-2"]) {
        expectThat(`both are set on ${name}: ${shown(stage, name)}`, shown(stage, name) === "true Infinity false");
      }
    },
  },

  "a conversation that is marked as unread on one device, and read on another one that has no network": {
    rules: ["PRF6"],
    devices: [2, 1],
    async play(stage) {
      const conversation = await stage.group("ada-1", "ada-2", "ben-1");
      await stage.world.run(5_000);
      stage.prefer("ada-1", conversation, { kind: "mark-unread", unread: true });
      await stage.world.run(5_000);
      for (const name of ["ada-1", "ada-2"]) expectThat(`it is marked on ${name}`, isMarked(stage, name));
      stage.device("ada-2").link.takeDown();
      stage.prefer("ada-2", conversation, { kind: "mark-unread", unread: false });
      await stage.world.run(10_000);
    },
    atRest(stage) {
      for (const name of ["ada-1", "ada-2"]) expectThat(`it is marked no more on ${name}`, !isMarked(stage, name));
    },
  },

  "a conversation that is archived while a message is on its way": {
    rules: ["PRF3"],
    devices: [2, 1],
    async play(stage) {
      const conversation = await stage.group("ada-1", "ada-2", "ben-1");
      await stage.world.run(5_000);
      stage.device("ada-1").link.takeDown();
      await stage.untilJudged(stage.post("ben-1", conversation, "news"));
      stage.prefer("ada-1", conversation, { kind: "archive", archived: true });
      await stage.world.run(10_000);
    },
    atRest(stage) {
      for (const name of ["ada-1", "ada-2"]) {
        expectThat(`it is back on ${name}: ${shown(stage, name)}`, shown(stage, name) === "false 0 false");
      }
    },
  },
} satisfies Record<string, Case>;
