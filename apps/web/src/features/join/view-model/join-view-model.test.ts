import { expect, test } from "bun:test";
import {
  type ConnectionView,
  type ConversationListView,
  EngineError,
  emptyOutbox,
  type InviteLookUp,
  type OutboxView,
} from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { ManualClock } from "../../../testing/manual-clock.ts";
import { en } from "../../../texts/en.ts";
import { JoinViewModel } from "./join-view-model.ts";

const group = "018f0000-0000-7000-8000-0000000000aa";
const open: InviteLookUp = {
  conversation: group,
  standing: "open",
  title: "Choir",
  members: 3,
  inviterName: "Kay",
  needsApproval: false,
};

/** Somebody who has opened a link, and an engine that knows of it what the test says. */
function opened(...answers: readonly (InviteLookUp | EngineError)[]) {
  const left = [...answers];
  const connection = new ObservedValue<ConnectionView>({ kind: "online" });
  const conversations = new ObservedValue<ConversationListView>({
    loaded: true,
    pending: 0,
    holdUp: undefined,
    conversations: [],
  });
  const outbox = new ObservedValue<OutboxView>(emptyOutbox);
  const done: string[] = [];
  const settled: (string | undefined)[] = [];
  const engine = {
    connection,
    conversations,
    outbox,
    lookUpInvite: async () => {
      const answer = left.shift();
      if (answer === undefined || answer instanceof EngineError) throw answer;
      return answer;
    },
    join: async (id: string, code: string) => {
      done.push(`join ${id} ${code}`);
      return group;
    },
    cancelJoin: async (id: string, conversation: string) => void done.push(`cancel ${id} ${conversation}`),
    discard: async (id: string) => void done.push(`discard ${id}`),
  };
  const clock = new ManualClock();
  const model = new JoinViewModel({
    code: "code",
    engine,
    texts: en,
    clock,
    newId: () => "id",
    settled: (conversation) => settled.push(conversation),
  });
  return { model, clock, connection, conversations, outbox, done, settled };
}

async function turn(): Promise<void> {
  await Bun.sleep(0);
}

test("[INV5] a link that was opened without the server is looked up once that is reached", async () => {
  const { model, connection } = opened(new EngineError("offline", "away"), open);
  expect(model.get().kind).toBe("looking");
  await turn();
  expect(model.get()).toEqual({ kind: "offline", text: en.join.offline });
  connection.set({ kind: "online" });
  await turn();
  expect(model.get()).toEqual({
    kind: "open",
    title: "Choir",
    members: "3 members",
    text: "Kay invites you to join this group.",
    asks: false,
  });
});

test("[INV5] who joins goes to the group when it is there", async () => {
  const { model, conversations, done, settled } = opened(open);
  await turn();
  await model.join();
  await model.join();
  expect([model.get().kind, done, settled]).toEqual(["joining", ["join id code"], []]);
  // What the view model looks at.
  const joined = { id: group, writable: true } as ConversationListView["conversations"][number];
  conversations.change({ conversations: [joined] });
  expect(settled).toEqual([group]);
});

test("[INV5] [OPN1] who opens a link without the server joins unseen, and is led to the group, or told why not, later", async () => {
  const away = new EngineError("offline", "away");
  const welcome = opened(away, away, open);
  await turn();
  await welcome.model.join();
  await welcome.model.join();
  welcome.connection.set({ kind: "online" });
  await turn();
  expect(welcome.model.get()).toEqual({ kind: "queued", text: en.join.queued });
  welcome.connection.set({ kind: "online" });
  await turn();
  expect(welcome.model.get()).toMatchObject({ kind: "joining", title: "Choir" });
  welcome.conversations.change({
    conversations: [{ id: group, writable: true } as ConversationListView["conversations"][number]],
  });
  expect([welcome.done, welcome.settled]).toEqual([["join id code"], [group]]);

  // Whichever is heard first, that the link has expired or that joining was refused.
  const late = opened(away, { ...open, standing: "expired" });
  await turn();
  await late.model.join();
  late.connection.set({ kind: "online" });
  await turn();
  expect(late.model.get()).toEqual({ kind: "cannot", text: en.join.cannot.expired });
  const state = { kind: "failed", code: 24, reason: "over" } as const;
  const item = { id: "id", what: { kind: "join" }, at: 0, possiblySent: true, state } as const;
  const why = { kind: "sending" } as const;
  late.outbox.set({ waiting: 0, failed: 1, groups: [{ id: group, waiting: 0, failed: 1, why, items: [item] }] });
  expect([late.model.get().kind, late.done]).toEqual(["cannot", ["join id code", "discard id"]]);
});

test("[INV5] why one cannot join is said, also where it comes out only when one does", async () => {
  for (const standing of ["expired", "used-up", "revoked", "full", "unknown", "try-later"] as const) {
    const { model } = opened({ ...open, standing });
    await turn();
    expect(model.get()).toEqual({ kind: "cannot", text: en.join.cannot[standing] });
  }
  const broken = opened(new EngineError("invalid", "no code"));
  await turn();
  expect(broken.model.get()).toEqual({ kind: "cannot", text: en.join.cannot.broken });
  const { model, outbox, done } = opened(open);
  await turn();
  await model.join();
  const state = { kind: "failed", code: 24, reason: "over" } as const;
  const item = { id: "id", what: { kind: "join" }, at: 0, possiblySent: true, state } as const;
  const why = { kind: "sending" } as const;
  outbox.set({ waiting: 0, failed: 1, groups: [{ id: group, waiting: 0, failed: 1, why, items: [item] }] });
  expect(model.get()).toEqual({ kind: "cannot", text: en.refused[24] ?? "" });
  expect(done).toEqual(["join id code", "discard id"]);
});

test("[INV5] a member is led to the group, and whoever closes it is asked no more", async () => {
  const member = opened({ ...open, standing: "member" });
  await turn();
  member.model.open();
  const other = opened(open);
  await turn();
  other.model.close();
  expect([member.settled, other.settled]).toEqual([[group], [undefined]]);
});

test("[INV6] who asks to join waits, is told when that has an answer, and can take it back", async () => {
  const asking = { ...open, needsApproval: true };
  const waiting = { ...asking, standing: "waiting" } as const;
  const { model, clock, done, settled } = opened(asking, asking, waiting, asking);
  await turn();
  expect(model.get()).toMatchObject({ kind: "open", asks: true, text: en.join.approval("Kay") });
  await model.join();
  expect(model.get().kind).toBe("joining");
  // It was not on the server yet, then it is.
  for (const kind of ["joining", "waiting"] as const) {
    clock.advance(2_000);
    await turn();
    expect(model.get().kind).toBe(kind);
  }
  // Declined.
  clock.advance(10_000);
  await turn();
  expect(model.get().kind).toBe("open");
  await model.takeBack();
  expect([done, settled]).toEqual([["join id code", `cancel id ${group}`], [undefined]]);
});

test("[INV6] who asks to join goes on waiting where the server does not say for now what became of it", async () => {
  const waiting = { ...open, needsApproval: true, standing: "waiting" } as const;
  const later = { ...open, title: "", standing: "try-later" } as const;
  const { model, clock } = opened({ ...open, needsApproval: true }, later, waiting, later, waiting);
  await turn();
  await model.join();
  for (const [ms, kind] of [
    [2_000, "joining"],
    [10_000, "waiting"],
    [10_000, "waiting"],
  ] as const) {
    clock.advance(ms);
    await turn();
    expect(model.get().kind).toBe(kind);
  }
  const nowhere = opened(later);
  await turn();
  expect(nowhere.model.get().kind).toBe("cannot");
});
