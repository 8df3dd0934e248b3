import { expect, test } from "bun:test";
import { type EngineFixture, group, me, newId, SampleLog, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

/** Two posts of this device, acknowledged and held. */
async function withTwoPosts(): Promise<{ fixture: EngineFixture; log: SampleLog; first: string; second: string }> {
  const { fixture, log } = await inGroup(1);
  const ids: string[] = [];
  for (const text of ["first", "second"]) {
    const id = newId();
    ids.push(id);
    await fixture.engine.post({ id, conversation: group, text, sentAt: 1 });
    await fixture.acceptAll(log.head.seq + 1);
    fixture.server.tell({ case: "event", value: { event: log.post(me, text, id) } });
    await settled();
  }
  return { fixture, log, first: ids[0] ?? "", second: ids[1] ?? "" };
}

/** The server after a backup was restored that knows the group only up to the first post. */
async function restored(fixture: EngineFixture, first: string): Promise<SampleLog> {
  const log = new SampleLog();
  log.post(you, "message 1");
  log.post(me, "first", first);
  fixture.server.drop();
  await fixture.clock.advance(2_000);
  await fixture.welcome({ incarnation: "two", heads: [{ head: log.head, entryHead: log.entryHead }] });
  fixture.server.tell(log.reset(30));
  await settled();
  return log;
}

async function answerVerdicts(fixture: EngineFixture, known: Readonly<Record<string, number>>): Promise<void> {
  for (const { id, question } of fixture.server.take("request")) {
    if (question.case !== "verdicts") continue;
    const answers = question.value.ids
      .filter((each) => known[each] !== undefined)
      .map((each) => ({
        id: each,
        outcome: {
          case: "verdict" as const,
          value: {
            log: group,
            outcome: { case: "accepted" as const, value: { seq: known[each] ?? 0, receivedAt: 1 } },
          },
        },
      }));
    fixture.server.tell({ case: "response", value: { id, answer: { case: "verdicts", value: { answers } } } });
    await settled();
  }
}

test("[INC2] acknowledged commands that the restored server does not know are sent again with their ids", async () => {
  const { fixture, first, second } = await withTwoPosts();
  await restored(fixture, first);
  expect(fixture.server.takeCommands()).toEqual([]);
  await answerVerdicts(fixture, { [first]: 3 });
  expect(fixture.server.takeCommands()).toMatchObject([{ command: { id: second } }]);
  expect(fixture.disk.image.state().meta?.incarnation).toBe("two");
});

test("[INC1] ranges and marks of the former history are dropped", async () => {
  const { fixture, first } = await withTwoPosts();
  fixture.engine.markRead(group, 4);
  await settled();
  const timeline = fixture.engine.openTimeline(group);
  await settled();
  expect(timeline.get().rows).toHaveLength(4);
  await restored(fixture, first);
  await answerVerdicts(fixture, { [first]: 3 });
  expect(fixture.disk.image.state().conversations[0]).toMatchObject({
    head: { seq: 3 },
    ranges: [{ from: 1, to: 3 }],
    wanted: { delivered: 3, read: 0 },
  });
  const rows = timeline.get().rows.map((row) => (row.kind === "message" ? row.body : row.kind));
  expect(rows).toMatchObject(["system", { text: "message 1" }, { text: "first" }, { text: "second" }]);
  expect(timeline.get().rows.at(-1)).toMatchObject({ status: { kind: "sending" } });
});

test("[INC2] what a person types meanwhile is sent after what is given back", async () => {
  const { fixture, first, second } = await withTwoPosts();
  await restored(fixture, first);
  const later = newId();
  await fixture.engine.post({ id: later, conversation: group, text: "later", sentAt: 1 });
  expect(fixture.server.takeCommands()).toEqual([]);
  await answerVerdicts(fixture, { [first]: 3 });
  const sent = fixture.server.takeCommands();
  expect(sent.map(({ command }) => command.id)).toEqual([second]);
  fixture.accept(sent, 4);
  await settled();
  expect(fixture.server.takeCommands()).toMatchObject([{ command: { id: later }, order: { value: second } }]);
});

test("[INC2] a device that is interrupted begins again", async () => {
  const { fixture, first, second } = await withTwoPosts();
  const log = await restored(fixture, first);
  fixture.server.take("request");
  fixture.server.drop();
  await fixture.clock.advance(2_000);
  await fixture.welcome({ incarnation: "two", heads: [{ head: log.head, entryHead: log.entryHead }] });
  await answerVerdicts(fixture, { [first]: 3 });
  expect(fixture.server.takeCommands()).toMatchObject([{ command: { id: second } }]);
});

test("[INC2] a file that was copied back is noticed by its tags", async () => {
  const { fixture, first, second } = await withTwoPosts();
  const log = new SampleLog();
  log.post(you, "message 1");
  log.post(me, "first", first);
  log.post(you, "instead");
  log.post(you, "and more");
  fixture.server.drop();
  await fixture.clock.advance(2_000);
  await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  fixture.server.tell(log.reset(30));
  await settled();
  const later = newId();
  await fixture.engine.post({ id: later, conversation: group, text: "later", sentAt: 1 });
  expect(fixture.server.takeCommands()).toEqual([]);
  await answerVerdicts(fixture, { [first]: 3 });
  expect(fixture.server.takeCommands()).toMatchObject([{ command: { id: second } }]);
  expect(fixture.disk.image.state().meta).toMatchObject({ incarnation: "one", doubted: [] });
});

test("[INC2] a file that was copied back is noticed also where only the answer came, and never the event", async () => {
  const { fixture, log } = await inGroup(1);
  const id = newId();
  await fixture.engine.post({ id, conversation: group, text: "acknowledged", sentAt: 1 });
  await fixture.acceptAll(log.head.seq + 1);
  fixture.server.drop();
  await fixture.clock.advance(2_000);
  await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  expect(fixture.server.takeCommands()).toEqual([]);
  await answerVerdicts(fixture, {});
  expect(fixture.server.takeCommands()).toMatchObject([{ command: { id } }]);
});

test("[INC2] a conversation that is gone is begun again", async () => {
  const { fixture } = await inGroup(1);
  const creation = newId();
  const id = await fixture.engine.startGroup(creation, [you], "Lost");
  await fixture.acceptAll(1);
  const body = {
    case: "created" as const,
    value: { kind: 2, encryption: 1, history: 1, title: "Lost", members: [me, you] },
  };
  fixture.server.tell({
    case: "event",
    value: { event: { log: id, seq: 1, id: creation, author: me, ordinal: 1, body } },
  });
  await settled();
  fixture.server.drop();
  await fixture.clock.advance(2_000);
  await fixture.welcome({ heads: [] });
  await answerVerdicts(fixture, {});
  expect(fixture.server.takeCommands()).toMatchObject([{ command: { id: creation, log: id } }]);
});

test("a Reset that shows all of one's own commands asks nothing", async () => {
  const { fixture, log } = await withTwoPosts();
  for (let index = 0; index < 3; index++) log.post(you, "more");
  fixture.server.tell(log.reset(30));
  await settled();
  expect(fixture.server.take("request")).toEqual([]);
});

/** A group with five messages, of which this device has hidden the third entry: that is event 4 of the account's log. */
async function withHidden() {
  const { fixture, log } = await inGroup(5);
  /** Anew, at a head of the group. */
  const connect = async (
    { head, entryHead }: Pick<SampleLog, "head" | "entryHead">,
    preferences?: object,
    accountHead = 4,
  ) => {
    fixture.server.tell({
      case: "welcome",
      value: {
        account: me,
        device: "",
        incarnation: "one",
        serverTime: fixture.clock.now(),
        credit: 64,
        heartbeatMs: 30_000,
        accountHead,
        conversations: [{ head: { conversation: group, ...head }, entryHead, read: { conversation: group } }],
        ...(preferences && { preferences }),
      },
    });
    await settled();
  };
  const dropped = async () => {
    fixture.server.drop();
    await fixture.clock.advance(2_000);
    return fixture.server.take("hello").at(-1);
  };
  await dropped();
  await connect(log, {}, 3);
  const hidden = newId();
  await fixture.engine.hide(
    hidden,
    group,
    log.entries(3, 3).map(({ id }) => id),
  );
  await settled();
  fixture.accept(fixture.server.takeCommands(), 4);
  const value = { conversation: group, runs: [{ from: 3, to: 3 }] };
  fixture.server.tell({
    case: "accountEvent",
    value: { seq: 4, id: hidden, receivedAt: 1, body: { case: "messagesHidden", value } },
  });
  await settled();
  const timeline = fixture.engine.openTimeline(group);
  await settled();
  const ordinals = () => timeline.get().rows.map((row) => (row.kind === "message" ? row.ordinal : row.kind));
  return { fixture, log, hidden, dropped, connect, ordinals };
}

test("[HID1] [PRF4] [INC2] where a conversation was set back, the account is told anew: the same account head may be of another history", async () => {
  const { fixture, log, hidden, dropped, connect, ordinals } = await withHidden();
  expect(ordinals()).toEqual(["system", 2, 4, 5, 6]);
  expect(await dropped()).toMatchObject({ accountHead: 4 });
  const other = new SampleLog();
  for (let index = 1; index <= 4; index++) other.post(you, `other ${index}`);
  expect(other.head.seq).toBeLessThan(log.head.seq);
  await connect(other);
  await fixture.clock.advance(2_000);
  const asking = fixture.server.take("hello");
  expect(asking).toMatchObject([{ incarnation: "one", accountHead: 0, heads: [{ seq: log.head.seq }] }]);
  await connect(other, {});
  fixture.server.tell(other.reset(30));
  await settled();
  expect(fixture.disk.image.state().meta).toMatchObject({ accountHead: 4, hidden: [] });
  const verdicts = fixture.server.take("request").flatMap(({ question }) => {
    return question.case === "verdicts" && question.value.log === me ? question.value.ids : [];
  });
  expect(verdicts).toEqual([hidden]);
  await answerVerdicts(fixture, {});
  expect(await dropped()).toMatchObject({ accountHead: 4 });
});

test("[PRF4] a server that does not tell what an account keeps is asked for it once", async () => {
  const { fixture, dropped, connect, ordinals } = await withHidden();
  await dropped();
  const other = new SampleLog();
  for (let index = 1; index <= 4; index++) other.post(you, `other ${index}`);
  await connect(other);
  await fixture.clock.advance(2_000);
  expect(fixture.server.take("hello")).toMatchObject([{ accountHead: 0 }]);
  await connect(other);
  fixture.server.tell(other.reset(30));
  await settled();
  expect(fixture.server.take("hello")).toEqual([]);
  expect(ordinals()).toEqual(["system", 2, 4, 5]);
});
