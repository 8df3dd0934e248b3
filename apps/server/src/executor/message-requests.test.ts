import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { hashOfSecret, limits, RejectionCode, RequestAnswer } from "@parley/protocol";
import { openSqliteLogInProcess } from "../store/sqlite/open-sqlite-log-in-process.ts";
import { type Body, rejectionOf, Stage, type TestDevice, text } from "../testing/log-stage.ts";
import { unlimited } from "./rate-limiter.ts";

const { ACCEPTED, DECLINED } = RequestAnswer;

/** Two who share nothing, where strangers make requests. */
async function strangers(messageRequests = true) {
  const database = new Database(":memory:", { strict: true });
  const collaborators = { limiter: unlimited, messageRequests };
  const log = await openSqliteLogInProcess({
    database,
    clock: { now: () => 1_000 },
    mintId: () => "one",
    collaborators,
  });
  const stage = new Stage(log);
  const [ann, bob] = await stage.people("Ann", "Bob");
  if (ann === undefined || bob === undefined) throw new Error("unreachable");
  const isRequest = async (conversation: string) => (await log.reader.conversation(ann.account, conversation))?.request;
  const membersOf = async (device: TestDevice, conversation: string) => {
    const members = (await log.reader.conversation(device.account, conversation))?.members ?? [];
    return members.filter(({ present }) => present).map(({ account }) => account);
  };
  return { stage, ann, bob, isRequest, membersOf };
}

/** A group in which two people are who did not know each other. */
async function together(stage: Stage, one: TestDevice, other: TestDevice): Promise<string> {
  const log = await stage.group(one, []);
  const secret = new Uint8Array(limits.inviteSecretBytes).fill(7);
  await one.must(log, { case: "makeInvite", value: { secretHash: hashOfSecret(secret) } });
  await other.must(log, { case: "join", value: { secret } });
  return log;
}

function add(...people: readonly TestDevice[]): Body {
  return { case: "addMembers", value: { accounts: people.map(({ account }) => account) } };
}

function answer(conversation: string, value: RequestAnswer): Body {
  return { case: "setPreference", value: { conversation, setting: { case: "requestAnswer", value } } };
}

async function codeOf(device: TestDevice, log: string, body: Body) {
  return rejectionOf(await device.send(log, body));
}

test("[REQ1] what strangers begin is a request, where the server wants that, and nothing else is", async () => {
  const { stage, ann, bob, isRequest } = await strangers();
  expect(await isRequest(await stage.direct(ann, bob))).toBe(true);
  const cem = await stage.person("Cem");
  await together(stage, cem, ann);
  expect(await isRequest(await stage.direct(ann, cem))).toBe(false);
  const dan = await stage.person("Dan");
  const left = await together(stage, ann, dan);
  await dan.must(left, { case: "leave", value: {} });
  expect(await isRequest(await stage.direct(ann, dan))).toBe(true);
  const open = await strangers(false);
  expect(await open.isRequest(await open.stage.direct(open.ann, open.bob))).toBe(false);
});

test("[REQ2] who made it says one message there, and nothing else, until it is accepted", async () => {
  const { stage, ann, bob } = await strangers();
  const log = await stage.direct(ann, bob);
  expect(await codeOf(ann, log, { case: "setTimer", value: { seconds: 60 } })).toBe(RejectionCode.REQUEST_WAITS);
  const first = await ann.must(log, text("Hello"));
  expect(await codeOf(ann, log, text("Hello?"))).toBe(RejectionCode.REQUEST_WAITS);
  expect(await codeOf(ann, log, { case: "pinMessage", value: { target: first } })).toBe(RejectionCode.REQUEST_WAITS);
  await bob.must(bob.account, answer(log, DECLINED));
  expect(await codeOf(ann, log, text("Well?"))).toBe(RejectionCode.REQUEST_WAITS);
  await bob.must(bob.account, answer(log, ACCEPTED));
  await ann.must(log, text("How are you?"));
  await ann.must(log, { case: "setTimer", value: { seconds: 60 } });
});

test("[REQ3] nobody is told what was received of it, until it is accepted, which is for good", async () => {
  const { stage, ann, bob } = await strangers();
  const { writer } = stage.log;
  const log = await stage.direct(ann, bob);
  await ann.must(log, text("Hello"));
  const all = { conversation: log, delivered: 2, read: 2 };
  expect(await writer.mark(bob.account, all)).toMatchObject({ delivered: 0, read: 0, shown: 0, told: false });
  await bob.must(bob.account, answer(log, ACCEPTED));
  await bob.must(bob.account, answer(log, DECLINED));
  expect((await stage.log.reader.preferences(bob.account)).conversations).toMatchObject([{ requestAnswer: ACCEPTED }]);
  expect(await writer.mark(bob.account, all)).toMatchObject({ delivered: 2, read: 2, shown: 2, told: true });
});

test("[REQ4] a message of the other one accepts it, and whoever begins it a second time changes nothing", async () => {
  const { stage, ann, bob, isRequest } = await strangers();
  const log = await stage.direct(ann, bob);
  await stage.direct(bob, ann);
  expect(await isRequest(log)).toBe(true);
  await bob.must(log, text("Hello?"));
  expect(await isRequest(log)).toBe(false);
  await ann.must(log, text("Hello"));
  await ann.must(log, text("How are you?"));
});

test("[REQ5] an answer is none that is no answer, or of who is no member", async () => {
  const { stage, ann, bob } = await strangers();
  const log = await stage.direct(ann, bob);
  expect(await codeOf(bob, bob.account, answer(log, RequestAnswer.UNSPECIFIED))).toBe(RejectionCode.INVALID);
  const cem = await stage.person("Cem");
  expect(await codeOf(cem, cem.account, answer(log, ACCEPTED))).toBe(RejectionCode.NOT_FOUND);
  // Who made it cannot accept it in the place of the other one.
  await ann.must(ann.account, answer(log, ACCEPTED));
  await ann.must(log, text("Hello"));
  expect(await codeOf(ann, log, text("Hello?"))).toBe(RejectionCode.REQUEST_WAITS);
});

test("[REQ6] a stranger brings nobody into a group, until they are known: by a group, an answer, or being accepted", async () => {
  const { stage, ann, bob, membersOf } = await strangers();
  const [cem, dan] = await stage.people("Cem", "Dan");
  if (cem === undefined || dan === undefined) throw new Error("unreachable");
  const group = await stage.group(ann, [bob, cem, dan]);
  expect(await membersOf(ann, group)).toEqual([ann.account]);
  await ann.must(group, add(bob));
  const direct = await stage.direct(ann, bob);
  await ann.must(direct, text("Hello"));
  await ann.must(group, add(bob));
  expect(await membersOf(ann, group)).toEqual([ann.account]);
  // Who has asked lets the other one bring them.
  const bobs = await stage.group(bob, [ann, cem]);
  expect((await membersOf(bob, bobs)).sort()).toEqual([ann.account, bob.account].sort());
  await ann.must(bobs, { case: "leave", value: {} });
  await bob.must(direct, text("Hello yourself"));
  await ann.must(group, add(bob, cem));
  expect((await membersOf(ann, group)).sort()).toEqual([ann.account, bob.account].sort());
  const other = await stage.direct(ann, cem);
  await cem.must(cem.account, answer(other, DECLINED));
  await ann.must(group, add(cem));
  await cem.must(cem.account, answer(other, ACCEPTED));
  await ann.must(group, add(cem));
  await together(stage, dan, ann);
  await ann.must(group, add(dan));
  expect((await membersOf(ann, group)).sort()).toEqual([ann, bob, cem, dan].map(({ account }) => account).sort());
});

test("[REQ6] an answer counts that comes in the same transaction, and so does a block", async () => {
  const { stage, ann, bob, membersOf } = await strangers();
  const direct = await stage.direct(ann, bob);
  const group = await stage.group(ann, []);
  const { writer } = stage.log;
  const blocked: Body = { case: "setBlocked", value: { account: ann.account, blocked: true } };
  await writer.execute([bob.prepare(direct, text("Yes?")), ann.prepare(group, add(bob))]);
  expect((await membersOf(ann, group)).length).toBe(2);
  await bob.must(group, { case: "leave", value: {} });
  await writer.execute([bob.prepare(bob.account, blocked), ann.prepare(group, add(bob))]);
  expect(await membersOf(ann, group)).toEqual([ann.account]);
});

test("[REQ6] where the server has no requests, everybody is brought, and nobody is asked whom they know", async () => {
  const { stage, ann, bob, membersOf } = await strangers(false);
  expect((await membersOf(ann, await stage.group(ann, [bob]))).sort()).toEqual([ann.account, bob.account].sort());
});
