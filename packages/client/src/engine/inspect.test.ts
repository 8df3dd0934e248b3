import { expect, test } from "bun:test";
import { group, newId } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

test("a look shows heads, ranges and what waits, without the words of a message", async () => {
  const { fixture } = await inGroup(3);
  const id = newId();
  await fixture.engine.post({ id, conversation: group, text: "between us", sentAt: 1 });
  const look = fixture.engine.inspect();
  expect(look.connection.kind).toBe("online");
  expect(look.conversations).toMatchObject([
    { id: group, kind: "GROUP", headSeq: 4, entryHead: 4, ranges: [{ from: 1, to: 4 }], catchUp: "current" },
  ]);
  expect(look.outbox).toMatchObject([{ id, log: group, body: "post", possiblySent: true, state: "queued" }]);
  expect(look.outboxSize).toBe(1);
  expect(JSON.stringify(look)).not.toContain("between us");
});

test("a resync says Hello without heads, once", async () => {
  const { fixture, log } = await inGroup(1);
  fixture.server.take("hello");
  fixture.engine.resync();
  await settled();
  const [asking] = fixture.server.take("hello");
  expect(asking?.heads).toEqual([]);
  await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  fixture.server.drop();
  await settled();
  fixture.networkReturns();
  await settled();
  expect(fixture.server.take("hello").at(-1)?.heads).toMatchObject([{ conversation: group, seq: 2 }]);
});
