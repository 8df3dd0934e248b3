import { expect, test } from "bun:test";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { ConversationKind, ConversationSchema, type CreatedSchema } from "@parley/protocol";
import { EngineFixture, group, me, newId, SampleLog, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

const cem = "018f0000-0000-7000-8000-00000000000d";
const dan = "018f0000-0000-7000-8000-00000000000e";

type Event = ReturnType<SampleLog["add"]>;

/** A group to which this device is about to add two people. */
async function adding() {
  const { fixture, log } = await inGroup(1);
  const id = newId();
  await fixture.engine.addMembers(id, group, [cem, dan, you]);
  await settled();
  return { fixture, log, id };
}

async function tell({ server }: EngineFixture, event: Event): Promise<void> {
  server.tell({ case: "event", value: { event } });
  await settled();
}

function added(...accounts: readonly string[]) {
  return { case: "membersAdded", value: { accounts: [...accounts] } } satisfies Parameters<SampleLog["add"]>[1];
}

/** The server says that it accepted the command as the third event of its log. */
async function isKnown({ server }: EngineFixture, id: string): Promise<void> {
  const outcome = { case: "accepted", value: { seq: 3, receivedAt: 1 } } as const;
  const answers = [{ id, outcome: { case: "verdict", value: { log: group, outcome } } } as const];
  for (const { id: request, question } of server.take("request")) {
    if (question.case !== "verdicts") continue;
    server.tell({ case: "response", value: { id: request, answer: { case: "verdicts", value: { answers } } } });
  }
  await settled();
}

function told({ engine }: EngineFixture) {
  return (engine.account.get().leftOut ?? []).map(({ people }) => people.map(({ account }) => account));
}

test("[REQ7] who was named and left out is told once, whether the verdict comes before its event or after", async () => {
  for (const first of ["verdict", "event"] as const) {
    const { fixture, log, id } = await adding();
    if (first === "verdict") await fixture.acceptAll(log.head.seq + 1);
    expect(told(fixture)).toEqual([]);
    await tell(fixture, log.add(me, added(cem), id));
    expect(told(fixture)).toEqual([[dan]]);
    if (first === "event") await fixture.acceptAll(log.head.seq);
    expect(fixture.engine.account.get().leftOut).toMatchObject([{ id, conversation: group, mayInvite: true }]);
    const both = [fixture.engine.takeLeftOut(id), fixture.engine.takeLeftOut(id)];
    expect(await Promise.all(both)).toEqual([true, false]);
    await settled();
    expect(fixture.engine.account.get().leftOut).toBeUndefined();
    await tell(fixture, log.post(you, "later"));
    expect(told(fixture)).toEqual([]);
  }
});

test("[REQ7] where nobody was brought, all are named; where everybody was, nobody", async () => {
  const { fixture, log, id } = await adding();
  await tell(fixture, log.add(me, { case: "noEffect", value: {} }, id));
  expect(told(fixture)).toEqual([[cem, dan]]);
  const other = newId();
  await fixture.engine.addMembers(other, group, [cem, dan]);
  await tell(fixture, log.add(me, added(cem, dan), other));
  expect(told(fixture)).toEqual([[cem, dan]]);
});

test("[REQ7] it is found out by what a device catches up with, also in another run of it; others' doing is not its own", async () => {
  const { fixture, log, id } = await adding();
  await fixture.acceptAll(log.head.seq + 1);
  await fixture.engine.stop();
  const next = new EngineFixture(fixture.disk);
  const state = log.state;
  log.add(me, added(cem), id);
  log.add(you, added(newId()));
  await next.online({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  expect(told(next)).toEqual([]);
  const [owner] = state.members;
  if (owner === undefined) throw new Error("unreachable");
  const members = [...state.members, { ...owner, account: cem, intervals: [{ from: 3, to: 0 }] }];
  const changes = { conversation: group, from: 2, to: { conversation: group, ...log.head }, entryHead: log.entryHead };
  const full = create(ConversationSchema, { ...state, rev: 4, members } as never);
  next.server.tell({ case: "changes", value: { ...changes, entries: log.entries(3, 4), state: full } });
  await settled();
  // The server is asked first whether it knows the command still.
  expect(told(next)).toEqual([]);
  await isKnown(next, id);
  expect(told(next)).toEqual([[dan]]);
  await next.engine.stop();
  const last = new EngineFixture(fixture.disk);
  await last.online({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  expect(told(last)).toEqual([[dan]]);
});

test("[REQ7] who has come by another way until then is not named, nor who was there and has left", async () => {
  const { fixture, log, id } = await adding();
  await fixture.acceptAll(log.head.seq + 1);
  log.add(me, { case: "noEffect", value: {} }, id);
  log.add(dan, { case: "memberJoined", value: {} });
  const [owner] = log.state.members;
  if (owner === undefined) throw new Error("unreachable");
  const came = { ...owner, account: dan, intervals: [{ from: 4, to: 0 }] };
  const left = { ...owner, account: cem, present: false, intervals: [{ from: 1, to: 4 }] };
  const state = create(ConversationSchema, {
    ...log.state,
    rev: 4,
    members: [...log.state.members, came, left],
  } as never);
  const reset = log.reset(30);
  fixture.server.tell({ ...reset, value: { ...reset.value, state } });
  await settled();
  expect(told(fixture)).toEqual([]);
});

test("[REQ7] of a group that one begins, too", async () => {
  const fixture = new EngineFixture();
  await fixture.online();
  const id = newId();
  const log = await fixture.engine.startGroup(id, [you, cem], "Group");
  await settled();
  const parameters = { kind: ConversationKind.GROUP, encryption: 1, history: 1, title: "Group", members: [me, you] };
  const created: MessageInitShape<typeof CreatedSchema> = parameters;
  const event = { ...new SampleLog(me, created).events[0], log, id };
  await tell(fixture, event as Event);
  expect(told(fixture)).toEqual([[cem]]);
  await fixture.engine.startDirect(newId(), cem);
  await fixture.acceptAll(1);
  expect(told(fixture)).toEqual([[cem]]);
});
