import type { Tab } from "../device/browser/tab.ts";
import { type Case, expectThat } from "./case.ts";
import type { Stage } from "./stage.ts";

/** Deaths after the last thing that an acknowledgement brings about: by then there was one at every step from the key press on. */
const DEATHS_AFTERWARDS = 5;
/** It takes fewer than 200. */
const MOST_STEPS = 400;
const TABS = 3;

/** Several tabs of one browser. */
export const tabCases = {
  "a tab that leads dying at any step": {
    rules: ["HST1", "HST2", "HST7", "OUT1"],
    devices: [1, 1],
    kinds: { "ada-1": "leader" },
    play: (stage) => dieAtEveryStep(stage),
  },

  "a SharedWorker dying at any step": {
    rules: ["HST1", "HST2", "OUT1"],
    devices: [1, 1],
    kinds: { "ada-1": "shared-worker" },
    play: (stage) => dieAtEveryStep(stage),
  },

  "an engine side that freezes, is replaced and thaws": {
    rules: ["HST3", "STO2"],
    devices: [1, 1],
    kinds: { "ada-1": "leader" },
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const browser = stage.browser("ada-1");
      for (let round = 0; round < 4; round++) {
        await withTabs(stage, conversation);
        const frozen = browser.engineSide;
        const before = postInEach(stage, conversation, `before ${round}`);
        await world.run(1 + round * 4);
        browser.freeze();
        for (const tab of browser.tabs) browser.turnTo(tab);
        await world.until(() => browser.engineSide !== frozen);
        const after = postInEach(stage, conversation, `after ${round}`);
        await stage.untilJudged(...after);
        browser.thaw();
        await world.until(() => frozen?.process.dead === true);
        await stage.untilJudged(...before);
      }
    },
  },

  "a tab killed before its burst is queued, with a clock that is set back meanwhile": {
    rules: ["HST7", "ORD5"],
    devices: [1, 1],
    kinds: { "ada-1": "leader" },
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const browser = stage.browser("ada-1");
      for (let round = 0; round < 6; round++) {
        await withTabs(stage, conversation);
        const said = Array.from({ length: 8 }, (_, index) => {
          if (index === 4) stage.device("ada-1").skewMs -= 3_600_000;
          return stage.post("ada-1", conversation, `${round}.${index}`);
        });
        await world.run(round);
        browser.killTab(browser.tabs.at(-1) ?? browser.open());
        await stage.untilJudged(...said);
      }
    },
  },
} satisfies Record<string, Case>;

/** In each round every tab says something, and after one more step than in the round before, what runs the engine dies. */
async function dieAtEveryStep(stage: Stage): Promise<void> {
  const { world } = stage;
  const conversation = await stage.group("ada-1", "ben-1");
  const browser = stage.browser("ada-1");
  for (let step = 0, afterwards = 0; afterwards < DEATHS_AFTERWARDS; step++) {
    expectThat("what was said is settled after some steps", step < MOST_STEPS);
    await withTabs(stage, conversation);
    const side = browser.engineSide;
    const said = postInEach(stage, conversation, `${step}`);
    for (let taken = 0; taken < step; taken++) {
      await world.time.step();
      world.inspectStep();
    }
    if (isSettled(stage, said)) afterwards++;
    browser.killEngineSide();
    await stage.untilJudged(...said);
    await world.until(() => browser.engineSide !== undefined && browser.engineSide !== side);
  }
}

/** All of it is judged, every tab knows, and nothing is handed off or waits any more. */
function isSettled(stage: Stage, said: readonly string[]): boolean {
  const idle = ({ owner }: Tab) => owner.engine.conversations.get().pending === 0;
  return said.every((id) => stage.judged(id)) && stage.browser("ada-1").tabs.every(idle);
}

/** Opens tabs that are missing, and waits until all of them show the conversation. */
async function withTabs(stage: Stage, conversation: string): Promise<void> {
  const browser = stage.browser("ada-1");
  while (browser.tabs.length < TABS) browser.open();
  const online = ({ owner }: Tab) => owner.engine.connection.get().kind === "online";
  await stage.world.until(() => browser.tabs.every(online));
  for (const { owner } of browser.tabs) owner.open(conversation);
  await stage.world.until(() => browser.tabs.every(({ owner }) => owner.screen(conversation)?.view.loaded === true));
}

function postInEach(stage: Stage, conversation: string, text: string): string[] {
  const browser = stage.browser("ada-1");
  return browser.tabs.map((tab, index) => {
    browser.turnTo(tab);
    return stage.post("ada-1", conversation, `${text} in ${index}`);
  });
}
