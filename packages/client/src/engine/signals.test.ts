import { expect, test } from "bun:test";
import { notesConversationId } from "@parley/protocol";
import { type EngineFixture, group, me, newId, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

function typing(fixture: EngineFixture): readonly string[] | undefined {
  return fixture.engine.conversations.get().conversations[0]?.typing;
}

async function types(fixture: EngineFixture, active = true): Promise<void> {
  fixture.server.tell({ case: "signals", value: { typing: [{ conversation: group, account: you, active }] } });
  await settled();
}

test("[SIG1] typing is a lease of 5 s from receipt", async () => {
  const { fixture } = await inGroup(1);
  await types(fixture);
  expect(typing(fixture)).toEqual(["You"]);
  await fixture.clock.advance(4_999);
  expect(typing(fixture)).toEqual(["You"]);
  await fixture.clock.advance(1);
  expect(typing(fixture)).toEqual([]);
});

test("[SIG1] typing ends when it is said, when the message comes, and with the socket", async () => {
  const { fixture, log } = await inGroup(1);
  await types(fixture);
  await types(fixture, false);
  expect(typing(fixture)).toEqual([]);
  await types(fixture);
  fixture.server.tell({ case: "event", value: { event: log.post(you, "typed") } });
  await settled();
  expect(typing(fixture)).toEqual([]);
  await types(fixture);
  fixture.server.drop();
  await settled();
  expect(typing(fixture)).toEqual([]);
});

test("[SIG1] presence is known only while there is a socket", async () => {
  const { fixture } = await inGroup(1);
  const online = (): unknown => fixture.engine.conversations.get().conversations[0]?.people[0]?.online;
  fixture.server.tell({ case: "signals", value: { presence: [{ account: you, online: true }] } });
  await settled();
  expect(online()).toBe(true);
  fixture.server.drop();
  await settled();
  expect(online()).toBe(false);
});

test("one's own typing is told at once, at most every 3 s, and its end at once", async () => {
  const { fixture } = await inGroup(1);
  for (let key = 0; key < 10; key++) fixture.engine.typing(group, true);
  await settled();
  expect(fixture.server.take("typing")).toMatchObject([{ conversation: group, active: true }]);
  await fixture.clock.advance(3_000);
  fixture.engine.typing(group, true);
  fixture.engine.typing(group, false);
  fixture.engine.typing(group, false);
  await settled();
  expect(fixture.server.take("typing")).toMatchObject([{ active: true }, { active: false }]);
});

test("what one types in one's own notes is told to nobody", async () => {
  const { fixture } = await inGroup(1);
  const notes = await fixture.engine.startDirect(newId(), me);
  expect(notes).toBe(notesConversationId(me));
  fixture.engine.typing(notes, true);
  fixture.engine.typing(group, true);
  await settled();
  expect(fixture.server.take("typing")).toMatchObject([{ conversation: group, active: true }]);
});
