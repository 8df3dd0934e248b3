import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { directConversationId, Encryption } from "@parley/protocol";
import { createDirect, post, RawDevice, ServerProcess, signUp, temporaryFolder } from "@parley/rig";

let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.start(temporaryFolder());
});

afterAll(async () => {
  await server.stop();
});

describe("two people", () => {
  test("chat over raw sockets in both encodings", async () => {
    const [ada, ben] = await Promise.all([signUp(server.url, "ada"), signUp(server.url, "ben")]);
    const adasDevice = new RawDevice(server.url, ada.token, "proto");
    const bensDevice = new RawDevice(server.url, ben.token, "json");
    await Promise.all([adasDevice.hello(), bensDevice.hello()]);
    const log = directConversationId(ada.account, ben.account, Encryption.NONE);
    const hi = post(log, "Hi Ben");
    const answers = await adasDevice.submit([createDirect(log, ben.account), hi]);
    expect(answers.map(({ outcome }) => outcome.value)).toMatchObject([
      { log, outcome: { case: "accepted", value: { seq: 1 } } },
      { log, outcome: { case: "accepted", value: { seq: 2 } } },
    ]);
    const { status } = await bensDevice.next("reset");
    expect(status?.head?.conversation).toBe(log);
    await bensDevice.submit([post(log, "Hi Ada")]);
    const reply = await adasDevice.next("event", ({ event }) => event?.seq === 3);
    expect(reply.event?.body).toMatchObject({ value: { content: { form: { value: { text: "Hi Ada" } } } } });
  });
});
