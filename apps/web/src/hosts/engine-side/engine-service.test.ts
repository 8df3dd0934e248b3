import { expect, test } from "bun:test";
import { StoreError } from "@parley/client";
import { MemoryStore } from "@parley/client-store";
import { TestBrowser, untilState } from "../test-support/engine-side.ts";

test("[STO9] a page that is loaded again has the local store opened that could not be opened before, for all tabs", async () => {
  const browser = new TestBrowser();
  let room = false;
  let opened = 0;
  const service = browser.engineSide({
    openStore: async (_account, closed) => {
      opened++;
      if (!room) throw new StoreError("full", "no room for a new device");
      return { store: new MemoryStore(browser.disk, { closed }), kept: true };
    },
  });
  const tabs = [browser.tab(), browser.tab(), browser.tab()] as const;
  for (const tab of tabs) {
    room = tab === tabs[2];
    tab.connect(service);
    await untilState(tab, room ? "running" : "store-failed");
  }
  expect(opened).toBe(3);
  await untilState(tabs[0], "running");
  await service.end();
});

test("[HST2] [STO9] tabs that were told that the store is lost for good go on with the engine that a page loaded later starts", async () => {
  const browser = new TestBrowser();
  let lose: () => void = () => undefined;
  const service = browser.engineSide({
    openStore: async (_account, closed) => {
      lose = closed;
      return { store: new MemoryStore(browser.disk, { closed }), kept: true };
    },
  });
  const [first, later] = [browser.tab(), browser.tab()];
  first.connect(service);
  await untilState(first, "running");
  while (first.states.at(-1) !== "store-failed") {
    if (first.states.at(-1) === "running") lose();
    await Bun.sleep(1);
  }
  later.connect(service);
  await untilState(first, "running");
  await later.engine.startGroup("018f0000-0000-7000-8000-0000000000aa", [], "Night ferry");
  const listed = () => first.engine.conversations.get().conversations.map(({ title }) => title);
  for (let look = 0; look < 1_000 && listed().length === 0; look++) await Bun.sleep(1);
  expect(listed()).toEqual(["Night ferry"]);
  await service.end();
});
