import { expect, test } from "bun:test";
import { StoreError } from "@parley/client";
import { MemoryStore } from "@parley/client-store";
import { TestBrowser, type TestTab } from "../test-support/engine-side.ts";

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

async function untilState(tab: TestTab, state: string): Promise<void> {
  while (tab.states.at(-1) !== state) await Bun.sleep(1);
}
