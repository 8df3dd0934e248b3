import { expect, test } from "bun:test";
import { EngineFixture, group, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

test("[MRK7] what the account keeps to itself is the newest that was told, also after a restart", async () => {
  const { fixture } = await inGroup(1);
  expect(fixture.engine.account.get().privacy).toBeUndefined();
  for (const privacy of [
    { rev: 2, hidesReads: true },
    { rev: 1, hidesReads: false },
  ]) {
    fixture.server.tell({ case: "registers", value: { privacy } });
    await settled();
    expect(fixture.engine.account.get().privacy).toEqual({ hidesReads: true, hidesPresence: false });
  }
  const again = new EngineFixture(fixture.disk, fixture.clock);
  await again.engine.start();
  await settled();
  expect(fixture.disk.image.state().meta?.privacy).toEqual({ rev: 2, hidesReads: true, hidesPresence: false });
});

test("[MRK7] who hides what was read forgets what others have", async () => {
  const { fixture } = await inGroup(1);
  const mark = { conversation: group, account: you, delivered: 2, read: 2 };
  fixture.server.tell({ case: "registers", value: { memberMarks: [mark] } });
  await settled();
  fixture.server.tell({ case: "registers", value: { privacy: { rev: 1, hidesReads: true } } });
  await settled();
  expect(fixture.disk.image.state().conversations[0]?.others).toEqual([
    { account: you, marks: { delivered: 2, read: 0 } },
  ]);
});
