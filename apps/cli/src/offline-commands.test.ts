import { afterAll, beforeAll, expect, test } from "bun:test";
import { rmSync } from "node:fs";
import {
  createEngine,
  type EngineHandle,
  type MessageRow,
  type SocketHandlers,
  type TimelineView,
  type Transport,
} from "@parley/client";
import { MemoryDisk, MemoryStore } from "@parley/client-store";
import { type Command, pictureId, uuidV7 } from "@parley/protocol";
import { type Inhabitant, ServerProcess, samplePicture, settle, temporaryFolder } from "@parley/rig";
import { createBunTransport, systemClock, systemRandom, unknownNetwork } from "./ports.ts";

const PATIENCE_MS = 20_000;
const HOUR_MS = 3_600_000;
const HEART = "❤️";

type BodyCase = NonNullable<Command["body"]["case"]>;

/** What a device reaches of the server: everything; it sends and hears nothing; nothing. */
type Link = "whole" | "deaf" | "cut";

/** A device of somebody: a store that outlives its engines, and the engine that runs on it now. */
class Device {
  readonly account: string;
  readonly disk = new MemoryDisk();
  link: Link = "whole";
  readonly #person: Inhabitant;
  readonly #token: string;
  #running: EngineHandle | undefined;
  #views = new Map<string, { get(): TimelineView }>();

  constructor(person: Inhabitant, session: number) {
    this.#person = person;
    this.#token = person.tokens[session] ?? "";
    this.account = person.account;
  }

  get engine(): EngineHandle {
    if (this.#running === undefined) throw new Error("It does not run.");
    return this.#running;
  }

  /** Ends the engine, and begins another on the same store. */
  async restart(link: Link): Promise<void> {
    await this.stop();
    this.link = link;
    const { account, userName } = this.#person;
    this.#running = createEngine({
      transport: this.#linked(createBunTransport(server.url, this.#token)),
      store: new MemoryStore(this.disk),
      clock: systemClock,
      random: systemRandom,
      network: unknownNetwork,
      account: { account, userName, displayName: userName },
      deviceName: "test",
    });
    await this.#running.start();
    if (link === "whole") await until(() => this.engine.connection.get().kind === "online");
  }

  async stop(): Promise<void> {
    this.#views = new Map();
    await this.#running?.stop();
    this.#running = undefined;
  }

  /** What it shows of a conversation. */
  shows(conversation: string): TimelineView {
    const opened = this.#views.get(conversation) ?? this.engine.openTimeline(conversation);
    this.#views.set(conversation, opened);
    return opened.get();
  }

  message(conversation: string, id: string): MessageRow | undefined {
    return this.shows(conversation).rows.find((row): row is MessageRow => row.kind === "message" && row.id === id);
  }

  /** What the message says; undefined where it says nothing any more, or is not there. */
  text(conversation: string, id: string): string | undefined {
    const body = this.message(conversation, id)?.body;
    return body?.kind === "text" ? body.text : undefined;
  }

  listed(conversation: string) {
    return this.engine.conversations.get().conversations.find(({ id }) => id === conversation);
  }

  has(conversation: string, account: string): boolean {
    return this.shows(conversation).members.some((member) => member.account === account);
  }

  scheduled(id: string) {
    return this.engine.account.get().scheduled?.find((item) => item.id === id);
  }

  #linked(transport: Transport): Transport {
    return {
      connect: (handlers: SocketHandlers) => {
        if (this.link === "cut") queueMicrotask(() => handlers.closed({ code: 1006, fault: "unreachable" }));
        if (this.link === "cut") return { encoding: "proto", send: () => undefined, close: () => undefined };
        const received: SocketHandlers["received"] = (frame) => this.link === "deaf" || handlers.received(frame);
        return transport.connect({ opened: () => handlers.opened(), received, closed: (why) => handlers.closed(why) });
      },
    };
  }
}

const folder = temporaryFolder();
let server: ServerProcess;
/** Gives everything without the server. */
let me: Device;
/** Another device of the same account. */
let mine: Device;
let friend: Device;
let third: Device;

beforeAll(async () => {
  const settlement = await settle({ folder, accounts: 3, sessionsPerAccount: 2 });
  await settlement.close();
  server = await ServerProcess.start(folder);
  const [ana, ben, cyn] = settlement.people;
  if (ana === undefined || ben === undefined || cyn === undefined) throw new RangeError("Somebody is missing.");
  [me, mine, friend, third] = [new Device(ana, 0), new Device(ana, 1), new Device(ben, 0), new Device(cyn, 0)];
  for (const device of [me, mine, friend, third]) await device.restart("whole");
});

afterAll(async () => {
  for (const device of [me, mine, friend, third]) await device.stop();
  await server.stop();
  rmSync(folder, { recursive: true });
});

function newId(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`It did not come about in time: ${holds}`);
    await Bun.sleep(5);
  }
}

/** A group that somebody made, known to who is in it and to both of my devices if I am. */
async function group(by: Device, ...others: readonly Device[]): Promise<string> {
  const accounts = others.map(({ account }) => account);
  const id = await by.engine.startGroup(newId(), accounts, "Group");
  const knowing = [me, mine, friend, third].filter(
    ({ account }) => account === by.account || accounts.includes(account),
  );
  await until(() => knowing.every((device) => device.listed(id)?.writable === true && device.shows(id).loaded));
  await until(() => by.engine.conversations.get().pending === 0);
  return id;
}

/** A message that everybody has. */
async function said(conversation: string, text: string): Promise<string> {
  const id = newId();
  await me.engine.post({ id, conversation, text, sentAt: Date.now() });
  await until(() => [me, mine, friend].every((device) => device.message(conversation, id)?.ordinal !== undefined));
  return id;
}

/** A link to a group, once it works; what stands in it. */
async function invite(by: Device, conversation: string, needsApproval = false): Promise<string> {
  const draft = { label: "Poster", lifetimeMs: 0, maxUses: 0, needsApproval };
  await by.engine.makeInvite(newId(), conversation, draft);
  await until(() => by.shows(conversation).invites.some(({ waiting }) => !waiting));
  return by.shows(conversation).invites[0]?.code ?? "";
}

async function scheduledFor(conversation: string): Promise<string> {
  const id = newId();
  await me.engine.schedule({ id, conversation, text: "at noon", at: Date.now() + HOUR_MS });
  await until(() => [me, mine].every((device) => device.scheduled(id)?.state === "waiting"));
  return id;
}

/** The bodies that waited after the engine had ended and begun again. */
let queued: readonly string[] = [];

/** Given without the server; the engine ends and begins again, without it and then with it: everything is accepted. */
async function offline(give: (engine: EngineHandle) => Promise<unknown>): Promise<void> {
  await me.restart("cut");
  await give(me.engine);
  await me.restart("cut");
  queued = me.engine.inspect().outbox.map(({ body }) => body);
  await me.restart("whole");
  await until(() => me.engine.conversations.get().pending === 0);
  expect(me.engine.outbox.get().failed).toBe(0);
}

/**
 * Each command, given while the server is out of reach, and how another device sees what it did. A command without a row does not compile: what is new
 * works offline, too, or it is said here why not.
 */
const rows: Record<BodyCase, () => Promise<void>> = {
  async create() {
    await offline((engine) => engine.startGroup(newId(), [friend.account], "Made offline"));
    await until(() => friend.engine.conversations.get().conversations.some(({ title }) => title === "Made offline"));
  },
  async post() {
    const [log, id] = [await group(me, friend), newId()];
    await offline((engine) => engine.post({ id, conversation: log, text: "said offline", sentAt: Date.now() }));
    await until(() => friend.text(log, id) === "said offline");
  },
  async edit() {
    const log = await group(me, friend);
    const id = await said(log, "before");
    await offline((engine) => engine.edit(newId(), log, id, "after"));
    await until(() => friend.text(log, id) === "after");
  },
  async withdraw() {
    const [log, id] = [await group(me, friend), newId()];
    me.link = "deaf";
    await me.engine.post({ id, conversation: log, text: "sent, and not heard of", sentAt: Date.now() });
    await until(() => friend.text(log, id) !== undefined);
    await offline((engine) => engine.discard(id));
    await until(() => friend.text(log, id) === undefined);
  },
  async delete() {
    const log = await group(me, friend);
    const id = await said(log, "to go");
    await offline((engine) => engine.deleteMessage(newId(), log, id));
    await until(() => friend.message(log, id)?.body.kind === "deleted");
  },
  async setReaction() {
    const log = await group(me, friend);
    const id = await said(log, "nice");
    await offline((engine) => engine.react(newId(), log, id, HEART, true));
    await until(() => friend.message(log, id)?.reactions[0]?.emoji === HEART);
  },
  async unsetReaction() {
    const log = await group(me, friend);
    const id = await said(log, "nice");
    await me.engine.react(newId(), log, id, HEART, true);
    await until(() => [me, friend].every((device) => device.message(log, id)?.reactions.length === 1));
    await offline((engine) => engine.react(newId(), log, id, HEART, false));
    await until(() => friend.message(log, id)?.reactions.length === 0);
  },
  async addMembers() {
    const log = await group(me, friend);
    await offline((engine) => engine.addMembers(newId(), log, [third.account]));
    await until(() => third.listed(log)?.writable === true);
  },
  async removeMembers() {
    const log = await group(me, friend, third);
    await offline((engine) => engine.removeMembers(newId(), log, [third.account]));
    await until(() => third.listed(log)?.writable === false);
  },
  async leave() {
    const log = await group(me, friend);
    await offline((engine) => engine.leave(newId(), log));
    await until(() => !friend.has(log, me.account));
  },
  async setTimer() {
    const log = await group(me, friend);
    await offline((engine) => engine.setTimer(newId(), log, 3_600));
    await until(() => friend.shows(log).timerSeconds === 3_600);
  },
  async setTitle() {
    const log = await group(me, friend);
    await offline((engine) => engine.setTitle(newId(), log, "Named offline"));
    await until(() => friend.listed(log)?.title === "Named offline");
  },
  async setRole() {
    const log = await group(me, friend);
    await offline((engine) => engine.setRole(newId(), log, friend.account, "admin"));
    await until(() =>
      friend.shows(log).members.some(({ account, role }) => account === friend.account && role === "admin"),
    );
  },
  async setDescription() {
    const log = await group(me, friend);
    await offline((engine) => engine.setDescription(newId(), log, "About it"));
    await until(() => friend.shows(log).description === "About it");
  },
  async setPicture() {
    const log = await group(me, friend);
    const bytes = samplePicture({ said: "chosen offline" });
    await offline((engine) => engine.setPicture(newId(), log, bytes));
    await until(() => friend.listed(log)?.picture === pictureId(bytes));
    expect(await friend.engine.picture(log, pictureId(bytes))).toEqual(bytes);
  },
  async setPreference() {
    const log = await group(me, friend);
    await offline((engine) => engine.prefer(newId(), log, { kind: "archive", archived: true }));
    await until(() => mine.listed(log)?.archived === true);
  },
  async setSaved() {
    const log = await group(me, friend);
    const id = await said(log, "to keep");
    await offline((engine) => engine.save(newId(), log, id, true));
    await until(() => mine.message(log, id)?.saved === true);
  },
  async hideMessages() {
    const log = await group(me, friend);
    const id = await said(log, "not for me");
    await offline((engine) => engine.hide(newId(), log, [id]));
    await until(() => mine.message(log, id) === undefined);
  },
  async pinMessage() {
    const log = await group(me, friend);
    const id = await said(log, "on top");
    await offline((engine) => engine.pinMessage(newId(), log, id, true));
    await until(() => friend.shows(log).pinned[0]?.id === id);
  },
  async unpinMessage() {
    const log = await group(me, friend);
    const id = await said(log, "on top");
    await me.engine.pinMessage(newId(), log, id, true);
    await until(() => [me, friend].every((device) => device.shows(log).pinned.length === 1));
    await offline((engine) => engine.pinMessage(newId(), log, id, false));
    await until(() => friend.shows(log).pinned.length === 0);
  },
  async makeInvite() {
    const log = await group(me, friend);
    await offline((engine) => engine.makeInvite(newId(), log, { label: "Poster", lifetimeMs: 0, maxUses: 0 }));
    await until(() => mine.shows(log).invites[0]?.label === "Poster");
  },
  async revokeInvite() {
    const log = await group(me, friend);
    await invite(me, log);
    await offline((engine) => engine.revokeInvite(newId(), log, mine.shows(log).invites[0]?.id ?? ""));
    await until(() => mine.shows(log).invites.every(({ revoked }) => revoked));
  },
  async join() {
    const log = await group(friend, third);
    const code = await invite(friend, log);
    await offline((engine) => engine.join(newId(), code));
    await until(() => friend.has(log, me.account) && mine.listed(log)?.writable === true);
  },
  async cancelJoin() {
    const log = await group(friend, third);
    await me.engine.join(newId(), await invite(friend, log, true));
    await until(() => friend.shows(log).joinRequests.length === 1);
    await offline((engine) => engine.cancelJoin(newId(), log));
    await until(() => friend.shows(log).joinRequests.length === 0);
  },
  async answerJoin() {
    const log = await group(me, friend);
    await third.engine.join(newId(), await invite(me, log, true));
    await until(() => me.shows(log).joinRequests.length === 1);
    await offline((engine) => engine.answerJoin(newId(), log, third.account, true));
    await until(() => third.listed(log)?.writable === true);
  },
  async setFollowing() {
    const log = await group(me, friend);
    const root = await said(log, "let us talk");
    const follows = ({ engine }: Device) =>
      engine.conversations.get().threads?.find(({ thread }) => thread?.root === root)?.thread?.following ?? false;
    await me.engine.followThread(newId(), { conversation: log, root }, true);
    await until(() => [me, mine].every(follows));
    await offline((engine) => engine.followThread(newId(), { conversation: log, root }, false));
    await until(() => !follows(mine));
  },
  async scheduleMessage() {
    const [log, id] = [await group(me, friend), newId()];
    const at = Date.now() + HOUR_MS;
    await offline((engine) => engine.schedule({ id, conversation: log, text: "at noon", at }));
    await until(() => mine.scheduled(id)?.state === "waiting");
  },
  async changeScheduled() {
    const id = await scheduledFor(await group(me, friend));
    await offline((engine) => engine.changeScheduled(newId(), id, "at one", Date.now() + 2 * HOUR_MS));
    await until(() => mine.scheduled(id)?.text === "at one");
  },
  async cancelScheduled() {
    const id = await scheduledFor(await group(me, friend));
    await offline((engine) => engine.cancelScheduled(newId(), id));
    await until(() => mine.scheduled(id) === undefined);
  },
  async setBlocked() {
    // Others go on to talk with each other.
    const log = await group(me, friend);
    const blocks = () => mine.engine.account.get().blocked?.some(({ account }) => account === friend.account) === true;
    await offline((engine) => engine.block(newId(), friend.account, true));
    await until(blocks);
    const id = await said(log, "heard by others all the same");
    await until(() => friend.text(log, id) !== undefined);
    await me.engine.block(newId(), friend.account, false);
    await until(() => !blocks());
  },
  async reportMessage() {
    const [conversation, id, bad] = [await group(me, friend), newId(), newId()];
    await friend.engine.post({ id: bad, conversation, text: "buy now", sentAt: Date.now() });
    await until(() => me.message(conversation, bad)?.ordinal !== undefined);
    const report = { conversation, messages: [bad], reason: "spam", note: "", withContext: false } as const;
    await offline((engine) => engine.report(id, report));
    // No device is told what the admins have: it is read where the server runs.
    expect(await readReports()).toContain(id.slice(-6));
  },
  async setReminder() {
    const log = await group(me, friend);
    const id = await said(log, "not now");
    await offline((engine) => engine.remind(newId(), log, id, Date.now() + HOUR_MS));
    await until(() => mine.message(log, id)?.reminder?.due === false);
  },
  async clearReminder() {
    const log = await group(me, friend);
    const id = await said(log, "not now");
    await me.engine.remind(newId(), log, id, Date.now() + HOUR_MS);
    await until(() => mine.message(log, id)?.reminder !== undefined);
    await offline((engine) => engine.clearReminder(newId(), log, id));
    await until(() => mine.message(log, id)?.reminder === undefined);
  },
};

async function readReports(): Promise<string> {
  const program = `${import.meta.dir}/../../server/src/reports.ts`;
  const environment = { ...process.env, PARLEY_DATA: folder };
  const child = Bun.spawn([process.execPath, program], { env: environment, stdout: "pipe" });
  return new Response(child.stdout).text();
}

for (const [body, play] of Object.entries(rows)) {
  test(
    `[OPN1] ${body}, given without the server, outlives the engine and takes effect once the server is back`,
    async () => {
      await play();
      expect(queued).toContain(body);
    },
    2 * PATIENCE_MS,
  );
}
