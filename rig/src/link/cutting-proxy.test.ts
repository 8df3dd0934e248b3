import { afterEach, beforeEach, expect, test } from "bun:test";
import { connect, createServer, type Server, type Socket } from "node:net";
import { CuttingProxy } from "./cutting-proxy.ts";

let server: Server;
let proxy: CuttingProxy;
let served: Socket[] = [];

/** A server that sends back what it gets. */
beforeEach(async () => {
  served = [];
  server = createServer((socket) => {
    served.push(socket);
    socket.on("error", () => undefined);
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  proxy = await CuttingProxy.open(() => {
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  });
});

afterEach(() => {
  proxy.close();
  server.close();
});

class Client {
  readonly socket: Socket;
  readonly ended: Promise<void>;
  got = "";

  constructor() {
    this.socket = connect(Number(new URL(proxy.url).port), "127.0.0.1");
    this.socket.on("data", (bytes: Buffer) => {
      this.got += bytes.toString();
    });
    this.socket.on("error", () => undefined);
    this.ended = new Promise((resolve) => this.socket.once("close", () => resolve()));
  }

  async gets(text: string): Promise<void> {
    while (this.got !== text) await Bun.sleep(2);
  }
}

/** Waits until so many bytes were thrown away. */
async function swallows(count: number): Promise<void> {
  while (proxy.swallowed < count) await Bun.sleep(2);
}

/** Long enough for bytes that pass to have passed. */
const AWHILE_MS = 100;

test("passes and counts what goes both ways", async () => {
  const client = new Client();
  client.socket.write("hello");
  await client.gets("hello");
  expect([proxy.passed("up"), proxy.passed("down"), proxy.swallowed]).toEqual([5, 5, 0]);
});

test("swallows one way or both: not a byte passes, and after it nothing of that connection ever does", async () => {
  const client = new Client();
  client.socket.write("one ");
  await client.gets("one ");
  proxy.set("down", "swallow");
  client.socket.write("two ");
  await swallows(4);
  expect([proxy.passed("up"), proxy.passed("down"), client.got]).toEqual([8, 4, "one "]);
  proxy.set("up", "swallow");
  client.socket.write("three");
  await swallows(9);
  expect([proxy.passed("up"), proxy.passed("down"), proxy.swallowed]).toEqual([8, 4, 9]);
  proxy.heal();
  await client.ended;
  expect(client.got).toBe("one ");
});

test("hides the end of one side from the other while it swallows", async () => {
  const client = new Client();
  client.socket.write("hello");
  await client.gets("hello");
  proxy.set("down", "swallow");
  let ended = false;
  void client.ended.then(() => {
    ended = true;
  });
  for (const socket of served) socket.destroy();
  await Bun.sleep(AWHILE_MS);
  expect(ended).toBe(false);
  proxy.heal();
  await client.ended;
});

test("stalls: what was held back comes when it passes again", async () => {
  const client = new Client();
  client.socket.write("hello");
  await client.gets("hello");
  proxy.set("down", "stall");
  client.socket.write(" again");
  await Bun.sleep(AWHILE_MS);
  expect([proxy.passed("down"), client.got]).toEqual([5, "hello"]);
  proxy.set("down", "pass");
  await client.gets("hello again");
});

test("delays without changing the order, also when the delay ends meanwhile", async () => {
  const client = new Client();
  proxy.delay(10 * AWHILE_MS);
  client.socket.write("one ");
  await Bun.sleep(AWHILE_MS);
  expect(client.got).toBe("");
  proxy.delay(0);
  client.socket.write("two");
  await client.gets("one two");
});

test("cuts after a number of bytes, in the middle of a message", async () => {
  const client = new Client();
  client.socket.write("whole ");
  await client.gets("whole ");
  proxy.cutAfter("down", 3);
  client.socket.write("truncated");
  await client.ended;
  expect([client.got, proxy.passed("down")]).toEqual(["whole tru", 9]);
  const next = new Client();
  next.socket.write("again");
  await next.gets("again");
});

test("cuts everything that is open", async () => {
  const clients = [new Client(), new Client()];
  for (const client of clients) client.socket.write("hello");
  for (const client of clients) await client.gets("hello");
  proxy.cut();
  for (const client of clients) await client.ended;
});

test("severed, it passes not a byte of what is open or comes, until it is healed", async () => {
  const before = new Client();
  before.socket.write("before");
  await before.gets("before");
  proxy.sever();
  await before.ended;
  const severed = new Client();
  severed.socket.write("severed");
  await swallows(7);
  expect([proxy.passed("up"), proxy.passed("down"), proxy.swallowed]).toEqual([6, 6, 7]);
  proxy.heal();
  await severed.ended;
  const after = new Client();
  after.socket.write("after");
  await after.gets("after");
});
