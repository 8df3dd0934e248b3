import { afterAll, beforeAll, expect, test } from "bun:test";
import { directConversationId, Encryption } from "@parley/protocol";
import {
  bearer,
  call,
  createDirect,
  freshId,
  post,
  RawDevice,
  ServerProcess,
  signUp,
  temporaryFolder,
} from "@parley/rig";

let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.start(temporaryFolder());
});

afterAll(async () => {
  await server.stop();
});

/** Two people who talk, somebody who knows both, and the ids of a conversation that is there and of one that is not. */
async function talk() {
  const [ada, ben, eve, cem] = [
    await signUp(server.url, "ada"),
    await signUp(server.url, "ben"),
    await signUp(server.url, "eve"),
    await signUp(server.url, "cem"),
  ];
  const there = directConversationId(ada.account, ben.account, Encryption.NONE);
  const device = new RawDevice(server.url, ada.token);
  await device.hello();
  const answers = await device.submit([createDirect(there, ben.account), post(there, "between us")]);
  const accepted = { value: { outcome: { case: "accepted" } } };
  expect(answers).toMatchObject([{ outcome: accepted }, { outcome: accepted }]);
  return { ben, eve, there, device, notThere: directConversationId(ada.account, cem.account, Encryption.NONE) };
}

test("[VIS5] a stranger who can derive the id of a conversation hears the same whether it is there or not", async () => {
  const { ben, eve, there, device, notThere } = await talk();
  const asEve = bearer(eve.token);
  const heardOf = async (conversation: string) => {
    const target = freshId();
    const heard: unknown[] = [];
    for (const [method, question] of [
      ["GetPage", { conversation, limit: 5, newest: {} }],
      ["GetChanges", { conversation }],
      ["SetMark", { conversation, delivered: 1, read: 1 }],
    ] as const) {
      heard.push(await call(server.url, `ConversationService/${method}`, question, asEve));
    }
    for (const body of [
      { post: { content: { plain: { text: "let me in" } } } },
      { edit: { target, content: { plain: { text: "changed" } } } },
      { delete: { target } },
      { withdraw: { target } },
      { setReaction: { target, emoji: "👍" } },
      { addMembers: { accounts: [eve.account] } },
      { removeMembers: { accounts: [ben.account] } },
      { setTitle: { title: "Mine" } },
      { setTimer: { seconds: 60 } },
      { pinMessage: { target } },
      { unpinMessage: { target } },
      { makeInvite: { secretHash: btoa("x".repeat(32)) } },
      { revokeInvite: { invite: target } },
      { join: { secret: btoa("x".repeat(16)) } },
      { cancelJoin: {} },
      { answerJoin: { account: eve.account, accept: true } },
      { leave: {} },
      { setFollowing: { following: true } },
      { create: { kind: "CONVERSATION_KIND_DIRECT", encryption: "ENCRYPTION_NONE", members: [ben.account] } },
    ]) {
      const command = { id: freshId(), log: conversation, sentAt: 1, ...body };
      const { status, body: answer } = await call(server.url, "ConversationService/Execute", { command }, asEve);
      heard.push([Object.keys(body), status, answer["verdict"]]);
    }
    const answers = JSON.stringify(heard.map((one) => (one instanceof Object && "body" in one ? one.body : one)));
    return answers.replaceAll(conversation, "it");
  };
  expect(await heardOf(there)).toBe(await heardOf(notThere));
  device.close();
});

test("[VIS5] a stranger's signals and marks reach nobody, and nobody's reach a stranger", async () => {
  const [ada, ben, eve] = [
    await signUp(server.url, "ada.two"),
    await signUp(server.url, "ben.two"),
    await signUp(server.url, "eve.two"),
  ];
  const log = directConversationId(ada.account, ben.account, Encryption.NONE);
  const devices = [ada, ben, eve].map(({ token }) => new RawDevice(server.url, token));
  await Promise.all(devices.map((device) => device.hello()));
  const [ofAda, ofBen, ofEve] = devices;
  if (ofAda === undefined || ofBen === undefined || ofEve === undefined) throw new Error("unreachable");
  await ofAda.submit([createDirect(log, ben.account), post(log, "between us")]);
  await Promise.all([ofAda.next("reset"), ofBen.next("reset")]);
  ofEve.send({ case: "typing", value: { conversation: log, active: true } });
  ofEve.send({ case: "marks", value: { updates: [{ conversation: log, delivered: 2, read: 2 }] } });
  await ofEve.submit([post(log, "let me in")]);
  ofAda.send({ case: "typing", value: { conversation: log, active: true } });
  const { typing } = await ofBen.next("signals", ({ typing: all }) =>
    all.some(({ account }) => account === ada.account),
  );
  expect(typing.map(({ account }) => account)).toEqual([ada.account]);
  const told = JSON.stringify([...ofAda.frames, ...ofBen.frames], (_, value) =>
    value instanceof Uint8Array ? undefined : value,
  );
  expect(told).not.toContain(eve.account);
  expect([...ofEve.all("signals"), ...ofEve.all("registers"), ...ofEve.all("event")]).toEqual([]);
  for (const device of devices) device.close();
});
