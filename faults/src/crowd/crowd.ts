import type { ConversationView, MessageRow, ThreadPlace } from "@parley/client";
import { threadConversationId } from "@parley/protocol";
import { samplePicture } from "@parley/rig";
import type { SeededRandom } from "@parley/simulation";
import type { Device, Run } from "./device.ts";
import { Typist } from "./typist.ts";

const EMOJI = ["👍", "❤️", "😂"];
/** What the title of the first group begins with, however it is changed. */
const EVERYBODY = "Everybody";
/** A person who sees this many commands waiting stops to type. */
const PENDING_AT_MOST = 60;
const OPEN_AT_MOST = 3;
/** Within which what is scheduled is due. */
const SOON_MS = 6_000;
/** People act on what is near the end of a screen. */
const RECENT = 12;

type Action = (device: Device, run: Run) => void;

export interface CrowdParts {
  readonly random: SeededRandom;
  readonly devices: readonly Device[];
  /** All of them together. */
  readonly actionsPerSecond: number;
  readonly schedules: boolean;
}

/** People at work on devices that run: each turn one of them does one thing that their screen allows. */
export class Crowd {
  readonly #parts: CrowdParts;
  readonly #typist = new Typist();
  readonly #actions: readonly (readonly [number, Action])[];
  #timer: ReturnType<typeof setInterval> | undefined;
  #texts = 0;
  /** Conversations whose links somebody has used. */
  readonly #entered = new Set<string>();

  constructor(parts: CrowdParts) {
    this.#parts = parts;
    this.#actions = [
      [40, (device, run) => this.#post(device, run, 1)],
      [5, (device, run) => this.#post(device, run, parts.random.integer(3, 12))],
      [10, (device, run) => this.#thread(device, run)],
      [12, (device, run) => this.#edit(device, run)],
      [7, (device, run) => this.#remove(device, run)],
      [9, (device, run) => this.#react(device, run)],
      [1, (device) => this.#startDirect(device)],
      [0.5, (device) => this.#startGroup(device)],
      [5, (device, run) => this.#addMembers(device, run)],
      [3, (device, run) => this.#removeMember(device, run)],
      [1.5, (device, run) => this.#leave(device, run)],
      [2, (device, run) => this.#setTitle(device, run)],
      [1, (device, run) => this.#setDescription(device, run)],
      [1, (device, run) => this.#setPicture(device, run)],
      [4, (device, run) => this.#setRole(device, run)],
      [3, (device, run) => this.#pin(device, run)],
      [4, (device, run) => this.#makeInvite(device, run)],
      [0.5, (device, run) => this.#revokeInvite(device, run)],
      [4, (device) => this.#join(device)],
      [1, (device) => this.#cancelJoin(device)],
      [4, (device, run) => this.#answerJoin(device, run)],
      [1, (device, run) => this.#prefer(device, run)],
      [2, (device, run) => this.#save(device, run)],
      [1, (device, run) => this.#hide(device, run)],
      [parts.schedules ? 3 : 0, (device, run) => this.#schedule(device, run)],
      [4, (device, run) => this.#changeScheduled(device, run)],
      [3, (device, run) => this.#block(device, run)],
      [3, (device, run) => this.#report(device, run)],
      [parts.schedules ? 5 : 0, (device, run) => this.#remind(device, run)],
      [4, (device, run) => this.#discard(device, run)],
      [12, (device, run) => this.#markRead(device, run)],
      [10, (device, run) => this.#open(device, run)],
      [4, (device, run) => this.#scroll(device, run)],
      [25, (device, run) => this.#look(device, run)],
    ];
  }

  get devices(): readonly Device[] {
    return this.#parts.devices;
  }

  /** The first conversations: a group of all, and a direct one of each person with the next. */
  begin(): void {
    const { devices } = this.#parts;
    const accounts = [...new Set(devices.map(({ account }) => account))];
    const [first, ...others] = accounts;
    const of = (account: string | undefined) => devices.find((device) => device.account === account);
    const founder = of(first);
    if (founder !== undefined) this.#typist.startGroup(founder, others, EVERYBODY);
    for (const [index, account] of accounts.entries()) {
      const device = of(account);
      const next = accounts[index + 1];
      if (device !== undefined && next !== undefined) this.#typist.startDirect(device, next);
    }
  }

  work(): void {
    this.#timer ??= setInterval(() => this.#act(), 1_000 / this.#parts.actionsPerSecond);
  }

  rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Somebody writes this; the id of the message. */
  say(device: Device, conversation: string, text: string): string {
    return this.#typist.post(device, conversation, text);
  }

  #act(): void {
    const { random, devices } = this.#parts;
    const device = random.pick(devices.filter(({ run }) => run !== undefined));
    const run = device?.run;
    if (device === undefined || run === undefined) return;
    if (run.engine.conversations.get().pending < PENDING_AT_MOST) random.weighted(this.#actions)?.(device, run);
  }

  #post(device: Device, run: Run, count: number): void {
    const { random } = this.#parts;
    const { conversations } = run.engine.conversations.get();
    // Now and then somebody writes where they may no longer.
    const writable = conversations.filter((conversation) => conversation.writable || random.chance(0.1));
    const busiest = writable.find(({ title }) => title.startsWith(EVERYBODY));
    const conversation = busiest !== undefined && random.chance(0.5) ? busiest : random.pick(writable);
    if (conversation === undefined) return;
    for (let index = 0; index < count; index++) this.#typist.post(device, conversation.id, this.#text());
  }

  /** Replies below a message, follows what is written there, or not any more, or only looks at it. */
  #thread(device: Device, run: Run): void {
    const { random } = this.#parts;
    const place = this.#pickThread(run);
    if (place === undefined) return;
    const act = random.weighted([
      [6, () => this.#typist.postInThread(device, place, this.#text())],
      [1, () => this.#typist.follow(device, place, true)],
      [2, () => this.#typist.follow(device, place, false)],
      [3, () => this.#show(device, run, threadConversationId(place.conversation, place.root))],
    ]);
    act?.();
  }

  /** A thread that is there, or the place of a new one. */
  #pickThread(run: Run): ThreadPlace | undefined {
    const { random } = this.#parts;
    const { threads = [] } = run.engine.conversations.get();
    const known = random.pick(threads)?.thread;
    if (known !== undefined && random.chance(0.7)) return known;
    const found = this.#pickRow(run, (row) => row.ordinal !== undefined);
    if (found === undefined || threads.some(({ id }) => id === found.conversation)) return known;
    return { conversation: found.conversation, root: found.row.id };
  }

  #edit(device: Device, run: Run): void {
    const found = this.#pickRow(run, (row) => row.mine && row.body.kind === "text");
    if (found !== undefined) this.#typist.edit(device, found.conversation, found.row.id, this.#text());
  }

  #remove(device: Device, run: Run): void {
    const { random } = this.#parts;
    const found = this.#pickRow(run, (row) => row.ordinal !== undefined && (row.mine || random.chance(0.05)));
    if (found !== undefined) this.#typist.remove(device, found.conversation, found.row.id);
  }

  #react(device: Device, run: Run): void {
    const { random } = this.#parts;
    const found = this.#pickRow(run, (row) => row.body.kind === "text");
    const emoji = random.pick(EMOJI);
    if (found === undefined || emoji === undefined) return;
    this.#typist.react(device, found.conversation, found.row.id, emoji, random.chance(0.7));
  }

  #startDirect(device: Device): void {
    const other = this.#parts.random.pick(this.#parts.devices);
    if (other !== undefined) this.#typist.startDirect(device, other.account);
  }

  #startGroup(device: Device): void {
    this.#typist.startGroup(device, this.#others(device, 3), `Group ${this.#text()}`);
  }

  #addMembers(device: Device, run: Run): void {
    const group = this.#pickGroup(run);
    if (group !== undefined) this.#typist.addMembers(device, group.id, this.#others(device, 2));
  }

  #removeMember(device: Device, run: Run): void {
    const group = this.#pickGroup(run);
    const person = this.#parts.random.pick(group?.people ?? []);
    if (group !== undefined && person !== undefined) this.#typist.removeMember(device, group.id, person.account);
  }

  #leave(device: Device, run: Run): void {
    const group = this.#pickGroup(run);
    if (group !== undefined) this.#typist.leave(device, group.id);
  }

  #setTitle(device: Device, run: Run): void {
    const group = this.#pickGroup(run);
    if (group === undefined) return;
    this.#typist.setTitle(device, group.id, `${group.title.split(" ")[0]} ${this.#text()}`);
  }

  #setDescription(device: Device, run: Run): void {
    const group = this.#pickGroup(run);
    if (group !== undefined) this.#typist.setDescription(device, group.id, `About ${this.#text()}`);
  }

  #setPicture(device: Device, run: Run): void {
    const group = this.#pickGroup(run);
    const picture = this.#parts.random.chance(0.2) ? new Uint8Array() : samplePicture({ said: this.#text() });
    if (group !== undefined) this.#typist.setPicture(device, group.id, picture);
  }

  #setRole(device: Device, run: Run): void {
    const { random } = this.#parts;
    const group = this.#pickGroup(run);
    const account = random.pick([device.account, ...(group?.people ?? []).map((person) => person.account)]);
    const role = random.pick(["owner", "admin", "admin", "member"] as const);
    if (group === undefined || account === undefined || role === undefined) return;
    this.#typist.setRole(device, group.id, account, role);
  }

  #pin(device: Device, run: Run): void {
    const found = this.#pickRow(run, (row) => row.body.kind === "text");
    if (found === undefined) return;
    this.#typist.pin(device, found.conversation, found.row.id, this.#parts.random.chance(0.6));
  }

  #makeInvite(device: Device, run: Run): void {
    const group = this.#pickGroup(run);
    const { random } = this.#parts;
    if (group !== undefined) this.#typist.makeInvite(device, group.id, random.integer(0, 3), random.chance(0.5));
  }

  #revokeInvite(device: Device, run: Run): void {
    const { random } = this.#parts;
    const view = random.pick([...run.screens.values()])?.get();
    const invite = random.pick(view?.invites ?? []);
    if (view !== undefined && invite !== undefined) this.#typist.revokeInvite(device, view.conversation, invite.id);
  }

  /** Somebody was given a link, which may have ended since, or be unknown to the server yet. */
  #join(device: Device): void {
    const { random, devices } = this.#parts;
    const views = devices.flatMap(({ run }) => [...(run?.screens.values() ?? [])].map((screen) => screen.get()));
    const links = views.flatMap(({ conversation, invites }) =>
      invites.flatMap(({ code }) => (code === undefined ? [] : [{ conversation, code }])),
    );
    const link = random.pick(links);
    if (link === undefined) return;
    this.#entered.add(link.conversation);
    this.#typist.join(device, link.conversation, link.code);
  }

  #cancelJoin(device: Device): void {
    const conversation = this.#parts.random.pick([...this.#entered]);
    if (conversation !== undefined) this.#typist.cancelJoin(device, conversation);
  }

  #answerJoin(device: Device, run: Run): void {
    const { random } = this.#parts;
    const waiting = [...run.screens.values()].map((screen) => screen.get());
    const view = random.pick(waiting.filter(({ joinRequests }) => joinRequests.length > 0));
    const request = random.pick(view?.joinRequests ?? []);
    if (view === undefined || request === undefined) return;
    const accept = random.chance(0.7);
    // Two who answer at once may disagree: the first in the log has its way.
    for (const answer of [accept, !accept]) {
      this.#typist.answerJoin(device, view.conversation, request.account, answer);
    }
  }

  #prefer(device: Device, run: Run): void {
    const { random } = this.#parts;
    const conversation = random.pick(run.engine.conversations.get().conversations);
    if (conversation !== undefined) this.#typist.prefer(device, conversation.id, random.chance(0.6));
  }

  #save(device: Device, run: Run): void {
    const found = this.#pickRow(run, (row) => row.ordinal !== undefined);
    if (found === undefined) return;
    this.#typist.save(device, found.conversation, found.row.id, this.#parts.random.chance(0.7));
  }

  #hide(device: Device, run: Run): void {
    const found = this.#pickRow(run, (row) => row.ordinal !== undefined);
    if (found !== undefined) this.#typist.hide(device, found.conversation, found.row.id);
  }

  /** So soon that many are due while something is wrong. */
  #schedule(device: Device, run: Run): void {
    const conversation = this.#parts.random.pick(run.engine.conversations.get().conversations);
    if (conversation === undefined) return;
    this.#typist.schedule(device, conversation.id, this.#text(), this.#soon());
  }

  #changeScheduled(device: Device, run: Run): void {
    const { random } = this.#parts;
    const item = random.pick(run.engine.account.get().scheduled ?? []);
    if (item === undefined) return;
    if (random.chance(0.5)) this.#typist.changeScheduled(device, item.id, this.#text(), this.#soon());
    else this.#typist.cancelScheduled(device, item.id);
  }

  /** Most blocks do not last. */
  #block(device: Device, run: Run): void {
    const { random, devices } = this.#parts;
    const blocked = random.pick(run.engine.account.get().blocked ?? []);
    const other = random.pick(devices.filter(({ account }) => account !== device.account));
    if (blocked !== undefined && random.chance(0.7)) this.#typist.block(device, blocked.account, false);
    else if (other !== undefined) this.#typist.block(device, other.account, true);
  }

  #report(device: Device, run: Run): void {
    const found = this.#pickRow(run, (row) => row.ordinal !== undefined && !row.mine);
    if (found === undefined) return;
    this.#typist.report(device, found.conversation, found.row.id, this.#parts.random.chance(0.6));
  }

  /** So soon that it is due while something is wrong; sets another time as well, or ends it. */
  #remind(device: Device, run: Run): void {
    const { random } = this.#parts;
    const set = random.pick(run.engine.account.get().reminders ?? []);
    if (set !== undefined && random.chance(0.4)) {
      if (random.chance(0.4)) this.#typist.remind(device, set.conversation, set.message, this.#soon());
      else this.#typist.clearReminder(device, set.conversation, set.message);
      return;
    }
    const found = this.#pickRow(run, (row) => row.ordinal !== undefined);
    if (found !== undefined) this.#typist.remind(device, found.conversation, found.row.id, this.#soon());
  }

  #soon(): number {
    return Date.now() + this.#parts.random.integer(200, SOON_MS);
  }

  #discard(device: Device, run: Run): void {
    const found = this.#pickRow(run, (row) => row.status?.kind === "sending" || row.status?.kind === "failed");
    if (found !== undefined) this.#typist.discard(device, found.row.id);
  }

  #markRead(_device: Device, run: Run): void {
    const found = this.#pickRow(run, (row) => row.ordinal !== undefined);
    if (found?.row.ordinal !== undefined) run.engine.markRead(found.conversation, found.row.ordinal);
  }

  #open(device: Device, run: Run): void {
    const conversation = this.#parts.random.pick(run.engine.conversations.get().conversations);
    if (conversation !== undefined) this.#show(device, run, conversation.id);
  }

  #show(device: Device, run: Run, conversation: string): void {
    const { random } = this.#parts;
    if (run.screens.size >= OPEN_AT_MOST) device.close(random.pick([...run.screens.keys()]) ?? "");
    device.open(conversation);
  }

  #scroll(_device: Device, run: Run): void {
    const { random } = this.#parts;
    const timeline = random.pick([...run.screens.values()]);
    if (timeline === undefined) return;
    const moved = random.weighted([
      [3, () => timeline.loadOlder()],
      [2, () => timeline.jumpToNewest()],
      [1, () => timeline.jumpTo(random.integer(1, Math.max(1, timeline.get().entryHead)))],
    ]);
    // Scrolling fails while there is no server, where the entries are not held.
    moved?.().catch(() => undefined);
  }

  /** What a screen shows now is written down. */
  #look({ recorder }: Device, { number, screens }: Run): void {
    const timeline = this.#parts.random.pick([...screens.values()]);
    if (timeline !== undefined) recorder.sightings.push({ life: number, at: Date.now(), view: timeline.get() });
  }

  #others(device: Device, count: number): string[] {
    const { random, devices } = this.#parts;
    const accounts = new Set(devices.map(({ account }) => account).filter((account) => account !== device.account));
    return random.sample([...accounts], random.integer(1, count));
  }

  #pickGroup(run: Run): ConversationView | undefined {
    const groups = run.engine.conversations.get().conversations.filter(({ kind }) => kind === "group");
    return this.#parts.random.pick(groups);
  }

  #pickRow(run: Run, suits: (row: MessageRow) => boolean): { conversation: string; row: MessageRow } | undefined {
    const { random } = this.#parts;
    const timeline = random.pick([...run.screens.values()]);
    if (timeline === undefined) return undefined;
    const { conversation, rows } = timeline.get();
    const messages = rows.filter((row) => row.kind === "message").filter(suits);
    const row = random.pick(messages.slice(-RECENT));
    return row === undefined ? undefined : { conversation, row };
  }

  #text(): string {
    this.#texts += 1;
    return `said ${this.#texts}`;
  }
}
