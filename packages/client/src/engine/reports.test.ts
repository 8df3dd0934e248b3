import { expect, test } from "bun:test";
import { RejectionCode, ReportReason } from "@parley/protocol";
import type { ReportDraft } from "../api/report-draft.ts";
import { EngineFixture, group, me, newId } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

const draft = (messages: readonly string[]): ReportDraft => {
  return { conversation: group, messages, reason: "harassment", note: "again", withContext: true };
};

test("[RPT3] a report goes to the account's log as it was chosen", async () => {
  const { fixture } = await inGroup(1, 1);
  const [id, message] = [newId(), newId()];
  await fixture.engine.report(id, draft([message]));
  await settled();
  const [sent] = fixture.server.takeCommands();
  const value = { conversation: group, messages: [message], reason: ReportReason.HARASSMENT };
  expect(sent?.command).toMatchObject({ id, log: me, body: { case: "reportMessage", value } });
  expect(sent?.command).toMatchObject({ body: { value: { note: "again", withContext: true } } });
});

test("[RPT3] without a network it waits, also after a reload", async () => {
  const { fixture } = await inGroup(1, 1);
  fixture.server.drop();
  fixture.server.accepts = false;
  const id = newId();
  await fixture.engine.report(id, draft([newId()]));
  await settled();
  const again = new EngineFixture(fixture.disk, fixture.clock);
  again.server.accepts = false;
  await again.engine.start();
  await again.clock.advance(10_000);
  const { groups } = again.engine.outbox.get();
  expect(groups).toMatchObject([{ id: me, items: [{ id, what: { kind: "report", of: group } }] }]);
});

test("[RPT1] one that was refused is kept with its reason until a person decides", async () => {
  const { fixture } = await inGroup(1, 1);
  const id = newId();
  await fixture.engine.report(id, draft([newId()]));
  await settled();
  await fixture.reject(RejectionCode.REPORTS_FULL, "full");
  await fixture.clock.advance(2_000);
  const { groups } = fixture.engine.outbox.get();
  expect(groups).toMatchObject([{ items: [{ id, state: { kind: "failed", code: RejectionCode.REPORTS_FULL } }] }]);
  await fixture.engine.discard(id);
  await fixture.clock.advance(2_000);
  expect(fixture.engine.outbox.get().failed).toBe(0);
});

test("a report of nothing, of too much, or with too long a note is refused at once", async () => {
  const { fixture } = await inGroup(1, 1);
  const many = Array.from({ length: 21 }, newId);
  expect(fixture.engine.report(newId(), draft([]))).rejects.toThrow("1 to 20");
  expect(fixture.engine.report(newId(), draft(many))).rejects.toThrow("1 to 20");
  expect(fixture.engine.report(newId(), { ...draft([newId()]), note: "x".repeat(1_001) })).rejects.toThrow("1000");
});
