import { expect, test } from "bun:test";
import { limits } from "@parley/protocol";
import { EngineFixture, group, me, newId, SampleLog, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

const elsewhere = "018f0000-0000-7000-8000-0000000000d2";

function shown(fixture: EngineFixture): string | undefined {
  return fixture.engine.conversations.get().conversations.find(({ id }) => id === group)?.draft;
}

function sent(fixture: EngineFixture) {
  return fixture.server.take("drafts").flatMap(({ updates }) => updates.map(({ text, base }) => [text, base]));
}

/** @param base of the last update of this device that was stored; undefined if none was */
async function tell(fixture: EngineFixture, text: string, version: number, base?: number): Promise<void> {
  const writers = base === undefined ? [] : [{ device: own(fixture), base }];
  const draft = { conversation: group, text, version, changedAt: 1, device: elsewhere, writers };
  fixture.server.tell({ case: "registers", value: { drafts: [draft] } });
  await settled();
}

function own(fixture: EngineFixture): string {
  return fixture.disk.image.state().meta?.device ?? "";
}

test("[DRF8] a draft travels at most once a second, in its newest form, until it is answered", async () => {
  const { fixture } = await inGroup(3);
  for (const text of ["T", "Te", "Tea"]) await fixture.engine.saveDraft(group, text);
  await fixture.clock.advance(2_000);
  expect(sent(fixture)).toEqual([["T", 0]]);
  await tell(fixture, "T", 7, 0);
  await fixture.engine.saveDraft(group, "Tea!");
  expect(sent(fixture)).toEqual([["Tea", 7]]);
  await tell(fixture, "Tea", 8, 7);
  await fixture.clock.advance(1_000);
  expect(sent(fixture)).toEqual([["Tea!", 8]]);
  await tell(fixture, "Tea!", 9, 8);
  await fixture.clock.advance(60_000);
  expect(sent(fixture)).toEqual([]);
  expect(shown(fixture)).toBe("Tea!");
});

test("[DRF4] a draft whose tab saves it again after another tab has handed its post over ends with the second handing over", async () => {
  const { fixture } = await inGroup(3);
  fixture.server.drop();
  await settled();
  const post = { id: newId(), conversation: group, text: "Tea", sentAt: 1, draft: "Tea" };
  await fixture.engine.post(post);
  await fixture.engine.saveDraft(group, "Tea", "");
  await fixture.engine.post(post);
  expect(shown(fixture)).toBe("");
  expect(fixture.disk.image.state().outbox).toHaveLength(1);
});

test("[OUT1] [DRF4] a draft ends in the transaction that queues its post: where that fails, the draft is what it was", async () => {
  const { fixture } = await inGroup(3);
  fixture.server.drop();
  await settled();
  await fixture.engine.saveDraft(group, "Tea");
  const post = { id: newId(), conversation: group, text: "Tea", sentAt: 1, draft: "Tea" };
  const stored = () => {
    const { outbox, drafts } = fixture.disk.image.state();
    return [outbox.length, drafts.map(({ text }) => text)];
  };
  const seen = new Set<string>();
  fixture.disk.faults = (operation) => {
    seen.add(JSON.stringify(stored()));
    return operation === "commit" ? "full" : undefined;
  };
  await fixture.engine.post(post).catch(() => undefined);
  expect(stored()).toEqual([0, ["Tea"]]);
  expect(shown(fixture)).toBe("Tea");
  fixture.disk.faults = () => {
    seen.add(JSON.stringify(stored()));
    return undefined;
  };
  await fixture.engine.post(post);
  expect(stored()).toEqual([1, []]);
  expect([...seen]).toEqual([JSON.stringify([0, ["Tea"]])]);
});

test("[DRF8] a draft written offline is sent after the next Welcome, also after a restart", async () => {
  const { fixture, log } = await inGroup(3);
  fixture.server.drop();
  await settled();
  await fixture.engine.saveDraft(group, "Tea");
  await fixture.engine.stop();
  const again = new EngineFixture(fixture.disk, fixture.clock);
  await again.online({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  await again.clock.advance(1_000);
  expect(shown(again)).toBe("Tea");
  expect(sent(again)).toEqual([["Tea", 0]]);
});

test("[DRF3] Hello names the greatest version that was told, and a draft told again changes nothing", async () => {
  const { fixture } = await inGroup(3);
  await tell(fixture, "Tea", 9);
  expect(shown(fixture)).toBe("Tea");
  await tell(fixture, "old", 8);
  expect(shown(fixture)).toBe("Tea");
  fixture.server.drop();
  await fixture.clock.advance(5_000);
  expect(fixture.server.take("hello").at(-1)?.draftsKnown).toBe(9);
});

test("[DRF2] where another device wrote meanwhile, both texts are joined and sent again", async () => {
  const { fixture } = await inGroup(3);
  await fixture.engine.saveDraft(group, "Tea");
  await fixture.clock.advance(1_000);
  await tell(fixture, "Coffee", 5);
  await fixture.clock.advance(1_000);
  expect(shown(fixture)).toBe("Coffee\nTea");
  expect(sent(fixture)).toEqual([
    ["Tea", 0],
    ["Coffee\nTea", 5],
  ]);
});

test("[DRF4] what was posted elsewhere leaves a draft that it was joined with", async () => {
  const { fixture } = await inGroup(3);
  await fixture.engine.saveDraft(group, "Tea");
  await tell(fixture, "Coffee", 5);
  expect(shown(fixture)).toBe("Coffee\nTea");
  await tell(fixture, "", 6);
  expect(shown(fixture)).toBe("Tea");
});

test("[DRF4] what was posted elsewhere leaves a draft also where something was written in the midst of it", async () => {
  const { fixture } = await inGroup(3);
  await tell(fixture, "Tea", 5);
  await fixture.engine.saveDraft(group, "Tea\nCake", "Tea");
  await tell(fixture, "Tea\nCoffee", 6);
  expect(shown(fixture)).toBe("Tea\nCake\nCoffee");
  await tell(fixture, "", 7);
  expect(shown(fixture)).toBe("Cake");
});

test("[DRF2] what comes back in the device's own name does not undo what was written since", async () => {
  const { fixture } = await inGroup(3);
  await fixture.engine.saveDraft(group, "Tea");
  await fixture.clock.advance(1_000);
  await fixture.engine.saveDraft(group, "Coffee");
  await tell(fixture, "Tea", 5, 0);
  expect(shown(fixture)).toBe("Coffee");
  await fixture.clock.advance(1_000);
  expect(sent(fixture).at(-1)).toEqual(["Coffee", 5]);
});

test("[DRF2] a store that lost its latest writes takes its own draft back", async () => {
  const { fixture, log } = await inGroup(3);
  await fixture.engine.saveDraft(group, "Te");
  await fixture.engine.stop();
  const again = new EngineFixture(fixture.disk, fixture.clock);
  await again.online({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  // It was sent and acknowledged before the power went.
  await tell(again, "Tea at five", 6, 0);
  expect(shown(again)).toBe("Tea at five");
});

test("[DRF4] a post names the version that it clears, and empties the draft in the same commit", async () => {
  const { fixture } = await inGroup(3);
  await tell(fixture, "Te", 5);
  await fixture.engine.saveDraft(group, "Tea", "Te");
  fixture.server.take("submit");
  fixture.failsNext = true;
  const post = { id: newId(), conversation: group, text: "Tea", sentAt: 1, draft: "Tea" };
  await fixture.engine.post(post).catch(() => undefined);
  await settled();
  expect(shown(fixture)).toBe(fixture.disk.image.state().outbox.some(({ id }) => id === post.id) ? "" : "Tea");
  await fixture.clock.advance(5_000);
  await fixture.welcome({ heads: [{ head: { seq: 4, tag: 28 }, entryHead: 4 }] });
  await fixture.engine.post(post);
  expect(shown(fixture)).toBe("");
  const [command] = fixture.server.takeCommands().map((one) => one.command);
  expect(command?.body).toMatchObject({ case: "post", value: { envelope: { clearsDraft: 5 } } });
  // Given again it neither posts nor clears again.
  await fixture.engine.saveDraft(group, "next");
  await fixture.engine.post(post);
  expect(shown(fixture)).toBe("next");
});

test("[DRF4] a draft whose answer was lost does not come back when another device has posted it", async () => {
  const { fixture, log } = await inGroup(3);
  await fixture.engine.saveDraft(group, "Tea");
  await fixture.clock.advance(1_000);
  expect(sent(fixture)).toEqual([["Tea", 0]]);
  await fixture.engine.stop();
  const again = new EngineFixture(fixture.disk, fixture.clock);
  await again.online({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  await tell(again, "", 6, 0);
  expect(shown(again)).toBe("");
});

test("[DRF2] a draft that never arrived stays when another device has posted its own", async () => {
  const { fixture, log } = await inGroup(3);
  await fixture.engine.saveDraft(group, "Tea");
  await fixture.clock.advance(1_000);
  await fixture.engine.stop();
  const again = new EngineFixture(fixture.disk, fixture.clock);
  await again.online({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  await tell(again, "", 6);
  expect(shown(again)).toBe("Tea");
});

test("[DRF4] [STO8] a draft whose answer was lost does not come back after its post, also from a device that this one was before its store was rebuilt", async () => {
  const { fixture } = await inGroup(3);
  await fixture.engine.saveDraft(group, "Tea");
  await fixture.clock.advance(2_000);
  await tell(fixture, "Tea", 7, 0);
  await fixture.engine.saveDraft(group, "Tea\nat five");
  await fixture.clock.advance(2_000);
  expect(sent(fixture)).toContainEqual(["Tea\nat five", 7]);
  const text = "Tea\nat five";
  await fixture.engine.post({ id: newId(), conversation: group, text, draft: text, sentAt: fixture.clock.now() });
  await settled();
  const writers = [{ device: elsewhere, base: 7 }];
  const draft = { conversation: group, text, version: 8, changedAt: 1, device: elsewhere, writers };
  fixture.server.tell({ case: "registers", value: { drafts: [draft] } });
  await settled();
  expect(shown(fixture)).toBe("");
});

test("[DRF4] a post that was no draft clears none", async () => {
  const { fixture } = await inGroup(3);
  await tell(fixture, "Tea", 5);
  await fixture.engine.post({ id: newId(), conversation: group, text: "a bot speaks", sentAt: 1 });
  expect(shown(fixture)).toBe("Tea");
  const [command] = fixture.server.takeCommands().map((one) => one.command);
  expect(command?.body).toMatchObject({ case: "post", value: { envelope: { clearsDraft: 0 } } });
});

test("[DRF4] a post that was written without knowing of another device's draft leaves that", async () => {
  const { fixture } = await inGroup(3);
  await tell(fixture, "Coffee", 5);
  await fixture.engine.post({ id: newId(), conversation: group, text: "Tea", sentAt: 1, draft: "" });
  expect(shown(fixture)).toBe("Coffee");
  const [command] = fixture.server.takeCommands().map((one) => one.command);
  expect(command?.body).toMatchObject({ case: "post", value: { envelope: { clearsDraft: 0 } } });
});

test("[DRF4] a draft that was posted offline does not empty what another device wrote since", async () => {
  const { fixture, log } = await inGroup(3);
  await tell(fixture, "Tea", 5);
  fixture.server.drop();
  await settled();
  await fixture.engine.post({ id: newId(), conversation: group, text: "Tea", sentAt: 1, draft: "Tea" });
  expect(shown(fixture)).toBe("");
  await fixture.clock.advance(5_000);
  await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  await tell(fixture, "Coffee", 6);
  await fixture.clock.advance(5_000);
  expect(shown(fixture)).toBe("Coffee");
  expect(sent(fixture).filter(([, base]) => base === 6)).toEqual([]);
});

test("[DRF4] the post empties the draft on the server: only if it does not, that is asked for", async () => {
  const { fixture } = await inGroup(3);
  await tell(fixture, "Tea", 5);
  await fixture.engine.post({ id: newId(), conversation: group, text: "Tea", sentAt: 1, draft: "Tea" });
  await fixture.clock.advance(1_000);
  expect(sent(fixture)).toEqual([]);
  await fixture.clock.advance(2_000);
  expect(sent(fixture)).toEqual([["", 5]]);
});

test("[DRF6] a draft waits for the membership, and for its conversation", async () => {
  const fixture = new EngineFixture();
  await fixture.online();
  await fixture.engine.saveDraft(group, "Tea");
  await fixture.clock.advance(5_000);
  expect(sent(fixture)).toEqual([]);
  const log = new SampleLog();
  log.post(you, "Hello");
  fixture.server.tell(log.reset(30));
  await fixture.clock.advance(2_000);
  expect(sent(fixture)).toEqual([["Tea", 0]]);
  fixture.server.tell({
    case: "event",
    value: { event: log.add(you, { case: "membersRemoved", value: { accounts: [me] } }) },
  });
  await fixture.clock.advance(2_000);
  await fixture.engine.saveDraft(group, "Tea at five");
  await fixture.clock.advance(5_000);
  expect(sent(fixture)).toEqual([]);
});

test("[DRF6] what was not sent before the membership ended is not shown until it is back", async () => {
  const { fixture, log } = await inGroup(3);
  const tellEvent = (event: ReturnType<SampleLog["add"]>) => {
    fixture.server.tell({ case: "event", value: { event } });
    return settled();
  };
  fixture.server.drop();
  await settled();
  await fixture.engine.saveDraft(group, "Tea");
  expect(shown(fixture)).toBe("Tea");
  await fixture.clock.advance(5_000);
  await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  await tellEvent(log.add(you, { case: "membersRemoved", value: { accounts: [me] } }));
  expect(shown(fixture)).toBe("");
  await tellEvent(log.add(you, { case: "membersAdded", value: { accounts: [me] } }));
  expect(shown(fixture)).toBe("Tea");
  await fixture.engine.leave(newId(), group);
  expect(shown(fixture)).toBe("");
});

test("a draft that is longer than a message stays on its device", async () => {
  const { fixture } = await inGroup(3);
  const text = "x".repeat(limits.textCharacters + 1);
  await fixture.engine.saveDraft(group, text);
  await fixture.clock.advance(5_000);
  expect(sent(fixture)).toEqual([]);
  expect(shown(fixture)).toBe(text);
});

test("[DRF9] in another incarnation a draft counts as written anew", async () => {
  const { fixture, log } = await inGroup(3);
  await tell(fixture, "Tea", 5);
  fixture.server.drop();
  await fixture.clock.advance(5_000);
  await fixture.welcome({ incarnation: "two", heads: [{ head: log.head, entryHead: log.entryHead }] });
  fixture.server.tell(log.reset(30));
  await fixture.clock.advance(5_000);
  expect(shown(fixture)).toBe("Tea");
  expect(sent(fixture)).toEqual([["Tea", 0]]);
  expect(fixture.disk.image.state().confirmedDrafts.map(({ version }) => version)).toEqual([0]);
});
