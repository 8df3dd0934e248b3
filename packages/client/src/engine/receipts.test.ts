import { expect, test } from "bun:test";
import { group, me, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

/** A group in which one's own message is the fifth entry. */
async function withMessage() {
  const { fixture, log } = await inGroup(3);
  const mine = log.post(me, "mine");
  fixture.server.tell({ case: "event", value: { event: mine } });
  await settled();
  const ask = async () => {
    const view = fixture.engine.receipts(group, mine.id);
    await settled();
    const asked = fixture.server.take("request").find(({ question }) => question.case === "receipts");
    return { view, asked };
  };
  return { fixture, mine, ask };
}

test("[MRK6] receipts come from the server, with the times that it knows", async () => {
  const { fixture, mine, ask } = await withMessage();
  const { view, asked } = await ask();
  expect(asked?.question.value).toMatchObject({ conversation: group, message: mine.id });
  const receipts = [{ account: you, delivered: true, read: true, deliveredAt: 5, readAt: 0 }];
  fixture.server.tell({
    case: "response",
    value: { id: asked?.id ?? 0, answer: { case: "receipts", value: { receipts } } },
  });
  const [receipt] = (await view).receipts;
  expect(receipt).toMatchObject({ account: you, reached: "read", deliveredAt: 5, readAt: undefined });
  expect((await view).from).toBe("server");
});

test("[MRK6] without the server, receipts are what marks tell, without times", async () => {
  const { fixture, ask } = await withMessage();
  fixture.server.tell({
    case: "registers",
    value: { memberMarks: [{ conversation: group, account: you, delivered: 5, read: 4 }] },
  });
  await settled();
  const lost = await ask();
  fixture.server.drop();
  const known = { account: you, reached: "delivered", deliveredAt: undefined, readAt: undefined };
  expect(await lost.view).toMatchObject({ from: "device", receipts: [known] });
  const { view, asked } = await ask();
  expect(asked).toBeUndefined();
  expect(await view).toMatchObject({ from: "device", receipts: [known] });
});
