import { createEngine, type EngineHandle, type Transport } from "@parley/client";
import { openIndexedDbStore } from "@parley/client-store/indexeddb";
import type { Deed, WeekPlan } from "./week-plan.ts";

/** Runs in a page of the app's address where the app does not: the app's engine, with its store, where nothing connects. */
const nowhere: Transport = {
  connect(handlers) {
    queueMicrotask(() => handlers.closed({ code: 1006 }));
    return { encoding: "proto", send: () => undefined, close: () => undefined };
  },
};

/** Queues what was done in a week, a round of the conversations at a time; how many commands. */
async function queueWeek({ account, conversations }: WeekPlan): Promise<number> {
  const store = await openIndexedDbStore(account.account);
  const engine = createEngine({
    transport: nowhere,
    store,
    account,
    deviceName: "Bench",
    clock: {
      now: () => Date.now(),
      elapsed: () => performance.now(),
      after(delayMs, task) {
        const timer = setTimeout(task, delayMs);
        return () => clearTimeout(timer);
      },
    },
    random: {
      bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
      fraction: () => Math.random(),
    },
    network: { online: () => false, onReturn: () => () => undefined, onLoss: () => () => undefined },
  });
  await engine.start();
  const rounds = Math.max(...conversations.map(({ deeds }) => deeds.length));
  for (let round = 0; round < rounds; round++) {
    await Promise.all(
      conversations.map(({ log, deeds }) => {
        const deed = deeds[round];
        return deed === undefined ? undefined : doOnce(engine, log, deed);
      }),
    );
  }
  await engine.stop();
  await store.close();
  return conversations.reduce((sum, { deeds }) => sum + deeds.length, 0);
}

function doOnce(engine: EngineHandle, conversation: string, deed: Deed): Promise<void> {
  switch (deed.kind) {
    case "post":
      return engine.post({ id: deed.id, conversation, text: deed.text, sentAt: Date.now(), draft: "" });
    case "edit":
      return engine.edit(deed.id, conversation, deed.target, `${deed.id}, after some thought`);
    case "react":
      return engine.react(deed.id, conversation, deed.target, "👍", true);
  }
}

Object.assign(globalThis, { benchQueueWeek: queueWeek });
