import { expect, test } from "bun:test";
import { MemoryDisk } from "@parley/client-store";
import { pictureId, RejectionCode } from "@parley/protocol";
import { EngineFixture, group, newId, SampleLog, you } from "../testing/engine-fixture.ts";
import { settled } from "../testing/manual-clock.ts";

const [tea, cake] = ["tea", "cake"].map((words) => new TextEncoder().encode(words)) as [Uint8Array, Uint8Array];

/** An engine that is online and holds a group, which has this picture. */
async function withPicture(picture: Uint8Array, messages = 0) {
  const disk = new MemoryDisk();
  const fixture = new EngineFixture(disk);
  const log = new SampleLog();
  for (let index = 0; index < messages; index++) log.post(you, `message ${index}`);
  await fixture.online({ heads: [{ head: log.head, entryHead: log.entryHead, unread: 0 }] });
  fixture.server.tell(log.reset(messages + 30));
  await settled();
  const event = log.add(you, { case: "pictureSet", value: { picture: pictureId(picture) } });
  fixture.server.tell({ case: "event", value: { event } });
  await settled();
  const shown = () => fixture.engine.conversations.get().conversations.find(({ id }) => id === group)?.picture;
  /** Asks for the bytes; what the server is asked then. */
  const look = async (bytes: Uint8Array) => {
    const given = fixture.engine.picture(group, pictureId(bytes));
    // Who asks looks at it later.
    given.catch(() => undefined);
    await settled();
    const asked = fixture.server.take("request").filter(({ question }) => question.case === "picture");
    return { given, asked };
  };
  const answer = async (id: number | undefined, bytes: Uint8Array) => {
    const value = { id: id ?? 0, answer: { case: "picture", value: { picture: bytes } } } as const;
    fixture.server.tell({ case: "response", value });
    await settled();
  };
  return { disk, fixture, log, shown, look, answer };
}

test("[PIC1] a picture is shown at once, with its bytes, and the one before where it is rejected, which says why", async () => {
  const { fixture, shown, look } = await withPicture(tea);
  await fixture.engine.setPicture(newId(), group, cake);
  await settled();
  expect(shown()).toBe(pictureId(cake));
  const { given, asked } = await look(cake);
  expect([await given, asked]).toEqual([cake, []]);
  await fixture.reject(RejectionCode.INVALID, "no");
  expect(shown()).toBe(pictureId(tea));
  await fixture.clock.advance(200);
  expect(fixture.engine.outbox.get().groups[0]?.items).toMatchObject([
    { what: { kind: "picture", empty: false }, state: { kind: "failed", code: RejectionCode.INVALID } },
  ]);
});

test("[PIC1] a picture that is removed is shown no more, and one that is too large is not taken", async () => {
  const { fixture, shown } = await withPicture(tea);
  await fixture.engine.setPicture(newId(), group, new Uint8Array());
  await settled();
  expect(shown()).toBeUndefined();
  const tooLarge = fixture.engine.setPicture(newId(), group, new Uint8Array(32 * 1024 + 1));
  await expect(tooLarge).rejects.toMatchObject({ code: "invalid" });
});

test("[PIC2] who draws a picture asks once, and has it from then on without the server", async () => {
  const { disk, fixture, look, answer } = await withPicture(tea);
  const [first, second] = [await look(tea), await look(tea)];
  expect(first.asked.map(({ question }) => question.value)).toMatchObject([
    { conversation: group, picture: pictureId(tea) },
  ]);
  expect(second.asked).toEqual([]);
  await answer(first.asked[0]?.id, tea);
  expect([await first.given, await second.given]).toEqual([tea, tea]);
  expect(disk.image.picture(group)).toEqual({ conversation: group, id: pictureId(tea), bytes: tea });
  fixture.server.drop();
  await settled();
  expect(await (await look(tea)).given).toEqual(tea);
});

test("[PIC1] other bytes than those of the id are shown by nobody, and kept nowhere", async () => {
  const { disk, look, answer } = await withPicture(tea);
  const { given, asked } = await look(tea);
  await answer(asked[0]?.id, cake);
  await expect(given).rejects.toMatchObject({ code: "not-found" });
  expect(disk.image.picture(group)).toBeUndefined();
});

test("[PIC2] what a group has no more is kept no more, and what comes too late is not kept", async () => {
  const { disk, fixture, log, shown, look, answer } = await withPicture(tea);
  const { asked } = await look(tea);
  await answer(asked[0]?.id, tea);
  const late = await look(cake);
  const event = log.add(you, { case: "pictureSet", value: { picture: "" } });
  fixture.server.tell({ case: "event", value: { event } });
  await settled();
  expect([shown(), disk.image.picture(group)]).toEqual([undefined, undefined]);
  await answer(late.asked[0]?.id, cake);
  expect(await late.given).toEqual(cake);
  expect(disk.image.picture(group)).toBeUndefined();
});

test("without the server a picture that is not held cannot be had", async () => {
  const { fixture, look } = await withPicture(tea);
  const lost = await look(tea);
  fixture.server.drop();
  await expect(lost.given).rejects.toMatchObject({ code: "offline" });
  await settled();
  await expect((await look(tea)).given).rejects.toMatchObject({ code: "offline" });
});

test("[STO10] on a device without room its bytes go before any history does", async () => {
  const { disk, fixture, look, answer } = await withPicture(tea, 500);
  const post = (text: string) => fixture.engine.post({ id: newId(), conversation: group, text, sentAt: 1 });
  await answer((await look(tea)).asked[0]?.id, tea);
  await post("typed before");
  expect(disk.image.picture(group)?.bytes).toEqual(tea);
  const held = disk.image.entries(group, 1, 1_000);
  disk.room = disk.image.rows;
  await post("typed on a full disk");
  expect(disk.image.picture(group)).toBeUndefined();
  expect(held.length).toBeGreaterThan(500);
  expect(disk.image.entries(group, 1, 1_000)).toEqual(held);
  expect(disk.image.state().outbox).toHaveLength(2);
});
