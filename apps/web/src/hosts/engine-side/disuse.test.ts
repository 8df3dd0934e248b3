import { expect, test } from "bun:test";
import type { Engine } from "@parley/client";
import { uuidV7 } from "@parley/protocol";
import { ManualClock } from "../../testing/manual-clock.ts";
import { ana, startEngine, TestBrowser } from "../test-support/engine-side.ts";
import { MemoryLocks } from "../test-support/memory-locks.ts";
import { LockedService } from "./locked-service.ts";

const LONG_MS = 60_000;

/** An engine side, and what became of its place. */
async function serve() {
  const clock = new ManualClock();
  const browser = new TestBrowser();
  const locks = new MemoryLocks();
  let engine: Engine | undefined;
  let ended = false;
  const gone: (() => void)[] = [];
  const service = new LockedService({
    name: "the engine side",
    locks: locks.client(),
    createService: (ends) =>
      browser.engineSide({
        ...ends,
        clock,
        watchTab: (_lock, ended) => void gone.push(ended),
        startEngine: async (...args) => {
          const running = await startEngine(args[0], args[1], args[3]);
          engine = running.engine;
          return running;
        },
      }),
    ended: () => {
      ended = true;
    },
  });
  await settled();
  return {
    browser,
    service,
    engine: () => engine,
    /** The tabs crash, all of them. */
    tabsEnd: () => {
      for (const end of gone.splice(0)) end();
    },
    /** Whether its place has closed and its lock is free, a long time later. */
    endsLater: async () => {
      clock.advance(LONG_MS);
      await settled();
      expect(locks.heldLocks().held).toHaveLength(ended ? 0 : 1);
      return ended;
    },
  };
}

test("[HST8] an engine side ends when it has been without a tab for a while; a tab that comes meanwhile keeps it", async () => {
  const { browser, service, tabsEnd, endsLater } = await serve();
  const [first, second] = [browser.tab(), browser.tab()];
  first.connect(service);
  await first.engine.draft("none");
  expect(await endsLater()).toBe(false);
  tabsEnd();
  second.connect(service);
  await second.engine.draft("none");
  expect(await endsLater()).toBe(false);
  tabsEnd();
  expect(await endsLater()).toBe(true);
});

test("[HST8] one that no tab ever comes to ends, too", async () => {
  const { endsLater } = await serve();
  expect(await endsLater()).toBe(true);
});

test("[HST8] one without tabs stays as long as something waits to be sent", async () => {
  const { browser, service, engine, tabsEnd, endsLater } = await serve();
  const tab = browser.tab();
  tab.connect(service);
  const command = newId();
  await tab.engine.startDirect(command, ana.account);
  tabsEnd();
  expect(await endsLater()).toBe(false);
  await engine()?.discard(command);
  await settled();
  expect(engine()?.conversations.get().pending).toBe(0);
  expect(await endsLater()).toBe(true);
});

function newId(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}

/** Ports and stores hand on in turns of their own. */
async function settled(): Promise<void> {
  await Bun.sleep(20);
}
