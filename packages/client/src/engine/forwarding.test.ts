import { expect, test } from "bun:test";
import { directConversationId, Encryption } from "@parley/protocol";
import { type EngineFixture, group, me, newId, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

/** What was posted, by conversation. */
function posted({ server }: EngineFixture) {
  return server.takeCommands().flatMap(({ command: { log, body } }) => {
    const content = body.case === "post" ? body.value.content : undefined;
    if (body.case !== "post" || content?.form.case !== "plain") return [];
    const { text, replyTo, forwarded } = content.form.value;
    return [{ log, text, replyTo, forwarded, mentions: body.value.envelope?.mentions ?? [] }];
  });
}

test("[FWD1] [FWD2] messages are posted anew, in their order, without what they answered and whom they named, once", async () => {
  const { fixture, log } = await inGroup(5, 10);
  const { engine } = fixture;
  const [first = ""] = log.entries(2, 2).map(({ id }) => id);
  const own = newId();
  await engine.post({ id: own, conversation: group, text: "hello @you", sentAt: 1, replyTo: first });
  await settled();
  const direct = await engine.startDirect(newId(), you);
  expect(direct).toBe(directConversationId(me, you, Encryption.NONE));
  const posts = [first, own].map((message) => ({ id: newId(), conversation: direct, message }));
  const forward = { from: group, sentAt: fixture.clock.now(), posts };
  expect(await engine.forward(forward)).toBe(0);
  expect(await engine.forward(forward)).toBe(0);
  await fixture.acceptAll(7);
  const timeline = engine.openTimeline(direct);
  await settled();
  const rows = timeline.get().rows.filter((row) => row.kind === "message");
  expect(rows.map(({ body, quote }) => ({ body, quote }))).toEqual([
    { body: { kind: "text", text: "message 1", edited: false, forwarded: true }, quote: undefined },
    { body: { kind: "text", text: "hello @you", edited: false, forwarded: true }, quote: undefined },
  ]);
});

test("[FWD1] names in what is forwarded notify nobody, and an edit leaves it forwarded", async () => {
  const { fixture, log } = await inGroup(5, 10);
  const { engine } = fixture;
  const [message = ""] = log.entries(2, 2).map(({ id }) => id);
  const id = newId();
  await engine.forward({ from: group, sentAt: 1, posts: [{ id, conversation: group, message }] });
  await settled();
  expect(posted(fixture)).toEqual([{ log: group, text: "message 1", replyTo: "", forwarded: true, mentions: [] }]);
  const other = newId();
  await engine.forward({ from: group, sentAt: 1, posts: [{ id: other, conversation: group, message }] });
  await engine.edit(newId(), group, other, "hello @you");
  const timeline = engine.openTimeline(group);
  await settled();
  const row = timeline.get().rows.find((one) => one.id === other);
  expect(row).toMatchObject({ body: { text: "hello @you", forwarded: true } });
});

test("[FWD2] what was deleted, or is not there, is left out and counted; nothing is queued of too many", async () => {
  const { fixture, log } = await inGroup(5, 10);
  const { engine } = fixture;
  const [first = "", second = ""] = log.entries(2, 3).map(({ id }) => id);
  await engine.deleteMessage(newId(), group, first);
  const posts = [first, second, newId()].map((message) => ({ id: newId(), conversation: group, message }));
  expect(await engine.forward({ from: group, sentAt: 1, posts })).toBe(2);
  const many = Array.from({ length: 2_001 }, () => ({ id: newId(), conversation: group, message: second }));
  await expect(engine.forward({ from: group, sentAt: 1, posts: many })).rejects.toMatchObject({ code: "invalid" });
});
