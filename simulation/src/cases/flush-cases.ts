import { FlushRun } from "../device/flush-run.ts";
import { type Case, expectThat } from "./case.ts";
import type { Stage } from "./stage.ts";

/** More than it takes to send everything and store the last verdict. */
const STEPS = 120;
const POSTS = 6;

/** A service worker that sends what waits while nothing else runs, and engines that begin meanwhile. */
export const flushCases = {
  "an engine starting at any step of a flush": {
    rules: ["FLU1", "FLU2", "FLU3", "ORD5", "STO2"],
    devices: [1, 1],
    async play(stage) {
      const ends = new Set<string>();
      await eachStep(stage, async (flush, posted) => {
        stage.device("ada-1").start();
        await stage.untilJudged(...posted);
        await stage.world.until(() => flush.end !== undefined);
        ends.add(flush.end ?? "");
      });
      expectThat("the flush got through", ends.has("done"));
      expectThat("an engine came in between", ends.has("owned"));
    },
  },

  "a flush dying at any step, and another one after it": {
    rules: ["FLU2", "FLU3", "OUT1"],
    devices: [1, 1],
    async play(stage) {
      await eachStep(stage, async (flush, posted) => {
        flush.process.kill();
        const next = new FlushRun(stage.device("ada-1"), `${flush.process.name} again`);
        await stage.world.until(() => next.end !== undefined);
        expectThat("all was sent before anything else began", next.end === "done" && posted.every(stage.judged, stage));
        stage.device("ada-1").start();
      });
    },
  },

  "a flush freezing at any step, and thawing when an engine has the store": {
    rules: ["FLU1", "FLU2", "STO2", "ORD5"],
    devices: [1, 1],
    async play(stage) {
      const ends = new Set<string>();
      await eachStep(stage, async (flush, posted) => {
        flush.process.freeze();
        stage.device("ada-1").start();
        await stage.untilJudged(...posted);
        flush.process.thaw();
        await stage.world.until(() => flush.end !== undefined);
        ends.add(flush.end ?? "");
      });
      expectThat("it found an engine when it thawed", ends.has("owned"));
    },
  },

  "a message discarded that a flush had sent": {
    rules: ["FLU2", "WDR2"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const ada = stage.device("ada-1");
      const conversation = await stage.group("ada-1", "ben-1");
      const { ids } = await write(stage, [conversation], 0);
      const [first = ""] = ids;
      const flush = new FlushRun(ada, "flush");
      await stage.untilJudged(first);
      flush.process.kill();
      ada.link.takeDown();
      ada.start();
      const screen = await stage.look("ada-1", conversation);
      await world.until(() => screen.messages.some(({ id }) => id === first));
      world.typist.discard(ada, first);
      await world.run(1_000);
      ada.link.restore();
      await world.run(10_000);
      expectThat("what was discarded is gone", !stage.texts(conversation).includes("0.0"));
      await stage.untilJudged(...ids.slice(1));
    },
  },
} satisfies Record<string, Case>;

/** In each round something waits, nothing runs, and a flush goes one step further than in the round before until `then` comes. */
async function eachStep(
  stage: Stage,
  then: (flush: FlushRun, posted: readonly string[]) => Promise<void>,
): Promise<void> {
  const { world } = stage;
  const conversations = [await stage.group("ada-1", "ben-1"), await stage.group("ada-1", "ben-1")];
  for (let step = 0; step < STEPS; step += 1 + Math.floor(step / 20)) {
    const { ids } = await write(stage, conversations, step);
    const flush = new FlushRun(stage.device("ada-1"), `flush ${step}`);
    for (let taken = 0; taken < step; taken++) {
      await world.time.step();
      world.inspectStep();
    }
    await then(flush, ids);
  }
}

/** Ada writes without a network, and her app ends; then the network is back. */
async function write(stage: Stage, conversations: readonly string[], round: number) {
  const { world } = stage;
  const ada = stage.device("ada-1");
  await stage.untilOnline("ada-1");
  // Until it has asked for the verdicts of what was flushed: in doubt, nothing is sent.
  await world.run(1_000);
  ada.link.takeDown();
  await world.until(() => ada.owner?.engine.connection.get().kind === "offline");
  const ids = Array.from({ length: POSTS }, (_, index) =>
    conversations.map((conversation) => stage.post("ada-1", conversation, `${round}.${index}`)),
  ).flat();
  await world.until(() => ids.every((id) => ada.typed.get(id)?.durable === true));
  ada.kill();
  ada.link.restore();
  return { ids };
}
