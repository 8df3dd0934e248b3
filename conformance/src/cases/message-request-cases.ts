import { ConversationKind, directConversationId, Encryption, RejectionCode, RequestAnswer } from "@parley/protocol";
import {
  addMembers,
  command,
  createGroup,
  expectAccepted,
  expectRejected,
  join,
  makeInvite,
  post,
} from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch } from "../kit/expectation.ts";
import { freshSecret } from "../kit/ids.ts";
import type { RawDevice } from "../kit/raw-device.ts";
import type { Session } from "../kit/session.ts";
import { withOwnServer } from "./own-server.ts";

const { ACCEPTED, DECLINED, UNSPECIFIED } = RequestAnswer;
const { REQUEST_WAITS } = RejectionCode;

interface Two {
  /** Who begins it, and who is asked. */
  readonly ana: RawDevice;
  readonly ben: RawDevice;
  readonly accounts: readonly [string, string];
  readonly log: string;
}

/** Two people on a server that has requests, or has none. */
function withTwo(session: Session, requests: boolean, work: (two: Two) => Promise<void>): Promise<void> {
  const environment = requests ? { PARLEY_MESSAGE_REQUESTS: "on" } : {};
  return withOwnServer(session, 2, environment, async ({ accounts: [one = "", other = ""], online }) => {
    const log = directConversationId(one, other, Encryption.NONE);
    await work({ ana: await online(0), ben: await online(1), accounts: [one, other], log });
  });
}

function begin(log: string, other: string) {
  const parameters = { kind: ConversationKind.DIRECT, encryption: Encryption.NONE, members: [other] };
  return command(log, { case: "create", value: parameters });
}

function answer(account: string, conversation: string, value: RequestAnswer) {
  const setting = { case: "requestAnswer", value } as const;
  return command(account, { case: "setPreference", value: { conversation, setting } });
}

/** A group of the first one which the other joins: nobody is asked who knows whom. */
async function together(ana: RawDevice, ben: RawDevice): Promise<string> {
  const group = createGroup([]);
  const secret = freshSecret();
  (await ana.submit([group, makeInvite(group.log, secret)])).forEach(expectAccepted);
  expectAccepted((await ben.submit([join(group.log, secret)]))[0]);
  return group.log;
}

async function isRequest(device: RawDevice, log: string): Promise<boolean | undefined> {
  const { state, newest } = await device.expect("reset", (reset) => reset.state?.id === log);
  const [first] = newest?.entries ?? [];
  expectMatch(first?.body, { value: { what: { case: "created", value: { request: state?.request } } } }, "its entry");
  return state?.request;
}

/** What strangers begin, on servers that have it wait. */
export const messageRequestCases: readonly ConformanceCase[] = [
  {
    title: "[MSGREQ1] what a stranger begins is a request",
    run: (session) =>
      withTwo(session, true, async ({ ana, accounts: [, other], log }) => {
        expectAccepted((await ana.submit([begin(log, other)]))[0]);
        expectEqual(await isRequest(ana, log), true, "whether it is a request");
      }),
  },
  {
    title: "[MSGREQ1] what who shares a group begins is none",
    run: (session) =>
      withTwo(session, true, async ({ ana, ben, accounts: [, other], log }) => {
        await together(ana, ben);
        expectAccepted((await ana.submit([begin(log, other)]))[0]);
        expectEqual(await isRequest(ana, log), false, "whether it is a request");
      }),
  },
  {
    title: "[MSGREQ1] on a server that is not told so, nothing is a request",
    run: (session) =>
      withTwo(session, false, async ({ ana, accounts: [, other], log }) => {
        const all = await ana.submit([begin(log, other), post(log, "one"), post(log, "two")]);
        all.forEach(expectAccepted);
        expectEqual(await isRequest(ana, log), false, "whether it is a request");
      }),
  },
  {
    title:
      "[MSGREQ2] [MSGREQ3] a request is one message until it is accepted, for good, and nobody is told of the answer",
    run: (session) =>
      withTwo(session, true, async ({ ana, ben, accounts: [, other], log }) => {
        const first = post(log, "one");
        (await ana.submit([begin(log, other), first])).forEach(expectAccepted);
        const timer = command(log, { case: "setTimer", value: { seconds: 60 } });
        const pin = command(log, { case: "pinMessage", value: { target: first.id } });
        for (const each of [post(log, "two"), timer, pin]) {
          expectRejected((await ana.submit([each]))[0], REQUEST_WAITS);
        }
        expectRejected((await ben.submit([answer(other, log, UNSPECIFIED)]))[0], RejectionCode.INVALID);
        expectAccepted((await ben.submit([answer(other, log, DECLINED)]))[0]);
        expectRejected((await ana.submit([post(log, "three")]))[0], REQUEST_WAITS);
        const yes = answer(other, log, ACCEPTED);
        expectAccepted((await ben.submit([yes]))[0]);
        const { body } = await ben.expect("accountEvent", ({ id }) => id === yes.id);
        const setting = { case: "requestAnswer", value: ACCEPTED };
        expectMatch(body, { case: "preferenceSet", value: { conversation: log, setting } }, "the event");
        expectAccepted((await ana.submit([post(log, "four")]))[0]);
        const no = answer(other, log, DECLINED);
        expectAccepted((await ben.submit([no]))[0]);
        const late = await ben.expect("accountEvent", ({ id }) => id === no.id);
        expectEqual(late.body.case, "noEffect", "what a later answer does");
        await ana.settle();
        const heard = ana.all("accountEvent").filter((one) => one.body.case === "preferenceSet");
        expectEqual(heard, [], "what the other one hears");
      }),
  },
  {
    title: "[MSGREQ4] a message of the other one accepts it",
    run: (session) =>
      withTwo(session, true, async ({ ana, ben, accounts: [, other], log }) => {
        (await ana.submit([begin(log, other), post(log, "one")])).forEach(expectAccepted);
        const reply = post(log, "two");
        expectAccepted((await ben.submit([reply]))[0]);
        await ana.expect("event", ({ event }) => event?.id === reply.id);
        (await ana.submit([post(log, "three"), post(log, "four")])).forEach(expectAccepted);
      }),
  },
  {
    title: "[MSGREQ5] the marks of who is asked stay at 0 until it is accepted, and neither is told of the other",
    run: (session) =>
      withTwo(session, true, async ({ ana, ben, accounts: [, other], log }) => {
        (await ana.submit([begin(log, other), post(log, "one")])).forEach(expectAccepted);
        await ben.settle();
        ben.send({ case: "typing", value: { conversation: log, active: true } });
        ben.send({ case: "marks", value: { updates: [{ conversation: log, delivered: 2, read: 2 }] } });
        const state = await ben.expect("registers", ({ readStates }) => readStates.length > 0);
        expectMatch(state.readStates, [{ conversation: log, delivered: 0, read: 0 }], "the marks");
        await ana.settle();
        const told = () => ana.all("registers").flatMap(({ memberMarks }) => memberMarks);
        expectEqual(
          told().filter(({ account }) => account === other),
          [],
          "the marks that are told",
        );
        const signals = ana.all("signals");
        expectEqual(
          signals.flatMap(({ typing, presence }) => [...typing, ...presence]),
          [],
          "the signals",
        );
        expectAccepted((await ben.submit([answer(other, log, ACCEPTED)]))[0]);
        ben.send({ case: "marks", value: { updates: [{ conversation: log, delivered: 2, read: 2 }] } });
        await ana.expect("registers", ({ memberMarks }) => memberMarks.some(({ read }) => read === 2));
      }),
  },
  {
    title: "[MSGREQ6] a stranger is left out of groups, begun or not, until they know who brings them",
    run: (session) =>
      withTwo(session, true, async ({ ana, ben, accounts: [one, other], log }) => {
        const group = createGroup([other]);
        expectAccepted((await ana.submit([group]))[0]);
        const { state } = await ana.expect("reset", (reset) => reset.state?.id === group.log);
        expectEqual(
          state?.members.map(({ account }) => account),
          [one],
          "the members of a group that a stranger begins",
        );
        const bodyOf = async (device: RawDevice, init: ReturnType<typeof command>) => {
          expectAccepted((await device.submit([init]))[0]);
          return (await device.expect("event", ({ event }) => event?.id === init.id)).event?.body;
        };
        expectEqual((await bodyOf(ana, addMembers(group.log, [other])))?.case, "noEffect", "adding a stranger");
        (await ana.submit([begin(log, other), post(log, "one")])).forEach(expectAccepted);
        expectEqual((await bodyOf(ana, addMembers(group.log, [other])))?.case, "noEffect", "adding who is asked");
        expectAccepted((await ben.submit([answer(other, log, ACCEPTED)]))[0]);
        expectMatch(
          await bodyOf(ana, addMembers(group.log, [other])),
          { case: "membersAdded", value: { accounts: [other] } },
          "adding who has accepted",
        );
      }),
  },
  {
    title: "[MSGREQ6] who shares a group, or has asked, lets themselves be brought into another one",
    run: (session) =>
      withTwo(session, true, async ({ ana, ben, accounts: [one, other], log }) => {
        (await ana.submit([begin(log, other)])).forEach(expectAccepted);
        const bens = createGroup([one]);
        expectAccepted((await ben.submit([bens]))[0]);
        const { state } = await ben.expect("reset", (reset) => reset.state?.id === bens.log);
        expectEqual(state?.members.length, 2, "the members of a group of who was asked");
        const anas = createGroup([other]);
        expectAccepted((await ana.submit([anas]))[0]);
        const told = await ana.expect("reset", (reset) => reset.state?.id === anas.log);
        expectEqual(told.state?.members.length, 2, "the members of a group of who shares one");
      }),
  },
];
