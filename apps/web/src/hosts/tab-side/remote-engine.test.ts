import { describe, expect, test } from "bun:test";
import { type Observable, type PostDraft, StoreError, type TimelineView } from "@parley/client";
import { type MemoryDisk, MemoryStore } from "@parley/client-store";
import { uuidV7 } from "@parley/protocol";
import type { EngineServicePorts } from "../engine-side/engine-service-ports.ts";
import { ana, startEngine, TestBrowser, untilState } from "../test-support/engine-side.ts";

describe("the engine of a tab", () => {
  test("[OUT1] a message is on screen and handed off before anything is awaited; queued, the hand-off goes", async () => {
    const browser = new TestBrowser();
    const { tab, timeline, conversation } = await openNotes(browser);
    const post = draft(conversation, "Hello");
    const queued = tab.engine.post(post);
    expect(texts(timeline.get())).toEqual(["Hello"]);
    expect(browser.handedOff()).toEqual(["Hello"]);
    await queued;
    expect(browser.handedOff()).toEqual([]);
    expect(texts(timeline.get())).toEqual(["Hello"]);
    const { outbox } = await new MemoryStore(browser.disk).load();
    expect(outbox.map(({ id }) => id)).toContain(post.id);
  });

  test("a burst stays in its order, never flickers, and rows that do not change keep their identity", async () => {
    const { tab, timeline, conversation } = await openNotes(new TestBrowser());
    const seen: string[][] = [];
    timeline.subscribe(() => seen.push(texts(timeline.get())));
    const burst = Array.from({ length: 20 }, (_, index) => `m${index}`);
    await Promise.all(burst.map((text) => tab.engine.post(draft(conversation, text))));
    expect(texts(timeline.get())).toEqual(burst);
    for (const shown of seen) expect(shown).toEqual(burst.slice(0, shown.length));
    const before = timeline.get().rows;
    await tab.engine.post(draft(conversation, "one more"));
    for (const [index, row] of before.entries()) expect(timeline.get().rows[index]).toBe(row);
  });

  test("every call is answered, also those that take longer than a turn", async () => {
    const { tab, conversation } = await openNotes(
      new TestBrowser(),
      (disk) => new MemoryStore(disk, { wait: () => Bun.sleep(1) }),
    );
    const calls: Promise<unknown>[] = [];
    for (let index = 0; index < 10; index++) {
      calls.push(tab.engine.post(draft(conversation, `m${index}`)), tab.engine.saveDraft(conversation, `d${index}`));
      await Bun.sleep(index % 3);
    }
    await Promise.all(calls);
  });

  test("another tab of the same engine side shows it too", async () => {
    const browser = new TestBrowser();
    const { tab, service, conversation } = await openNotes(browser);
    const other = browser.tab();
    other.connect(service);
    const theirs = other.engine.openTimeline(conversation);
    await tab.engine.post(draft(conversation, "Hello"));
    await until(theirs, (view) => texts(view).includes("Hello"));
    expect(other.states).toContain("running");
  });

  test("[OUT1] an engine side that dies: the view stays, the next one answers, and nothing is there twice", async () => {
    const browser = new TestBrowser();
    const { tab, timeline, conversation } = await openNotes(browser);
    await tab.engine.post(draft(conversation, "before"));
    const kept = timeline.get().rows[0];
    tab.disconnect();
    const waiting = tab.engine.post(draft(conversation, "meanwhile"));
    expect(texts(timeline.get())).toEqual(["before", "meanwhile"]);
    expect(browser.handedOff()).toEqual(["meanwhile"]);
    tab.connect(browser.engineSide());
    await waiting;
    expect(texts(timeline.get())).toEqual(["before", "meanwhile"]);
    expect(timeline.get().rows.find((row) => row.id === kept?.id)).toBe(kept);
    expect(browser.handedOff()).toEqual([]);
  });

  test("[OUT1] a message that was discarded by an engine side that dies before it says so is discarded, and nothing failed", async () => {
    const browser = new TestBrowser();
    const { tab, conversation } = await openNotes(browser);
    const post = draft(conversation, "not this");
    await tab.engine.post(post);
    tab.deafen();
    const discarding = tab.engine.discard(post.id);
    const kept = async () => (await new MemoryStore(browser.disk).load()).outbox.some(({ id }) => id === post.id);
    while (await kept()) await Bun.sleep(1);
    tab.disconnect();
    tab.connect(browser.engineSide());
    await discarding;
    expect(await tab.engine.discard(post.id).catch(String)).toContain("No such command");
  });

  test("[OUT1] what a closed tab left handed off is posted by the next, under the same id", async () => {
    const browser = new TestBrowser();
    const { conversation, tab } = await openNotes(browser);
    tab.disconnect();
    const post = draft(conversation, "typed in the last moment");
    void tab.engine.post(post).catch(() => undefined);
    const next = browser.tab();
    next.connect(browser.engineSide());
    const timeline = next.engine.openTimeline(conversation);
    await until(timeline, (view) => view.loaded && view.rows.some((row) => row.id === post.id));
    await Bun.sleep(5);
    expect(browser.handedOff()).toEqual([]);
    expect(timeline.get().rows.filter((row) => row.id === post.id).length).toBe(1);
  });

  test("[OUT1] a message that cannot be kept stays on screen as failed, until it is tried again or discarded", async () => {
    const browser = new TestBrowser();
    const { tab, timeline, conversation } = await openNotes(browser, (disk) => new FullStore(disk));
    const [first, second] = [draft(conversation, "does not fit"), draft(conversation, "does not fit either")];
    for (const post of [first, second]) expect(await tab.engine.post(post).catch(String)).toContain("full");
    expect(statusOf(timeline.get(), first.id)).toBe("failed");
    await tab.engine.discard(second.id);
    expect(texts(timeline.get())).toEqual(["does not fit"]);
    expect(browser.handedOff()).toEqual(["does not fit"]);
    expect(await tab.engine.retry(first.id).catch(String)).toContain("full");
    expect(statusOf(timeline.get(), first.id)).toBe("failed");
    expect(browser.handedOff()).toEqual(["does not fit"]);
  });

  test("[OUT1] a failed message is there again, with its text, in a tab that is opened later, and is kept once there is room", async () => {
    const browser = new TestBrowser();
    const { tab, conversation } = await openNotes(browser, (disk) => new FullStore(disk));
    const post = draft(conversation, "does not fit");
    expect(await tab.engine.post(post).catch(String)).toContain("full");
    tab.disconnect();
    const full = await openNotes(browser, (disk) => new FullStore(disk));
    await until(full.timeline, (view) => statusOf(view, post.id) === "failed");
    expect(texts(full.timeline.get())).toEqual(["does not fit"]);
    full.tab.disconnect();
    const { timeline } = await openNotes(browser);
    await until(timeline, (view) => statusOf(view, post.id) === "sending");
    await Bun.sleep(0);
    expect((await new MemoryStore(browser.disk).load()).outbox.map(({ id }) => id)).toContain(post.id);
    expect(browser.handedOff()).toEqual([]);
  });

  test("[OUT1] what cannot be handed off is shown when it is queued, and leaves no row where it cannot be", async () => {
    const browser = new TestBrowser();
    browser.storage.room = 0;
    const { tab, timeline, conversation } = await openNotes(browser, (disk) => new FullStore(disk));
    const [lost, kept] = [draft(conversation, "does not fit"), draft(conversation, "is small")];
    expect(tab.engine.handOff(lost)).toBe(false);
    const failing = tab.engine.post(lost).catch(String);
    expect(texts(timeline.get())).toEqual([]);
    expect(await failing).toContain("full");
    expect(texts(timeline.get())).toEqual([]);
    await tab.engine.post(kept);
    expect(texts(timeline.get())).toEqual(["is small"]);
  });

  test("a tab that is gone leaves no timeline open, whether it says goodbye or its lock is free", async () => {
    const browser = new TestBrowser();
    const open = new Set<string>();
    const gone: (() => void)[] = [];
    const service = browser.engineSide({
      watchTab: (_lock, ended) => void gone.push(ended),
      startEngine: async (store, account) => {
        const { engine, ...rest } = await startEngine(store, account);
        const openTimeline: typeof engine.openTimeline = (conversation) => {
          open.add(conversation);
          const timeline = engine.openTimeline(conversation);
          return { ...timeline, close: () => void open.delete(conversation) };
        };
        return { engine: { ...engine, openTimeline }, ...rest };
      },
    });
    const [polite, crashed] = [browser.tab(), browser.tab()];
    for (const [tab, conversation] of [
      [polite, "one"],
      [crashed, "other"],
    ] as const) {
      tab.connect(service);
      tab.engine.openTimeline(conversation);
      await tab.engine.startDirect(newId(), ana.account);
    }
    expect([...open]).toEqual(["one", "other"]);
    polite.send({ kind: "goodbye" });
    while (open.has("one")) await Bun.sleep(1);
    expect([...open]).toEqual(["other"]);
    gone[1]?.();
    expect([...open]).toEqual([]);
  });

  test("signing out in one tab ends the engine for all, and deletes what the device kept", async () => {
    const browser = new TestBrowser();
    const { tab, service } = await openNotes(browser);
    const other = browser.tab();
    other.connect(service);
    await until(other.engine.conversations, ({ loaded }) => loaded);
    await tab.engine.signOut();
    await untilState(other, "signed-out");
    expect(browser.deleted).toBe(1);
  });

  test("[STO6] of two tabs that sign out at the same time neither is told before nothing is left", async () => {
    const browser = new TestBrowser();
    const deleted = Promise.withResolvers<void>();
    const { tab, service } = await openNotes(browser, undefined, { deleteStore: () => deleted.promise });
    const other = browser.tab();
    other.connect(service);
    await until(other.engine.conversations, ({ loaded }) => loaded);
    let told = 0;
    const signingOut = [tab, other].map(({ engine }) => engine.signOut().then(() => told++));
    await Bun.sleep(5);
    expect(told).toBe(0);
    deleted.resolve();
    await Promise.all(signingOut);
    for (const one of [tab, other]) await untilState(one, "signed-out");
  });

  test("[STO6] of two tabs that sign out at the same time both are told when something is left, and may try again", async () => {
    const browser = new TestBrowser();
    let stays = true;
    const { tab, service } = await openNotes(browser, undefined, {
      deleteStore: async () => {
        if (stays) throw new StoreError("damaged", "it stays");
      },
    });
    const other = browser.tab();
    other.connect(service);
    await until(other.engine.conversations, ({ loaded }) => loaded);
    const signOuts = await Promise.all([tab, other].map(({ engine }) => engine.signOut().catch(String)));
    for (const outcome of signOuts) expect(outcome).toContain("it stays");
    stays = false;
    await other.engine.signOut();
    for (const one of [tab, other]) await untilState(one, "signed-out");
  });

  test("[STO6] tabs of two engine sides that sign out at the same time are both signed out", async () => {
    const browser = new TestBrowser();
    const tabs = [browser.tab(), browser.tab()];
    for (const tab of tabs) {
      tab.connect(browser.engineSide());
      await tab.engine.startDirect(newId(), ana.account);
    }
    await Promise.all(tabs.map((tab) => tab.engine.signOut()));
    for (const tab of tabs) await untilState(tab, "signed-out");
  });

  test("a store that cannot be read any more is opened anew, and what was asked meanwhile is answered", async () => {
    const browser = new TestBrowser();
    let broken = false;
    let opened = 0;
    class BreakableStore extends MemoryStore {
      readonly #broken = () => broken && opened === 1;

      override async load() {
        if (this.#broken()) throw new StoreError("damaged", "unreadable");
        return super.load();
      }

      override async commit(...args: Parameters<MemoryStore["commit"]>) {
        if (this.#broken()) throw new StoreError("damaged", "unreadable");
        await super.commit(...args);
      }
    }
    const { tab, timeline, conversation } = await openNotes(browser, (disk) => {
      opened += 1;
      return new BreakableStore(disk);
    });
    await tab.engine.post(draft(conversation, "before"));
    broken = true;
    await tab.engine.post(draft(conversation, "lost on the way")).catch(() => undefined);
    await tab.engine.saveDraft(conversation, "afterwards");
    expect(opened).toBe(2);
    expect(texts(timeline.get())).toEqual(["before", "lost on the way"]);
    expect(statusOf(timeline.get(), timeline.get().rows.at(-1)?.id ?? "")).toBe("sending");
    expect(browser.handedOff()).toEqual([]);
    expect(tab.states.at(-1)).toBe("running");
  });

  test("a damaged store is said, rebuilt on demand, and what was asked meanwhile is answered", async () => {
    const browser = new TestBrowser();
    let damaged = true;
    const service = browser.engineSide({
      openStore: async () => {
        if (damaged) throw new StoreError("damaged", "cannot be opened");
        return { store: new MemoryStore(browser.disk), kept: true };
      },
      rebuildStore: async () => {
        damaged = false;
        return { lost: 0 };
      },
    });
    const tab = browser.tab();
    tab.connect(service);
    const waiting = tab.engine.startDirect(newId(), ana.account);
    await untilState(tab, "store-failed");
    tab.send({ kind: "rebuild" });
    expect(await waiting).toBeString();
    expect(tab.states.at(-1)).toBe("running");
  });

  test("[STO5] a store that the browser throws away is made again, with what waited in memory", async () => {
    const browser = new TestBrowser();
    const { tab, timeline, conversation } = await openNotes(browser);
    await tab.engine.post(draft(conversation, "before"));
    const before = await new MemoryStore(browser.disk).load();
    browser.disk.evict();
    await tab.engine.post(draft(conversation, "afterwards"));
    const after = await new MemoryStore(browser.disk).load();
    expect(after.meta?.device).not.toBe(before.meta?.device);
    expect(after.outbox.map(({ id }) => id).slice(0, before.outbox.length)).toEqual(before.outbox.map(({ id }) => id));
    expect(after.outbox).toHaveLength(before.outbox.length + 1);
    expect(texts(timeline.get())).toEqual(["before", "afterwards"]);
    expect(tab.states).not.toContain("signed-out");
  });

  test("[STO8] a store that opens and cannot be read is rebuilt by itself, once, and what was lost is told", async () => {
    const browser = new TestBrowser();
    let readable = false;
    let rebuilt = 0;
    const service = browser.engineSide({
      openStore: async () => {
        const store = new MemoryStore(browser.disk);
        if (!readable) store.load = () => Promise.reject(new StoreError("damaged", "unreadable"));
        return { store, kept: true };
      },
      rebuildStore: async () => {
        rebuilt += 1;
        readable = true;
        return { lost: 2 };
      },
    });
    const tab = browser.tab();
    tab.connect(service);
    expect(await tab.engine.startDirect(newId(), ana.account)).toBeString();
    expect(rebuilt).toBe(1);
    expect(tab.unsaved).toBe(2);
  });

  test("[STO6] another engine side of the account in this browser that hears of signing out deletes and says so too", async () => {
    const browser = new TestBrowser();
    const heard: (() => void)[] = [];
    const sides = [0, 1].map((own) =>
      browser.engineSide({
        signOuts: (_account, hear) => {
          heard[own] = hear;
          return { tell: () => heard[1 - own]?.(), close: () => undefined };
        },
      }),
    );
    const tabs = sides.map((side) => {
      const tab = browser.tab();
      tab.connect(side);
      return tab;
    });
    for (const tab of tabs) await tab.engine.startDirect(newId(), ana.account);
    await tabs[0]?.engine.signOut();
    for (const tab of tabs) await untilState(tab, "signed-out");
    expect(browser.deleted).toBe(2);
  });

  test("[STO6] local data that cannot be deleted are not said to be gone", async () => {
    const browser = new TestBrowser();
    const { tab } = await openNotes(browser, undefined, {
      deleteStore: () => Promise.reject(new StoreError("damaged", "it stays")),
    });
    const error = await tab.engine.signOut().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "StoreError", message: "it stays" });
    expect(tab.states.at(-1)).toBe("store-failed");
  });
});

/** Has no room for what does not fit. */
class FullStore extends MemoryStore {
  override async commit(...args: Parameters<MemoryStore["commit"]>): Promise<void> {
    const [, changes] = args;
    const text = JSON.stringify(changes, (_key, value) => (value instanceof Uint8Array ? decode(value) : value));
    if (text.includes("does not fit")) throw new StoreError("full", "the disk is full");
    await super.commit(...args);
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** A tab that shows one's notes, for which no server is needed. */
async function openNotes(
  browser: TestBrowser,
  open?: (disk: MemoryDisk) => MemoryStore,
  ports: Partial<EngineServicePorts> = {},
) {
  const openStore = open && (async () => ({ store: open(browser.disk), kept: true }));
  const service = browser.engineSide({ ...(openStore && { openStore }), ...ports });
  const tab = browser.tab();
  tab.connect(service);
  const conversation = await tab.engine.startDirect(newId(), ana.account);
  const timeline = tab.engine.openTimeline(conversation);
  await until(timeline, ({ loaded }) => loaded);
  return { service, tab, timeline, conversation };
}

function draft(conversation: string, text: string): PostDraft {
  return { id: newId(), conversation, text, sentAt: Date.now() };
}

function newId(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}

function statusOf({ rows }: TimelineView, id: string): string | undefined {
  const row = rows.find((candidate) => candidate.id === id);
  return row?.kind === "message" ? row.status?.kind : undefined;
}

function texts({ rows }: TimelineView): string[] {
  return rows.flatMap((row) => (row.kind === "message" && row.body.kind === "text" ? [row.body.text] : []));
}

function until<T>(observable: Observable<T>, fits: (value: T) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!fits(observable.get())) return;
      stop();
      resolve();
    };
    const stop = observable.subscribe(look);
    look();
  });
}
