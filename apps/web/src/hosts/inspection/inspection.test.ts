import { expect, test } from "bun:test";
import { TestBrowser } from "../test-support/engine-side.ts";

test("a tab looks into the engine, and the debug bundle holds nothing that was written", async () => {
  const browser = new TestBrowser();
  const tab = browser.tab();
  tab.connect(browser.engineSide());
  const { engine } = tab;
  const conversation = await engine.startDirect(
    "018f0000-0000-7000-8000-000000000001",
    "018f0000-0000-7000-8000-00000000000b",
  );
  await engine.post({ id: "018f0000-0000-7000-8000-000000000002", conversation, text: "between us", sentAt: 1 });
  const look = await engine.inspector.look(0);
  expect(look.engine.outbox.map(({ body, state }) => [body, state])).toEqual([
    ["create", "queued"],
    ["post", "held until 018f0000-0000-7000-8000-000000000001"],
  ]);
  expect(look.connections.slice(0, 4).map(({ state, detail }) => `${state} ${detail}`.trim())).toEqual([
    "starting",
    "connecting",
    "closed 1006",
    "offline",
  ]);
  expect(look.way).toBeUndefined();
  await engine.inspector.setTrouble({ latencyMs: 200, loss: 0.1 });
  expect((await engine.inspector.look(0)).trouble).toEqual({ latencyMs: 200, loss: 0.1 });
  const bundle = await engine.inspector.bundle();
  expect(JSON.parse(bundle)).toMatchObject({ engine: { outboxSize: 2 } });
  expect(bundle).not.toContain("between us");
});
