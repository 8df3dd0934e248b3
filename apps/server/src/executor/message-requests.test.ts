import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { RejectionCode, RequestAnswer } from "@parley/protocol";
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
  return { stage, ann, bob, isRequest };
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
  await stage.group(cem, [ann]);
  expect(await isRequest(await stage.direct(ann, cem))).toBe(false);
  const dan = await stage.person("Dan");
  const left = await stage.group(ann, [dan]);
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
