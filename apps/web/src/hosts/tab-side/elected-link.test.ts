import { describe, expect, test } from "bun:test";
import { MemoryStore } from "@parley/client-store";
import { uuidV7 } from "@parley/protocol";
import { ManualClock } from "../../testing/manual-clock.ts";
import { ana, TestBrowser } from "../test-support/engine-side.ts";
import { type LeadingTab, LeadingTabs } from "../test-support/leading-tabs.ts";
import { MapStorage } from "../test-support/map-storage.ts";
import { ElectedLink } from "./elected-link.ts";

/** The clock of those who type: no two things in the same moment. */
let lastSaid = Date.now();

/** So many turns of the event loop without a message mean that nothing will move by itself. */
const STILL = 60;

describe("tabs of which one leads", () => {
  test("[HST1] one starts the engine and the others join it; all of them show the same", async () => {
    const { tabs, run } = scene();
    const conversation = await startNotes(tabs, run);
    const views = tabs.map(({ host }) => host.engine.openTimeline(conversation));
    const said = tabs.map((tab, index) => say(tab, conversation, `said in ${index}`));
    await run(Promise.all(said.map(({ queued }) => queued)));
    await run(undefined);
    expect(tabs.filter(({ leads }) => leads)).toHaveLength(1);
    for (const view of views) expect(view.get().rows.map(({ id }) => id)).toEqual(said.map(({ id }) => id));
  });

  test("[HST2] [HST7] the leader dies at any step: another leads, and what all tabs typed is queued once and in order", async () => {
    let steps = Number.POSITIVE_INFINITY;
    for (let fatal = 0; fatal < steps; fatal++) steps = await leaderDiesAt(fatal);
    expect(steps).toBeGreaterThan(20);
  }, 60_000);

  test("[HST4] a tab of another version takes the engine; the first waits, and goes on when that one is gone", async () => {
    const { leading, tabs, run } = scene(1);
    const [old] = tabs;
    if (old === undefined) throw new Error("there is no tab");
    const conversation = await startNotes(tabs, run);
    const newer = leading.open(9, "leader two");
    await run(newer.host.engine.startDirect(newId(), ana.account));
    expect(old.host.state.get()).toMatchObject({ kind: "without-engine", why: "updated" });
    const typed = say(old, conversation, "typed meanwhile");
    await run(undefined);
    expect(leading.browser.handedOff()).toEqual(["typed meanwhile"]);
    newer.kill();
    await run(typed.queued);
    expect(old.host.state.get().kind).toBe("running");
    expect(leading.browser.handedOff()).toEqual([]);
  });

  test("[STO6] a tab without an engine signs out: whoever has the engine stops, nothing is made again, and nothing is left", async () => {
    const { leading, old, newer, run } = await twoVersions();
    const typed = say(old, "018f0000-0000-7000-8000-0000000000c1", "typed and never queued");
    await run(undefined);
    await run(old.host.signOut());
    await run(undefined);
    expect(newer.host.state.get().kind).toBe("signed-out");
    await expect(typed.queued).rejects.toThrow();
    expect(leading.browser.handedOff()).toEqual([]);
    expect((await new MemoryStore(leading.browser.disk).load()).meta).toBeUndefined();
    expect(old.leads).toBe(false);
  });

  test("[STO6] where somebody keeps what is stored, that is said, and the tab goes on", async () => {
    const { leading, old, newer, run } = await twoVersions();
    leading.browser.keepsStore = true;
    await expect(run(old.host.signOut())).rejects.toThrow("somebody keeps the store");
    await run(undefined);
    expect(old.host.state.get().kind).not.toBe("signed-out");
    leading.browser.keepsStore = false;
    newer.kill();
    await run(undefined);
    expect(old.host.state.get().kind).toBe("running");
  });
});

test("where the browser refuses locks a link fails, and one that is stopped before it has any says nothing", async () => {
  const said: string[] = [];
  const handlers = {
    connected: () => said.push("connected"),
    lost: () => said.push("lost"),
    elsewhere: () => said.push("elsewhere"),
    vacant: () => said.push("vacant"),
    failed: () => said.push("failed"),
  };
  const nowhere = () => {
    throw new Error("no engine side is wanted");
  };
  const link = (request: (name: string, ...rest: readonly unknown[]) => Promise<never>) =>
    new ElectedLink({
      account: ana.account,
      place: { kind: "leader", version: "one", start: nowhere, join: nowhere, stop: () => undefined },
      tabLock: "tab",
      locks: { request, query: async () => ({ held: [], pending: [] }) },
      storage: new MapStorage(),
      clock: new ManualClock(),
      whenSeen: () => () => undefined,
    });
  link(() => Promise.reject(new DOMException("denied", "SecurityError"))).start(handlers);
  await Bun.sleep(0);
  expect(said).toEqual(["failed"]);
  let give: (why: unknown) => void = nowhere;
  const late = link(() => new Promise<never>((_, refuse) => (give = refuse)));
  late.start(handlers);
  late.stop();
  give(new DOMException("stopped", "AbortError"));
  await Bun.sleep(0);
  expect(said).toEqual(["failed"]);
});

/** A tab of an older version of the app, and one of a newer that took the engine from it. */
async function twoVersions() {
  const { leading, tabs, run } = scene(1);
  const [old] = tabs;
  if (old === undefined) throw new Error("there is no tab");
  await startNotes(tabs, run);
  const newer = leading.open(9, "leader two");
  await run(newer.host.engine.startDirect(newId(), ana.account));
  expect(old.host.state.get()).toMatchObject({ kind: "without-engine", why: "updated" });
  return { leading, old, newer, run };
}

/** Three tabs say two things each; the leader of the moment dies at this step. Resolves to the number of steps without a death. */
async function leaderDiesAt(fatal: number): Promise<number> {
  const { leading, tabs, run } = scene();
  const conversation = await startNotes(tabs, run);
  const said = tabs.map((tab, index) => [
    say(tab, conversation, `first ${index}`),
    say(tab, conversation, `second ${index}`),
  ]);
  let steps = 0;
  let dead: LeadingTab | undefined;
  const step = () => {
    if (steps++ !== fatal) return;
    dead = tabs.find(({ leads }) => leads);
    dead?.kill();
  };
  await run(undefined, step);
  const survivors = tabs.filter((tab) => tab !== dead);
  const waiting = said.filter((_, index) => tabs[index] !== dead).flat();
  await run(Promise.all(waiting.map(({ queued }) => queued)));
  await run(undefined);
  expect(survivors.filter(({ leads }) => leads)).toHaveLength(1);
  expect(leading.browser.handedOff()).toEqual([]);
  const { outbox } = await new MemoryStore(leading.browser.disk).load();
  const ids = outbox.filter(({ log }) => log === conversation).map(({ id }) => id);
  for (const [first, second] of said) {
    if (first === undefined || second === undefined) throw new Error("nothing was said");
    expect(ids.filter((id) => id === first.id || id === second.id)).toEqual([first.id, second.id]);
  }
  for (const { host } of tabs) host.close();
  return steps;
}

function scene(count = 3) {
  const leading = new LeadingTabs(new TestBrowser());
  const tabs = Array.from({ length: count }, (_, index) => leading.open(index));
  /** Lets everything go on, message by message, until this is settled, or nothing moves. */
  const run = async <T>(until: Promise<T> | undefined, step: () => void = () => undefined): Promise<T | undefined> => {
    let settled = false;
    until?.then(
      () => {
        settled = true;
      },
      () => {
        settled = true;
      },
    );
    for (let still = 0; still < STILL && !settled; still++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (!leading.lines.deliverNext()) continue;
      still = -1;
      step();
    }
    if (until !== undefined && !settled) throw new Error("nothing moves any more");
    return until;
  };
  return { leading, tabs, run };
}

async function startNotes(tabs: readonly LeadingTab[], run: (until: Promise<string>) => Promise<string | undefined>) {
  const ids = await Promise.all(tabs.map(({ host }) => run(host.engine.startDirect(newId(), ana.account))));
  return ids[0] ?? "";
}

function say({ host }: LeadingTab, conversation: string, text: string) {
  const id = newId();
  const queued = host.engine.post({ id, conversation, text, sentAt: ++lastSaid });
  // Of a tab that dies nobody hears again.
  queued.catch(() => undefined);
  return { id, queued };
}

function newId(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}
