import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createBunTransport, systemClock, systemRandom, unknownNetwork } from "@parley/cli/ports";
import { createEngine, type EngineHandle, flushOutbox, type Http, type HttpCall, type Transport } from "@parley/client";
import { MemoryDisk, MemoryStore } from "@parley/client-store";
import { uuidV7 } from "@parley/protocol";
import { bearer, call, ServerProcess, signUp, temporaryFolder } from "@parley/rig";

const POSTS = 40;
const noNetwork: Transport = {
  connect: () => ({ encoding: "proto", send: () => undefined, close: () => undefined }),
};

let server: ServerProcess;
let names = 0;

beforeAll(async () => {
  server = await ServerProcess.start(temporaryFolder());
});

afterAll(() => server.stop());

type Signed = Awaited<ReturnType<typeof signUp>>;

/** One device on a disk in memory, with two groups of its own. */
class Device {
  readonly disk = new MemoryDisk();
  readonly me: Signed;
  groups: readonly string[] = [];

  constructor(me: Signed) {
    this.me = me;
  }

  static async withGroups(): Promise<Device> {
    const [me, other] = await Promise.all([
      signUp(server.url, `flush${++names}`),
      signUp(server.url, `flush${++names}`),
    ]);
    const device = new Device(me);
    const engine = await device.start();
    device.groups = [
      await engine.startGroup(newId(), [other.account], "One"),
      await engine.startGroup(newId(), [other.account], "Two"),
    ];
    await until(
      () => engine.conversations.get().conversations.length === 2 && engine.conversations.get().pending === 0,
    );
    await engine.stop();
    return device;
  }

  async start(transport: Transport = createBunTransport(server.url, this.me.token)): Promise<EngineHandle> {
    const engine = createEngine({
      transport,
      store: new MemoryStore(this.disk),
      clock: systemClock,
      random: systemRandom,
      network: unknownNetwork,
      account: { account: this.me.account, userName: "me", displayName: "Me" },
      deviceName: "test",
    });
    await engine.start();
    return engine;
  }

  /** Without a network; what is written waits on the disk. */
  async write(round: number): Promise<void> {
    const engine = await this.start(noNetwork);
    for (let index = 0; index < POSTS; index++) {
      for (const conversation of this.groups) {
        await engine.post({ id: newId(), conversation, text: `${round}.${index}`, sentAt: Date.now() });
      }
    }
    await engine.stop();
  }

  flush(http: Http = httpOf(this.me.token)) {
    const vacancy = { fill: <T>(work: () => Promise<T>) => work() };
    return flushOutbox({ store: new MemoryStore(this.disk), http, clock: systemClock, vacancy });
  }

  /** What the server has, of all groups. */
  async texts(): Promise<string[][]> {
    const ask = async (conversation: string) => {
      const question = { conversation, newest: {}, limit: 200 };
      const { body } = await call(server.url, "ConversationService/GetPage", question, bearer(this.me.token));
      return [...JSON.stringify(body).matchAll(/"text":"(.*?)"/g)].map((match) => match[1] ?? "");
    };
    return Promise.all(this.groups.map(ask));
  }

  get waiting(): number {
    return this.disk.image.state().outbox.filter(({ state }) => state.kind === "queued").length;
  }
}

function httpOf(token: string): Http {
  return {
    post(path, encoding, body): HttpCall {
      const aborting = new AbortController();
      const headers = { ...bearer(token), "content-type": `application/${encoding}` };
      const sent = typeof body === "string" ? body : new Uint8Array(body);
      const answer = fetch(new URL(path, server.url), { method: "POST", headers, body: sent, signal: aborting.signal });
      return { answer, cancel: () => aborting.abort() };
    },
  };
}

function written(rounds: number): string[] {
  return Array.from({ length: rounds * POSTS }, (_, index) => `${Math.floor(index / POSTS)}.${index % POSTS}`);
}

function newId(): string {
  return uuidV7(Date.now(), systemRandom.bytes(10));
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 2_000) throw new Error("It did not come about in time.");
    await Bun.sleep(10);
  }
}

describe("against the real server", () => {
  test("[FLU3] a flush sends everything once and in order, and again what is written later", async () => {
    const device = await Device.withGroups();
    await device.write(0);
    expect(await device.flush()).toBe("done");
    expect(await device.texts()).toEqual([written(1), written(1)]);
    await device.write(1);
    expect(await device.flush()).toBe("done");
    expect(await device.texts()).toEqual([written(2), written(2)]);
    expect(device.waiting).toBe(0);
  });

  test.each([1, 2, 3, 5])(
    "[FLU1] [ORD5] an engine that starts at request %d takes over: everything once and in order",
    async (at) => {
      const device = await Device.withGroups();
      await device.write(0);
      const real = httpOf(device.me.token);
      let requests = 0;
      let engine: Promise<EngineHandle> | undefined;
      const racing: Http = {
        post(...request) {
          requests++;
          if (requests === at) engine = device.start();
          return real.post(...request);
        },
      };
      // On a slow machine everything may be through before the engine has the store.
      expect(["owned", "done"]).toContain(await device.flush(racing));
      const started = await engine;
      await until(() => started?.conversations.get().pending === 0 && started.connection.get().kind === "online");
      expect(await device.texts()).toEqual([written(1), written(1)]);
      await started?.stop();
    },
  );

  test("[FLU4] [SUBMIT6] under another's session nothing is sent, and all of it is kept", async () => {
    const device = await Device.withGroups();
    const other = await Device.withGroups();
    await device.write(0);
    const { waiting } = device;
    expect(await device.flush(httpOf(other.me.token))).toBe("left");
    expect(await device.flush(httpOf("made up"))).toBe("left");
    expect([device.waiting, waiting]).toEqual([2 * POSTS, 2 * POSTS]);
    expect(await device.flush()).toBe("done");
    expect(await device.texts()).toEqual([written(1), written(1)]);
  });
});
