import { expect, test } from "bun:test";
import type { ConversationView } from "@parley/client";
import { ObservedValue } from "../../observable/observed-value.ts";
import type { DueReminders } from "../engine-side/due-reminders.ts";
import { ana } from "../test-support/engine-side.ts";
import { MapStorage } from "../test-support/map-storage.ts";
import { MemoryLines } from "../test-support/memory-lines.ts";
import type { EngineLink, LinkHandlers } from "./engine-link.ts";
import { HandOffs } from "./hand-offs.ts";
import { LinkedHost } from "./linked-host.ts";

/** A tab whose only way to an engine side does what the test says. */
function scene(start: (handlers: LinkHandlers) => void) {
  const told: string[] = [];
  const removed: string[] = [];
  const tab = {
    attention: new ObservedValue(false),
    whenSeen: () => () => undefined,
    notify: ({ id }: ConversationView) => void told.push(id),
    remind: ({ tag }: DueReminders) => void told.push(tag),
    withdraw: (id: string) => void told.splice(told.indexOf(id), 1),
    isSignedIn: () => true,
    outlive: () => () => undefined,
  };
  const link = (): EngineLink => ({ place: "tab", tabLock: undefined, start, stop: () => undefined });
  const hello = { kind: "hello", account: ana, encoding: "proto" } as const;
  const handOffs = new HandOffs(new MapStorage(), ana.account);
  const host = new LinkedHost(hello, handOffs, [link], tab, async (account) => void removed.push(account));
  return { host, told, removed };
}

function conversation(id: string): ConversationView {
  const nothing = { newest: undefined, at: 0, unread: 1, mentions: 0, typing: [], draft: "" };
  const unset = { pinned: false, mutedUntil: 0, archived: false };
  return { id, kind: "direct", title: "Bo", people: [], memberCount: 2, writable: true, ...nothing, ...unset };
}

test("[STO6] what the system was told of an account's messages goes with the account", () => {
  const lines = new MemoryLines();
  const line = lines.open();
  const { host, told } = scene((handlers) => handlers.connected(line.tab));
  for (const id of ["one", "two", "three"]) line.engine.post({ kind: "notify", conversation: conversation(id) });
  const reminder = { conversation: "one", message: "four", ordinal: 4, at: 1, state: "due" } as const;
  line.engine.post({ kind: "remind", tag: "four", due: [reminder] });
  line.engine.post({ kind: "withdraw", tag: "two" });
  while (lines.deliverNext());
  expect(told).toEqual(["one", "three", "four"]);
  host.close();
  expect(told).toEqual([]);
});

test("[STO6] whoever signs out while an engine side is looked for is signed out also where none is found", async () => {
  let fail: () => void = () => undefined;
  const { host, removed } = scene((handlers) => {
    fail = () => handlers.failed();
  });
  const signedOut = host.signOut();
  await Bun.sleep(0);
  expect(removed).toEqual([]);
  fail();
  await signedOut;
  expect(removed).toEqual([ana.account]);
});
