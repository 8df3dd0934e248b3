import { ConversationKind, directConversationId, Encryption, RejectionCode } from "@parley/protocol";
import { addMembers, command, createGroup, edit, expectAccepted, expectRejected, post } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import type { Person } from "../kit/person.ts";
import type { RawDevice } from "../kit/raw-device.ts";
import type { Session } from "../kit/session.ts";

/** People from whom an account wants to hear nothing. */
export const blockedCases: readonly ConformanceCase[] = [
  {
    title: "[BLOCK1] [ACCOUNT28] [WELCOME15] who is blocked is told to the devices of the account, and to nobody else",
    async run(session) {
      const { log, ana, ben, device, other } = await direct(session);
      const second = await session.onlineAt(await session.signIn(ana));
      const wish = block(ana, ben, true);
      const seq = expectAccepted((await device.submit([wish]))[0]);
      const place = { account: ben.account, conversation: log, ordinal: 2, seq: 2 };
      for (const each of [device, second]) {
        const told = await each.expect("accountEvent", ({ id }) => id === wish.id);
        expectMatch(told, { seq, body: { case: "blockedSet", value: { ...place, blocked: true } } }, "the event");
      }
      const again = block(ana, ben, true);
      expectEqual(expectAccepted((await device.submit([again]))[0]), seq + 1, "the seq of what changes nothing");
      expectEqual(await deedOf(device, again.id), "noEffect", "what it did");
      const fresh = await session.connect(await session.signIn(ana));
      expectMatch((await fresh.hello()).preferences?.blocked, [place], "who is blocked");
      await other.settle();
      expectEqual(
        other.all("accountEvent").filter(({ body }) => body.case === "blockedSet"),
        [],
        "what others hear",
      );
      expectAccepted((await device.submit([block(ana, ben, false)]))[0]);
    },
  },
  {
    title: "[BLOCK2] [BLOCK3] what a blocked person writes is accepted and told, and hidden for good once they are not",
    async run(session) {
      const { log, ana, ben, device, other } = await direct(session);
      expectAccepted((await device.submit([block(ana, ben, true)]))[0]);
      const [first, second] = [post(log, "one"), post(log, "two")];
      for (const answer of await other.submit([first, second])) expectAccepted(answer);
      for (const { id } of [first, second]) await device.expect("event", ({ event }) => event?.id === id);
      device.send({ case: "marks", value: { updates: [{ conversation: log, delivered: 4, read: 4 }] } });
      const state = await device.expect("registers", ({ readStates }) => readStates.some((one) => one.delivered > 0));
      expectMatch(state.readStates, [{ conversation: log, delivered: 2, read: 2, unread: 0 }], "the marks");
      await other.settle();
      const marks = other
        .all("registers")
        .flatMap(({ memberMarks }) => memberMarks)
        .filter(({ conversation }) => conversation === log);
      expectThat(
        marks.every(({ delivered, read }) => delivered <= 2 && read <= 2),
        "no mark beyond",
        marks,
      );
      const end = block(ana, ben, false);
      expectAccepted((await device.submit([end]))[0]);
      const { body } = await device.expect("accountEvent", ({ id }) => id === end.id);
      expectMatch(body.value, { blocked: false, ordinal: 4, hidden: { from: 3, to: 4 } }, "what is hidden");
      const fresh = await session.connect(await session.signIn(ana));
      const hidden = [{ conversation: log, runs: [{ from: 3, to: 4 }] }];
      expectMatch((await fresh.hello()).preferences, { hidden, blocked: [] }, "what a new device is told");
      device.send({ case: "marks", value: { updates: [{ conversation: log, delivered: 4 }] } });
      await other.expect("registers", ({ memberMarks }) => memberMarks.some((mark) => mark.delivered === 4));
    },
  },
  {
    title:
      "[BLOCK4] who blocks somebody posts nothing to them alone, also not by schedule, and begins nothing with them",
    async run(session) {
      const { log, ana, ben, device } = await direct(session);
      const [early, edited] = [post(log, "before"), post(log, "to be edited")];
      for (const answer of await device.submit([early, edited, block(ana, ben, true)])) expectAccepted(answer);
      expectRejected((await device.submit([post(log, "during")]))[0], RejectionCode.PERSON_BLOCKED);
      expectAccepted((await device.submit([edit(log, edited.id, "edited")]))[0]);
      const content = { form: { case: "plain", value: { text: "later" } } } as const;
      const wish = command(ana.account, { case: "scheduleMessage", value: { conversation: log, at: 1, content } });
      expectAccepted((await device.submit([wish]))[0]);
      const failed = await device.expect("accountEvent", ({ body }) => body.case === "scheduledFailed");
      const value = { target: wish.id, rejection: RejectionCode.PERSON_BLOCKED };
      expectMatch(failed.body.value, value, "what became of it");
      const cancel = command(ana.account, { case: "cancelScheduled", value: { target: wish.id } });
      expectAccepted((await device.submit([cancel]))[0]);
      expectAccepted((await device.submit([block(ana, ben, false)]))[0]);
      expectAccepted((await device.submit([post(log, "after")]))[0]);
      const cem = await session.person();
      expectAccepted((await device.submit([block(ana, cem, true)]))[0]);
      expectRejected((await device.submit([begin(ana, cem)]))[0], RejectionCode.PERSON_BLOCKED);
      expectAccepted((await device.submit([block(ana, cem, false)]))[0]);
    },
  },
  {
    title:
      "[BLOCK5] what a blocked person writes anywhere is neither unread nor a mention, as long as they are blocked",
    async run(session) {
      const [ana, ben] = await session.two();
      const [device, other] = [await session.online(ana), await session.online(ben)];
      const log = await session.group(device, [ben]);
      const mentions = [ana.account];
      const content = { form: { case: "plain", value: { text: "@ana" } } } as const;
      const said = command(log, { case: "post", value: { content, envelope: { mentions } } });
      for (const answer of await other.submit([post(log, "one"), said])) expectAccepted(answer);
      for (const [blocked, unread, mentioned] of [
        [true, 0, 0],
        [false, 2, 1],
      ] as const) {
        expectAccepted((await device.submit([block(ana, ben, blocked)]))[0]);
        device.send({ case: "marks", value: { updates: [{ conversation: log, delivered: 1 }] } });
        const expected = { conversation: log, unread, mentions: mentioned };
        await device.expect("registers", ({ readStates }) =>
          readStates.some((one) => one.unread === unread && one.mentions === mentioned && one.conversation === log),
        );
        const fresh = await session.connect(await session.signIn(ana));
        const status = (await fresh.hello()).conversations.find(({ head }) => head?.conversation === log);
        expectMatch(status?.read, expected, "the counts in Welcome");
      }
    },
  },
  {
    title: "[BLOCK6] of two people one of whom blocks the other neither hears that the other types or is there",
    async run(session) {
      const { log, ana, ben, device, other } = await direct(session);
      await device.expect("signals", ({ presence }) => presence.some((one) => one.account === ben.account));
      await other.expect("signals", ({ presence }) => presence.some((one) => one.account === ana.account));
      expectAccepted((await device.submit([block(ana, ben, true)]))[0]);
      const isAway = (who: Person) => (one: { account: string; online: boolean }) =>
        one.account === who.account && !one.online;
      await device.expect("signals", ({ presence }) => presence.some(isAway(ben)));
      await other.expect("signals", ({ presence }) => presence.some(isAway(ana)));
      for (const each of [device, other]) each.send({ case: "typing", value: { conversation: log, active: true } });
      await device.settle();
      await other.settle();
      for (const each of [device, other]) {
        expectEqual(
          each.all("signals").flatMap(({ typing }) => typing),
          [],
          "who types",
        );
      }
      const back = await session.online(ben);
      await back.settle();
      const seen = back
        .all("signals")
        .flatMap(({ presence }) => presence.filter(({ account }) => account === ana.account));
      expectThat(!seen.some(({ online, lastSeen }) => online || lastSeen > 0), "nothing of who blocks", seen);
      expectAccepted((await device.submit([block(ana, ben, false)]))[0]);
      await device.expect("signals", ({ presence }) =>
        presence.some((one) => one.account === ben.account && one.online),
      );
    },
  },
  {
    title: "[BLOCK7] a blocked person brings who blocks them into no group, and begins a conversation that is cut off",
    async run(session) {
      const [ana, ben] = await session.two();
      const cem = await session.person();
      const [device, other] = [await session.online(ana), await session.online(ben)];
      expectAccepted((await device.submit([block(ana, ben, true)]))[0]);
      const group = createGroup([ana.account, cem.account]);
      expectAccepted((await other.submit([group]))[0]);
      const { state } = await other.expect("reset", ({ state: one }) => one?.id === group.log);
      const members = state?.members.map(({ account }) => account).sort();
      expectEqual(members, [ben.account, cem.account].sort(), "who is in it");
      const more = addMembers(group.log, [ana.account]);
      expectAccepted((await other.submit([more]))[0]);
      const { event } = await other.expect("event", ({ event: one }) => one?.id === more.id);
      expectEqual(event?.body.case, "noEffect", "what adding did");
      const started = begin(ben, ana);
      const hello = post(started.log, "hello");
      for (const answer of await other.submit([started, hello])) expectAccepted(answer);
      await device.expect("reset", ({ state: one }) => one?.id === started.log);
      const end = block(ana, ben, false);
      expectAccepted((await device.submit([end]))[0]);
      const { body } = await device.expect("accountEvent", ({ id }) => id === end.id);
      expectMatch(body.value, { hidden: { from: 1, to: 2 } }, "what is hidden of it");
      const fresh = await session.connect(await session.signIn(ana));
      const { preferences } = await fresh.hello();
      const hidden = preferences?.hidden.filter(({ conversation }) => conversation === started.log);
      expectMatch(hidden, [{ conversation: started.log, unlistedUpTo: 2 }], "that it is out of the list");
      const wrong = [block(ana, ana, true), command(ana.account, blocking(freshId(), true))];
      const [self, nobody] = await device.submit(wrong);
      expectRejected(self, RejectionCode.INVALID);
      expectRejected(nobody, RejectionCode.NOT_FOUND);
    },
  },
];

function blocking(account: string, blocked: boolean) {
  return { case: "setBlocked", value: { account, blocked } } as const;
}

function block(from: Person, of: Person, blocked: boolean) {
  return command(from.account, blocking(of.account, blocked));
}

function begin(from: Person, other: Person) {
  const log = directConversationId(from.account, other.account, Encryption.NONE);
  const value = { kind: ConversationKind.DIRECT, encryption: Encryption.NONE, members: [other.account] };
  return command(log, { case: "create", value });
}

async function deedOf(device: RawDevice, wish: string): Promise<string | undefined> {
  return (await device.expect("accountEvent", ({ id }) => id === wish)).body.case;
}

/** Two people online who talk with each other: ben has said one thing. */
async function direct(session: Session) {
  // What is hidden and blocked is compared as a whole.
  const [ana, ben] = [await session.newcomer(), await session.person()];
  // Others count on people who block nobody and to whom nobody has talked.
  session.spend(ana);
  session.spend(ben);
  const [device, other] = [await session.online(ana), await session.online(ben)];
  const begun = begin(ana, ben);
  const { log } = begun;
  expectAccepted((await device.submit([begun]))[0]);
  await Promise.all([device, other].map((each) => each.expect("reset", ({ state }) => state?.id === log)));
  const said = post(log, "hello");
  expectAccepted((await other.submit([said]))[0]);
  await device.expect("event", ({ event }) => event?.id === said.id);
  return { log, ana, ben, device, other };
}
