import { describe, expect, test } from "bun:test";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { type AccountPreferencesSchema, type Entry, RejectionCode } from "@parley/protocol";
import type { PlacedMessage } from "../api/placed-message.ts";
import type { MessageRow } from "../api/timeline-view.ts";
import { EngineFixture, group, me, newId } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

type Told = MessageInitShape<typeof AccountPreferencesSchema>;

/** In a group with three messages of which the newest two are held, told that this much is saved as of account head 3. */
async function withSaved(tell: (messages: readonly string[]) => Told = () => ({})) {
  const { fixture, log } = await inGroup(3, 2);
  const ids = log.entries(2, 4).map(({ id }) => id);
  fixture.server.drop();
  await fixture.clock.advance(1_000);
  fixture.server.take("hello");
  const conversations = [{ head: { conversation: group, ...log.head }, entryHead: log.entryHead }];
  const shared = { account: me, device: "", incarnation: "one", credit: 64, heartbeatMs: 30_000, conversations };
  fixture.server.tell({
    case: "welcome",
    value: { ...shared, serverTime: fixture.clock.now(), accountHead: 3, preferences: tell(ids) },
  });
  await settled();
  const save = async (message: string, saved: boolean, id = newId()) => {
    await fixture.engine.save(id, group, message, saved);
    await settled();
    return id;
  };
  return { fixture, log, ids, save };
}

async function looking(fixture: EngineFixture) {
  const timeline = fixture.engine.openTimeline(group);
  await settled();
  return () => timeline.get().rows.filter((row): row is MessageRow => row.kind === "message");
}

const shownSaved = (rows: readonly MessageRow[]) => rows.filter(({ saved }) => saved).map(({ id }) => id);

describe("saved messages", () => {
  test("[SAV4] what is saved is shown at once, sent as a command to the account's log, and settled by its event", async () => {
    const { fixture, ids, save } = await withSaved();
    const rows = await looking(fixture);
    const [, second = ""] = ids;
    const id = await save(second, true);
    expect(shownSaved(rows())).toEqual([second]);
    expect(fixture.engine.account.get().saved?.count).toBe(1);
    const value = { conversation: group, message: second, saved: true };
    expect(fixture.server.takeCommands().map(({ command }) => [command.id, command.log, command.body])).toMatchObject([
      [id, me, { case: "setSaved", value }],
    ]);
    const event = { seq: 4, id, receivedAt: 77, body: { case: "savedSet", value: { ...value, ordinal: 3 } } } as const;
    fixture.server.tell({ case: "accountEvent", value: event });
    await settled();
    expect(shownSaved(rows())).toEqual([second]);
    expect(fixture.engine.conversations.get().pending).toBe(0);
    expect(fixture.disk.image.state().meta?.saved).toEqual([
      { conversation: group, message: second, ordinal: 3, savedAt: 77 },
    ]);
  });

  test("[SAV4] what is rejected is saved no more, and after a reload without a network what waits is", async () => {
    const { fixture, ids, save } = await withSaved();
    const rows = await looking(fixture);
    const [, second = "", third = ""] = ids;
    await save(second, true);
    await fixture.reject(RejectionCode.SAVED_FULL, "full");
    expect(shownSaved(rows())).toEqual([]);
    fixture.server.drop();
    fixture.server.accepts = false;
    await save(third, true);
    const again = new EngineFixture(fixture.disk, fixture.clock);
    again.server.accepts = false;
    await again.engine.start();
    expect(again.engine.account.get().saved?.count).toBe(1);
  });

  test("[SAV3] the list asks for what is not held, and tells what is gone from what is not here", async () => {
    const { fixture, log, ids } = await withSaved((messages) => ({
      saved: [...messages, newId()].map((message, index) => ({
        conversation: group,
        message,
        ordinal: index + 2,
        savedAt: index,
      })),
    }));
    const asked = fixture.engine.savedMessages(10);
    const answer = async (entries: Entry[]) => {
      await settled();
      const [request] = fixture.server.take("request");
      if (request?.question.case !== "entries") throw new Error("nothing was asked");
      const told = { case: "entries", value: { asOf: 4, entries } } as const;
      fixture.server.tell({ case: "response", value: { id: request.id, answer: told } });
      return request.question.value.ids.length;
    };
    expect(await answer(log.entries(2, 2))).toBe(2);
    expect(await answer([])).toBe(1);
    const { count, items } = await asked;
    expect(count).toBe(4);
    const said = ({ what }: PlacedMessage) =>
      what.kind === "message" && what.body.kind === "text" ? what.body.text : what.kind;
    expect(items.map(said)).toEqual(["gone", "message 3", "message 2", "message 1"]);
    expect(items.map(({ id }) => id).slice(1)).toEqual(ids.toReversed());
    fixture.server.drop();
    await settled();
    const offline = await fixture.engine.savedMessages(10);
    expect(offline.items.map(({ what }) => what.kind)).toEqual(["elsewhere", "message", "message", "elsewhere"]);
  });

  test("a window that was opened in the same turn goes to the message that is wanted", async () => {
    const { fixture } = await inGroup(300, 200);
    // What keeps the engine busy, so that both come together.
    const busy = fixture.engine.draft(group);
    const timeline = fixture.engine.openTimeline(group);
    const arrived = timeline.jumpTo(150);
    await busy;
    await settled();
    await arrived;
    const ordinals = timeline.get().rows.flatMap((row) => (row.kind === "message" ? [row.ordinal] : []));
    expect(ordinals).toContain(150);
  });
});
