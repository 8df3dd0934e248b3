import { type Case, expectThat } from "./case.ts";

const MINUTE_MS = 60_000;
/** To notice that it slept, to give up a connection that does not answer, and to make another. */
const AWAKE_AFTER_MS = 10_000;

/** Devices that sleep, and clocks that jump. */
export const sleepCases = {
  "devices that wake up where nobody told them that their connections are gone": {
    rules: ["CON2", "CON9"],
    devices: [1, 1, 1],
    kinds: { "ben-1": "shared-worker" },
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("cleo-1", "ada-1", "ben-1");
      const sleepers = ["ada-1", "ben-1"];
      for (let round = 0; round < 6; round++) {
        for (const name of sleepers) {
          stage.device(name).fallAsleep();
          stage.device(name).link.silence(true);
        }
        await world.run((1 + round) * MINUTE_MS + round * 3_000);
        await stage.untilJudged(stage.post("cleo-1", conversation, `while they slept ${round}`));
        for (const name of sleepers) {
          stage.device(name).link.restore();
          stage.device(name).wakeUp();
        }
        const told = (name: string) => stage.listed(name, conversation)?.newest?.text === `while they slept ${round}`;
        await world.until(() => sleepers.every(told), AWAKE_AFTER_MS);
        await world.run(round * 5_000);
      }
    },
  },

  "a device that sleeps while the server asks for patience": {
    rules: ["CON3", "CON9"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const ada = stage.device("ada-1");
      for (let round = 0; round < 4; round++) {
        const stopped = world.server.stop();
        await world.run(40 * round);
        ada.fallAsleep();
        await world.time.await(stopped, 10_000, world.inspectStep);
        await world.run(10 * MINUTE_MS);
        await world.time.await(world.server.start(), 10_000, world.inspectStep);
        await stage.untilOnline("ben-1");
        const id = stage.post("ben-1", conversation, `since ${round}`);
        await stage.untilJudged(id);
        ada.wakeUp();
        await world.until(() => stage.listed("ada-1", conversation)?.newest?.text === `since ${round}`, AWAKE_AFTER_MS);
      }
    },
  },

  "clocks that are set back by hours while something is to be told": {
    rules: ["TIM4", "CON9"],
    devices: [2, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ada-2", "ben-1");
      const ada = stage.device("ada-1");
      for (let round = 0; round < 4; round++) {
        const before = stage.listed("ada-1", conversation)?.draft ?? "";
        stage.draft("ada-1", conversation, `${before}draft ${round}\n`, before);
        await world.run(300);
        ada.skewMs -= 3 * 3_600_000;
        stage.draft("ada-1", conversation, `${before}draft ${round}, again\n`, `${before}draft ${round}\n`);
        const id = stage.post("ada-1", conversation, `posted ${round}`);
        const isTold = () => stage.listed("ada-2", conversation)?.draft.includes(`draft ${round}, again`) === true;
        await world.until(() => isTold() && stage.judged(id), AWAKE_AFTER_MS);
      }
      expectThat("messages are in the order in which they were posted", isInOrder(stage.texts(conversation)));
    },
  },
} satisfies Record<string, Case>;

function isInOrder(texts: readonly (string | undefined)[]): boolean {
  const posted = texts.filter((text) => text?.startsWith("posted "));
  return posted.join() === posted.toSorted().join() && posted.length === 4;
}
