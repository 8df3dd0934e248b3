import { describe, expect, test } from "bun:test";
import { MemoryDisk, MemoryStore } from "@parley/client-store";
import { type Command, RejectionCode, RetryCode, type Submit } from "@parley/protocol";
import type { OutboxEntry, StoredMeta } from "../ports/client-store.ts";
import { EngineFixture, group, me, newId, you } from "../testing/engine-fixture.ts";
import { HttpServer, httpAnswer } from "../testing/http-server.ts";
import { inGroup } from "../testing/in-group.ts";
import { ManualClock, settled } from "../testing/manual-clock.ts";
import type { FlushEnd } from "./flush-end.ts";
import { flushOutbox } from "./flush-outbox.ts";

const other = "018f0000-0000-7000-8000-0000000000c2";
const device = newId();
const meta: StoredMeta = { account: me, device, incarnation: "one", accountHead: 0, doubted: [] };

/** A device without an engine, and the server as requests reach it. */
class Device {
  readonly disk: MemoryDisk;
  readonly http: HttpServer;
  readonly clock = new ManualClock();
  /** Whether an engine lives. */
  isTaken = false;

  constructor(disk = new MemoryDisk(), http = new HttpServer()) {
    this.disk = disk;
    this.http = http;
  }

  flush(): Promise<FlushEnd> {
    const vacancy = {
      fill: async <T>(work: () => Promise<T>) => (this.isTaken ? undefined : work()),
    };
    return flushOutbox({ store: new MemoryStore(this.disk), http: this.http, clock: this.clock, vacancy });
  }

  /** Queues posts as an engine does that has no network, and ends. */
  async write(conversations: readonly string[], posts: number): Promise<string[]> {
    const fixture = await this.engine();
    const ids: string[] = [];
    for (let index = 0; index < posts; index++) {
      for (const conversation of conversations) {
        const id = newId();
        ids.push(id);
        await fixture.engine.post({ id, conversation, text: `post ${index}`, sentAt: 1 });
      }
    }
    await fixture.engine.stop();
    return ids;
  }

  /** One without a network. */
  async engine(): Promise<EngineFixture> {
    const fixture = new EngineFixture(this.disk, this.clock);
    fixture.server.accepts = false;
    await fixture.engine.start();
    return fixture;
  }

  entries(): Promise<readonly OutboxEntry[]> {
    return new MemoryStore(this.disk).load().then(({ outbox }) => outbox);
  }

  async states(): Promise<string[]> {
    return (await this.entries()).map(({ state }) => state.kind);
  }

  accepted(log: string): string[] {
    return this.http.accepted.filter((command) => command.log === log).map(({ id }) => id);
  }

  async storeMeta(stored: StoredMeta): Promise<void> {
    const store = new MemoryStore(this.disk);
    await store.commit(await store.claim(), [{ kind: "meta", meta: stored }], "strict");
  }
}

const failure = (status: number, code: string) => async () =>
  httpAnswer(status, "application/json", JSON.stringify({ code, message: "no" }));

function texts(commands: readonly Command[]): string[] {
  return commands.map(({ body }) => {
    const content = body.case === "post" || body.case === "edit" ? body.value.content : undefined;
    return content?.form.case === "plain" ? content.form.value.text : String(body.case);
  });
}

describe("[FLU3] a flush", () => {
  test("sends every queue once, each in its order, in requests within the limits", async () => {
    const at = new Device();
    const ids = await at.write([group, other], 150);
    expect(await at.flush()).toBe("done");
    for (const log of [group, other]) {
      expect(at.accepted(log)).toEqual(ids.filter((_, index) => (index % 2 === 0) === (log === group)));
    }
    expect(at.http.accepted).toHaveLength(300);
    expect(Math.max(...at.http.requests.map(({ submissions }) => submissions.length))).toBeLessThanOrEqual(64);
    expect(at.http.requests.length).toBeLessThan(15);
    expect(new Set(await at.states())).toEqual(new Set(["accepted"]));
    expect(await at.flush()).toBe("done");
    expect(at.http.accepted).toHaveLength(300);
  });

  test("names the device that the commands are of", async () => {
    const at = new Device();
    await at.storeMeta(meta);
    await at.write([group], 1);
    await at.flush();
    expect(at.http.requests.map((request) => request.device)).toEqual([device]);
  });

  test("ends where nothing waits, without a request", async () => {
    const at = new Device();
    expect(await at.flush()).toBe("done");
    await at.storeMeta(meta);
    expect(await at.flush()).toBe("done");
    expect(at.http.requests).toEqual([]);
  });

  test("of what waits for its conversation follows when that was created", async () => {
    const at = new Device();
    const { engine } = await at.engine();
    const conversation = await engine.startGroup(newId(), [you], "Crew");
    await engine.post({ id: newId(), conversation, text: "hello crew", sentAt: 1 });
    await engine.stop();
    expect((await at.states()).sort()).toEqual(["held", "queued"]);
    expect(await at.flush()).toBe("done");
    expect(texts(at.http.accepted)).toEqual(["create", "hello crew"]);
  });
});

test("[FLU2] [ORD6] whatever leaves is on the disk as possibly sent, before its first byte", async () => {
  const at = new Device();
  await at.write([group], 100);
  const seen: boolean[] = [];
  at.http.fate = ({ submissions }: Submit) => {
    const marked = new Set(
      at.disk.image
        .state()
        .outbox.filter(({ possiblySent }) => possiblySent)
        .map(({ command }) => command.toHex()),
    );
    seen.push(submissions.every(({ command }) => marked.has(command.toHex())));
    expect(at.disk.relaxedCommits).toBe(0);
    return undefined;
  };
  await at.flush();
  expect(seen.length).toBeGreaterThan(2);
  expect(seen).not.toContain(false);
});

describe("[FLU4] an answer", () => {
  test("that rejects is kept with its reason, what depends on it falls, and the rest goes on", async () => {
    const at = new Device();
    const [bad = "", good = ""] = await at.write([group], 2);
    const { engine } = await at.engine();
    const edit = newId();
    await engine.edit(newId(), group, good, "changed");
    await engine.react(edit, group, bad, "👍", true);
    await engine.stop();
    const value = { log: group, outcome: { case: "rejected" as const, value: { code: 3, reason: "No." } } };
    at.http.outcomeOf = ({ id }) => (id === bad ? { case: "verdict", value } : undefined);
    expect(await at.flush()).toBe("done");
    const states = new Map((await at.entries()).map(({ id, state }) => [id, state]));
    expect(states.get(bad)).toEqual({ kind: "rejected", code: 3, reason: "No." });
    expect(states.get(edit)).toMatchObject({ kind: "rejected", code: RejectionCode.DEPENDENCY });
    expect(texts(at.http.accepted)).toEqual(["changed"]);
  });

  test("that asks for patience stops its queue alone, until another flush", async () => {
    const at = new Device();
    const ids = await at.write([group, other], 3);
    let isBusy = true;
    const retry = { case: "retry" as const, value: { code: RetryCode.UNAVAILABLE, retryAfterMs: 0 } };
    at.http.outcomeOf = ({ log }) => (log === group && isBusy ? retry : undefined);
    expect(await at.flush()).toBe("later");
    expect(at.accepted(other)).toHaveLength(3);
    expect(at.accepted(group)).toEqual([]);
    isBusy = false;
    expect(await at.flush()).toBe("done");
    expect(at.accepted(group)).toEqual(ids.filter((_, index) => index % 2 === 0));
  });

  test("that never comes leaves everything for a later flush, which is answered once", async () => {
    const at = new Device();
    const ids = await at.write([group], 5);
    at.http.fate = async (submit) => {
      at.http.take(submit);
      throw new Error("the network went");
    };
    expect(await at.flush()).toBe("later");
    expect(await at.states()).toEqual(Array(5).fill("queued"));
    at.http.fate = () => undefined;
    expect(await at.flush()).toBe("done");
    expect(at.accepted(group)).toEqual(ids);
  });

  test("that takes too long is given up", async () => {
    const at = new Device();
    await at.write([group], 1);
    let giveUp: (error: Error) => void = () => undefined;
    at.http.fate = () =>
      new Promise((_, reject) => {
        giveUp = reject;
      });
    const end = at.flush();
    await at.clock.advance(30_000);
    expect(at.http.cancelled).toBe(1);
    giveUp(new Error("cancelled"));
    expect(await end).toBe("later");
  });

  test("to less than was asked is not waited for", async () => {
    const at = new Device();
    await at.write([group], 2);
    at.http.fate = async () => httpAnswer(200, "application/proto", "");
    expect(await at.flush()).toBe("left");
    expect(at.http.requests).toHaveLength(1);
  });

  test.each([
    ["a session that has ended", 401, "unauthenticated", "left"],
    ["another device's session", 400, "failed_precondition", "left"],
    ["a server that stops", 503, "unavailable", "later"],
    ["too many calls", 429, "resource_exhausted", "later"],
  ] as const)("of %s stops everything and keeps it", async (_, status, code, end) => {
    const at = new Device();
    await at.write([group, other], 2);
    at.http.fate = failure(status, code);
    expect(await at.flush()).toBe(end);
    expect(at.http.requests).toHaveLength(1);
    expect(await at.states()).toEqual(Array(4).fill("queued"));
  });

  test.each([
    ["a page", 200, "text/html", "<h1>Welcome to the hotel</h1>"],
    ["a refusal", 401, "text/html", "<h1>Sign in to the hotel</h1>"],
    ["nonsense", 200, "application/proto", "<h1>Welcome</h1>"],
    ["its own JSON", 403, "application/json", '"no"'],
  ])("of somebody else (%s) is none", async (_, status, type, body) => {
    const at = new Device();
    await at.write([group], 1);
    at.http.fate = async () => httpAnswer(status, type, body);
    expect(await at.flush()).toBe("later");
    expect(await at.states()).toEqual(["queued"]);
  });
});

describe("[FLU5] a queue whose link the server does not know", () => {
  test("is linked anew where nothing can go before it", async () => {
    const at = new Device();
    const [first = ""] = await at.write([group], 1);
    await at.flush();
    const store = new MemoryStore(at.disk);
    const generation = await store.claim();
    const link = { log: group, last: newId(), position: 1 };
    await store.commit(
      generation,
      [
        { kind: "forget-outbox", id: first },
        { kind: "link", link },
      ],
      "strict",
    );
    const ids = await at.write([group], 3);
    expect(await at.flush()).toBe("done");
    expect(at.accepted(group)).toEqual([first, ...ids]);
  });

  test("is linked to the last command that was acknowledged", async () => {
    const at = new Device();
    const before = await at.write([group], 2);
    await at.flush();
    const store = new MemoryStore(at.disk);
    // As after the server was asked what it still knows.
    const link = { log: group, last: "", position: 0 };
    await store.commit(await store.claim(), [{ kind: "link", link }], "strict");
    const after = await at.write([group], 2);
    expect(await at.flush()).toBe("done");
    expect(at.accepted(group)).toEqual([...before, ...after]);
  });

  test("is linked to what is to be withdrawn", async () => {
    const at = new Device();
    await at.write([group], 1);
    await at.flush();
    const [oops = ""] = await at.write([group], 1);
    at.http.fate = async (submit) => {
      at.http.take(submit);
      throw new Error("the answer was lost");
    };
    expect(await at.flush()).toBe("later");
    const { engine } = await at.engine();
    await engine.discard(oops);
    await engine.stop();
    at.http.fate = () => undefined;
    expect(await at.flush()).toBe("done");
    expect(texts(at.http.accepted)).toEqual(["post 0", "post 0", "withdraw"]);
  });

  test("is left where the server may have lost what it acknowledged, which goes first", async () => {
    const at = new Device();
    await at.write([group, other], 1);
    await at.flush();
    await at.write([group, other], 1);
    const restored = new HttpServer();
    expect(await new Device(at.disk, restored).flush()).toBe("left");
    expect(restored.accepted).toEqual([]);
    expect((await new MemoryStore(at.disk).load()).links.every(({ last }) => last !== "")).toBe(true);
  });

  test("is not sent to at all while it is in doubt", async () => {
    const at = new Device();
    await at.write([group, other], 1);
    const stored = (await new MemoryStore(at.disk).load()).meta ?? meta;
    await at.storeMeta({ ...stored, doubted: [group] });
    expect(await at.flush()).toBe("left");
    expect(at.http.accepted.map(({ log }) => log)).toEqual([other]);
  });
});

describe("[FLU1] an engine", () => {
  test("that lives sends itself: nothing is claimed or sent", async () => {
    const at = new Device();
    await at.write([group], 1);
    const { generation } = at.disk;
    at.isTaken = true;
    expect(await at.flush()).toBe("owned");
    expect([at.disk.generation, at.http.requests.length]).toEqual([generation, 0]);
  });

  test("that claims the store before the flush does keeps it", async () => {
    const at = new Device();
    await at.write([group], 1);
    let engine: EngineFixture | undefined;
    const store = new MemoryStore(at.disk);
    const vacancy = {
      fill: async <T>(work: () => Promise<T>) => {
        engine = await at.engine();
        return work();
      },
    };
    expect(await flushOutbox({ store, http: at.http, clock: at.clock, vacancy })).toBe("owned");
    expect(at.http.requests).toEqual([]);
    await engine?.engine.post({ id: newId(), conversation: group, text: "mine", sentAt: 1 });
    expect(await at.states()).toEqual(["queued", "queued"]);
  });

  test("that starts while a request is under way takes over: the flush stops, and what it sent is answered once", async () => {
    const at = new Device();
    const ids = await at.write([group], 20);
    const engine = new EngineFixture(at.disk, at.clock);
    at.http.fate = async (submit) => {
      const answer = at.http.take(submit);
      if (at.http.requests.length === 2) await engine.engine.start();
      return answer;
    };
    expect(await at.flush()).toBe("owned");
    expect(at.http.requests).toHaveLength(2);
    const waiting = (await at.entries()).filter(({ state }) => state.kind === "queued").map(({ id }) => id);
    expect(waiting).toEqual(ids.slice(1));
  });
});

test("[FLU7] what was flushed is shown as sent at the next start, without the server", async () => {
  const { fixture } = await inGroup(1);
  fixture.server.drop();
  await settled();
  const id = newId();
  await fixture.engine.post({ id, conversation: group, text: "in the tunnel", sentAt: 1 });
  await fixture.engine.stop();
  const at = new Device(fixture.disk);
  const accepted = { case: "accepted" as const, value: { seq: 3, receivedAt: at.clock.now() } };
  at.http.outcomeOf = () => ({ case: "verdict", value: { log: group, outcome: accepted } });
  expect(await at.flush()).toBe("done");
  const { engine } = await at.engine();
  const timeline = engine.openTimeline(group);
  await settled();
  const rows = timeline.get().rows.flatMap((row) => (row.kind === "message" && row.id === id ? [row.status] : []));
  expect(rows).toMatchObject([{ kind: "sent" }]);
  expect(engine.conversations.get().pending).toBe(0);
});
