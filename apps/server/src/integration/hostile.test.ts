import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { closeCodeOf, limits, ProblemCode } from "@parley/protocol";
import { freshId, post, RawDevice, ServerProcess, signUp, temporaryFolder } from "@parley/rig";

let server: ServerProcess;
let token = "";

beforeAll(async () => {
  server = await ServerProcess.start(temporaryFolder());
  token = (await signUp(server.url, "mallory")).token;
});

afterAll(async () => {
  await server.stop();
});

async function closedWith(device: RawDevice, code: ProblemCode): Promise<void> {
  expect(ProblemCode[(await device.closed) - closeCodeOf(ProblemCode.UNSPECIFIED)]).toBe(ProblemCode[code]);
  expect(device.all("problem").at(-1)).toMatchObject({ code, reason: expect.any(String) });
}

describe("hostile sockets", () => {
  test("nonsense is answered with a Problem and the socket is closed", async () => {
    for (const [encoding, data] of [
      ["proto", new Uint8Array([255, 255, 255])],
      ["proto", '{"ping":{}}'],
      ["json", '{"ping":'],
      ["json", '{"hello":{"device":5}}'],
      ["json", new Uint8Array([1])],
      ["json", "[]"],
    ] as const) {
      const device = await new RawDevice(server.url, token, encoding).opened();
      device.sendRaw(data);
      await closedWith(device, ProblemCode.MALFORMED);
    }
  });

  test("a frame before Hello, a second Hello, an unknown frame", async () => {
    const early = await new RawDevice(server.url, token).opened();
    early.send({ case: "typing", value: { conversation: freshId(), active: true } });
    await closedWith(early, ProblemCode.MALFORMED);
    const twice = new RawDevice(server.url, token);
    await twice.hello();
    twice.send({ case: "hello", value: { device: twice.id } });
    await closedWith(twice, ProblemCode.MALFORMED);
    const unknown = await new RawDevice(server.url, token, "json").opened();
    unknown.sendRaw('{"teleport":{}}');
    await closedWith(unknown, ProblemCode.MALFORMED);
  });

  test("frames over the limit", async () => {
    const device = await new RawDevice(server.url, token, "json").opened();
    device.sendRaw(JSON.stringify({ hello: { device: device.id, name: "x".repeat(limits.frameBytes) } }));
    await closedWith(device, ProblemCode.TOO_LARGE);
  });

  test("frames far over the limit are not even read", async () => {
    const device = await new RawDevice(server.url, token, "json").opened();
    device.sendRaw("x".repeat(4 * limits.frameBytes));
    expect(await device.closed).toBeGreaterThanOrEqual(1006);
  });

  test("more submissions than the credit", async () => {
    const device = new RawDevice(server.url, token);
    await device.hello();
    const submissions = Array.from({ length: limits.submissionsPerFrame }, () => ({
      order: { link: { case: "none", value: {} } } as const,
      command: new Uint8Array([1, 2, 3]),
    }));
    device.send({ case: "submit", value: { submissions } });
    device.send({ case: "submit", value: { submissions } });
    await closedWith(device, ProblemCode.FLOODING);
  });

  test("a flood of frames", async () => {
    const device = new RawDevice(server.url, token);
    await device.hello();
    for (let nonce = 0; nonce < 2_000; nonce++) device.send({ case: "ping", value: { nonce } });
    await closedWith(device, ProblemCode.FLOODING);
  });

  test("a socket without session, or with one that was made up", async () => {
    for (const wrong of ["", "made.up", "x".repeat(10_000)]) {
      const device = new RawDevice(server.url, wrong);
      await closedWith(device, ProblemCode.UNAUTHENTICATED);
    }
  });

  test("questions that break a rule are answered, and the socket stays", async () => {
    const device = new RawDevice(server.url, token);
    await device.hello();
    device.send({ case: "request", value: { id: 1, question: { case: "page", value: { conversation: "x" } } } });
    device.send({
      case: "request",
      value: {
        id: 2,
        question: { case: "page", value: { conversation: freshId(), limit: 5, cursor: { case: "newest", value: {} } } },
      },
    });
    expect((await device.next("response", ({ id }) => id === 1)).answer.value).toMatchObject({
      code: ProblemCode.INVALID,
    });
    expect((await device.next("response", ({ id }) => id === 2)).answer.value).toMatchObject({
      code: ProblemCode.NOT_FOUND,
    });
    const answers = await device.submit([post(freshId(), "to nowhere")]);
    expect(answers[0]?.outcome.value).toMatchObject({ outcome: { case: "rejected" } });
    device.close();
  });

  test("no subprotocol of this server", async () => {
    const socket = new WebSocket(`${server.url.replace("http", "ws")}/socket`, "chat.v9");
    const failed = new Promise((resolve) => {
      socket.onerror = () => resolve("failed");
    });
    expect(await failed).toBe("failed");
  });
});
