import { expect, test } from "bun:test";
import { group, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

const content = (text: string) => ({ form: { case: "plain", value: { text } } }) as const;

/** A group in which somebody's message was edited. */
async function withEdit() {
  const { fixture, log } = await inGroup(3);
  const target = log.events[1]?.id ?? "";
  const edited = log.add(you, { case: "edited", value: { target, content: content("changed") } });
  fixture.server.tell({ case: "event", value: { event: edited } });
  await settled();
  const ask = async (before?: number) => {
    const view = fixture.engine.versions(group, target, before);
    // Who asks looks at it later.
    view.catch(() => undefined);
    await settled();
    return { view, asked: fixture.server.take("request").find(({ question }) => question.case === "versions") };
  };
  return { fixture, target, edited, ask };
}

test("[VER1] versions come from the server, and what is said now from the device", async () => {
  const { fixture, target, edited, ask } = await withEdit();
  const { view, asked } = await ask(7);
  expect(asked?.question.value).toMatchObject({ conversation: group, message: target, before: 7, limit: 50 });
  const versions = [{ seq: 2, at: 5, content: content("message 1") }];
  fixture.server.tell({
    case: "response",
    value: { id: asked?.id ?? 0, answer: { case: "versions", value: { versions, more: true } } },
  });
  expect(await view).toEqual({
    current: { seq: edited.seq, text: "changed", at: edited.receivedAt },
    versions: [{ seq: 2, at: 5, text: "message 1" }],
    more: true,
  });
});

test("[VER1] without the server, or where it knows of no such message, that is said", async () => {
  const { fixture, ask } = await withEdit();
  const refused = await ask();
  fixture.server.tell({
    case: "response",
    value: { id: refused.asked?.id ?? 0, answer: { case: "problem", value: { code: 11 } } },
  });
  await expect(refused.view).rejects.toMatchObject({ code: "not-found" });
  const lost = await ask();
  fixture.server.drop();
  await expect(lost.view).rejects.toMatchObject({ code: "offline" });
  await settled();
  await expect((await ask()).view).rejects.toMatchObject({ code: "offline" });
});
