import type { ConversationView, MessageRow, PreferenceChange, RoleName, ThreadPlace } from "@parley/client";
import { limits, threadConversationId } from "@parley/protocol";
import type { Coverage } from "../coverage.ts";
import type { Device } from "../device/device.ts";
import type { Owner } from "../device/owner.ts";
import type { Screen } from "../device/screen.ts";
import type { PrivacyChange } from "../oracle/secrets.ts";
import type { Person } from "../person.ts";
import type { SeededRandom } from "../random/seeded-random.ts";
import { madeUpPicture } from "./made-up-picture.ts";
import type { Typist } from "./typist.ts";

const BUSIEST = "Everybody";
const ROLES: readonly RoleName[] = ["owner", "admin", "member"];
const EMOJI = ["👍", "❤️", "😂"];

/** More emojis than one person can react with. */
function flood(from: number): string[] {
  return Array.from({ length: limits.reactionsPerMember + 2 }, (_, index) =>
    String.fromCodePoint(0x4e00 + from + index),
  );
}

export interface WorkloadParts {
  /** Begins every text, so that no two of a run are the same. None is the beginning of another: that would count as going on with it. */
  readonly name: string;
  readonly random: SeededRandom;
  readonly typist: Typist;
  readonly coverage: Coverage;
  readonly people: readonly Person[];
  readonly devices: readonly Device[];
  readonly markOverHttp: (account: string, conversation: string, ordinal: number) => void;
  readonly setPrivacy: (account: string, change: PrivacyChange) => void;
}

type Action = (device: Device, owner: Owner) => void;

/** People at work: each step one of them does one thing that their screen allows, or once in a while something it should not. */
export class Workload {
  readonly #parts: WorkloadParts;
  readonly #actions: readonly (readonly [number, Action])[];
  /** What stands in the links that were seen, and what they lead to, the latest last. */
  readonly #links = new Map<string, string>();
  #texts = 0;

  constructor(parts: WorkloadParts) {
    this.#parts = parts;
    this.#actions = [
      [36, (device, owner) => this.#post(device, owner, 1)],
      [5, (device, owner) => this.#post(device, owner, parts.random.integer(3, 12))],
      [9, (device, owner) => this.#reply(device, owner)],
      [3, (device, owner) => this.#forward(device, owner)],
      [9, (device, owner) => this.#thread(device, owner)],
      [12, (device, owner) => this.#edit(device, owner)],
      [7, (device, owner) => this.#delete(device, owner)],
      [9, (device, owner) => this.#react(device, owner)],
      [5, (device, owner) => this.#pin(device, owner)],
      [1.5, (device) => this.#startDirect(device)],
      [1.5, () => this.#startTogether()],
      [0.8, (device) => this.#startGroup(device)],
      [6, (device, owner) => this.#addMembers(device, owner)],
      [4, (device, owner) => this.#removeMembers(device, owner)],
      [2, (device, owner) => this.#leave(device, owner)],
      [2, (device, owner) => this.#setTitle(device, owner)],
      [4, (device, owner) => this.#setRole(device, owner)],
      [2, (device, owner) => this.#setDescription(device, owner)],
      [2, (device, owner) => this.#setPicture(device, owner)],
      [4, (device, owner) => this.#lookAtPicture(device, owner)],
      [3, (device, owner) => this.#setTimer(device, owner)],
      [3, (device, owner) => this.#makeInvite(device, owner)],
      [1.5, (device, owner) => this.#revokeInvite(device, owner)],
      [5, (device, owner) => this.#join(device, owner)],
      [1, (device) => this.#cancelJoin(device)],
      [4, () => this.#answerJoin()],
      [4, (device, owner) => this.#prefer(device, owner)],
      [4, (device, owner) => this.#save(device, owner)],
      [4, (device, owner) => this.#hide(device, owner)],
      [0.7, (device, owner) => this.#clear(device, owner)],
      [2, (device, owner) => this.#reportSome(device, owner)],
      [2, (device, owner) => this.#block(device, owner)],
      [4, (device, owner) => this.#schedule(device, owner)],
      [4, (device, owner) => this.#remind(device, owner)],
      [14, (device, owner) => this.#markRead(device, owner)],
      [3, (device) => this.#setPrivacy(device)],
      [6, (device, owner) => this.#discard(device, owner)],
      [5, (device, owner) => this.#retry(device, owner)],
      [4, (device, owner) => this.#typing(device, owner)],
      [8, (device, owner) => this.#draft(device, owner)],
      [10, (device, owner) => this.#open(device, owner)],
      [4, (device, owner) => this.#close(device, owner)],
      [5, (device) => this.#useTabs(device)],
      [6, (device, owner) => this.#scroll(device, owner)],
    ];
  }

  /** The first conversations: a group of all, one that the others can only come into by a link, and a direct one of each with the next. */
  begin(): void {
    const { people, devices, typist } = this.#parts;
    const first = devices[0];
    const others = people.slice(1).map((person) => person.account);
    if (first?.owner !== undefined) {
      typist.startGroup(first, others, BUSIEST);
      typist.startGroup(first, [], "Doors");
    }
    for (const [index, person] of people.entries()) {
      const next = people[index + 1];
      const device = devices.find((candidate) => candidate.account === person.account);
      if (next !== undefined && device?.owner !== undefined) typist.startDirect(device, next.account);
    }
  }

  /** One action of one of the devices that run. */
  act(): void {
    const { random, devices } = this.#parts;
    const device = random.pick(devices.filter((candidate) => candidate.owner !== undefined));
    const owner = device?.owner;
    if (device === undefined || owner === undefined) return;
    random.weighted(this.#actions)?.(device, owner);
  }

  /** Somebody writes something on this device now, if it runs. */
  write(device: Device): void {
    if (device.owner !== undefined) this.#post(device, device.owner, this.#parts.random.integer(1, 3));
  }

  /** Two people start the same direct conversation at the same time. */
  #startTogether(): void {
    const { random, devices, typist } = this.#parts;
    const [one, other] = random.sample(
      devices.filter((device) => device.owner !== undefined),
      2,
    );
    if (one === undefined || other === undefined || one.account === other.account) return;
    typist.startDirect(one, other.account);
    typist.startDirect(other, one.account);
    this.#parts.coverage.add("started together");
  }

  #post(device: Device, owner: Owner, count: number): void {
    const { random, typist } = this.#parts;
    const { conversations } = owner.engine.conversations.get();
    // Now and then somebody writes where they may no longer.
    const writable = conversations.filter((conversation) => conversation.writable || random.chance(0.2));
    // Half of everything happens in one place, so that something has time to happen there.
    const busiest = writable.find((conversation) => conversation.title.startsWith(BUSIEST));
    const conversation = random.chance(0.5) && busiest !== undefined ? busiest : random.pick(writable);
    if (conversation === undefined) return;
    for (let index = 0; index < count; index++) typist.post(device, conversation.id, this.#said());
  }

  /** Answers something on the screen, or what was there long ago, or is not there at all. */
  #reply(device: Device, owner: Owner): void {
    const { random, typist } = this.#parts;
    const found = this.#pickRow(owner, () => true, random.chance(0.5) ? 12 : 200);
    if (found === undefined) return;
    const target = random.chance(0.02) ? device.newId() : found.row.id;
    typist.post(device, found.screen.conversation, this.text(), undefined, target);
  }

  /** Replies below a message, follows what is written there, or not any more, or only looks at it. */
  #thread(device: Device, owner: Owner): void {
    const { random, typist, coverage } = this.#parts;
    const place = this.#pickThread(owner);
    if (place === undefined) return;
    const act = random.weighted([
      [6, () => void typist.postInThread(device, place, this.#said())],
      [1, () => typist.follow(device, place, true)],
      [2, () => typist.follow(device, place, false)],
      [
        3,
        () => {
          if (owner.screens.length >= 3) owner.close(random.pick(owner.screens)?.conversation ?? "");
          coverage.add("thread looked at");
          owner.open(threadConversationId(place.conversation, place.root));
        },
      ],
    ]);
    act?.();
  }

  /** A thread that is there, or the place of a new one. */
  #pickThread(owner: Owner): ThreadPlace | undefined {
    const { random } = this.#parts;
    const { threads = [] } = owner.engine.conversations.get();
    const known = random.pick(threads)?.thread;
    if (known !== undefined && random.chance(0.4)) return known;
    const inThread = new Set(threads.map(({ id }) => id));
    const found = this.#pickRow(owner, (row) => row.ordinal !== undefined, 6);
    if (found === undefined || inThread.has(found.screen.conversation)) return known;
    return { conversation: found.screen.conversation, root: found.row.id };
  }

  #forward(device: Device, owner: Owner): void {
    const { random, typist } = this.#parts;
    const found = this.#pickRow(owner, (row) => row.body.kind === "text");
    const to = random.sample(owner.engine.conversations.get().conversations, random.integer(1, 2));
    if (found?.row.body.kind !== "text" || to.length === 0) return;
    const { screen, row } = found;
    const { text } = found.row.body;
    typist.forward(
      device,
      screen.conversation,
      row.id,
      text,
      to.map(({ id }) => id),
    );
  }

  #edit(device: Device, owner: Owner): void {
    const found = this.#pickRow(owner, (row) => row.mine && row.body.kind === "text");
    if (found !== undefined) this.#parts.typist.edit(device, found.screen.conversation, found.row.id, this.#said());
  }

  #delete(device: Device, owner: Owner): void {
    const { random, typist } = this.#parts;
    const found = this.#pickRow(owner, (row) => row.ordinal !== undefined && (row.mine || random.chance(0.05)));
    if (found !== undefined) typist.remove(device, found.screen.conversation, found.row.id);
  }

  #react(device: Device, owner: Owner): void {
    const { random, typist } = this.#parts;
    const found = this.#pickRow(owner, (row) => row.body.kind === "text");
    const emoji = random.pick(EMOJI);
    if (found === undefined || emoji === undefined) return;
    const { conversation } = found.screen;
    if (!random.chance(0.04)) typist.react(device, conversation, found.row.id, emoji, random.chance(0.7));
    else for (const one of flood(random.integer(0, 60))) typist.react(device, conversation, found.row.id, one, true);
  }

  #pin(device: Device, owner: Owner): void {
    const { random, typist } = this.#parts;
    const screen = random.pick(owner.screens);
    const pinned = random.pick(screen?.view.pinned ?? []);
    if (screen !== undefined && pinned !== undefined && random.chance(0.3)) {
      typist.pin(device, screen.conversation, pinned.id, false);
      return;
    }
    const found = this.#pickRow(owner, (row) => row.body.kind === "text");
    if (found !== undefined) typist.pin(device, found.screen.conversation, found.row.id, true);
  }

  #startDirect(device: Device): void {
    const other = this.#parts.random.pick(this.#parts.people);
    if (other !== undefined) this.#parts.typist.startDirect(device, other.account);
  }

  #startGroup(device: Device): void {
    const { random, people, typist } = this.#parts;
    const others = people.filter((person) => person.account !== device.account);
    const members = random.sample(others, random.integer(1, others.length)).map((person) => person.account);
    typist.startGroup(device, members, `Group ${this.text()}`);
  }

  #addMembers(device: Device, owner: Owner): void {
    const { random, people, typist } = this.#parts;
    const group = this.#pickGroup(owner);
    if (group === undefined) return;
    const accounts = random.sample(people, random.integer(1, 2)).map((person) => person.account);
    typist.addMembers(device, group.id, accounts);
  }

  #removeMembers(device: Device, owner: Owner): void {
    const { random, people, typist } = this.#parts;
    const group = this.#pickGroup(owner);
    const member = random.pick(group?.people ?? people);
    if (group !== undefined && member !== undefined) typist.removeMembers(device, group.id, [member.account]);
  }

  #leave(device: Device, owner: Owner): void {
    const group = this.#pickGroup(owner);
    if (group !== undefined) this.#parts.typist.leave(device, group.id);
  }

  #setTitle(device: Device, owner: Owner): void {
    const group = this.#pickGroup(owner);
    if (group !== undefined)
      this.#parts.typist.setTitle(device, group.id, `${group.title.split(" ")[0]} ${this.text()}`);
  }

  /** Gives or takes a role, also one's own, and now and then one that the person may not give. */
  #setRole(device: Device, owner: Owner): void {
    const { random, people, typist } = this.#parts;
    const group = this.#pickGroup(owner);
    const member = random.chance(0.2) ? random.pick(people) : random.pick(group?.people ?? people);
    const role = random.pick(ROLES);
    if (group === undefined || member === undefined || role === undefined) return;
    typist.setRole(device, group.id, random.chance(0.15) ? device.account : member.account, role);
  }

  #setDescription(device: Device, owner: Owner): void {
    const { random, typist } = this.#parts;
    const group = this.#pickGroup(owner);
    if (group !== undefined) typist.setDescription(device, group.id, random.chance(0.2) ? "" : this.text());
  }

  /** Now and then one that is none. */
  #setPicture(device: Device, owner: Owner): void {
    const { random, typist } = this.#parts;
    const group = this.#pickGroup(owner);
    const picture = random.weighted([
      [6, madeUpPicture(this.text())],
      [2, new Uint8Array()],
      [1, Uint8Array.of(1, 2, 3)],
    ]);
    if (group !== undefined && picture !== undefined) typist.setPicture(device, group.id, picture);
  }

  #lookAtPicture(device: Device, owner: Owner): void {
    const group = this.#pickConversation(owner, ({ picture }) => picture !== undefined);
    if (group?.picture !== undefined) this.#parts.typist.lookAtPicture(device, owner, group.id, group.picture);
  }

  /** For so short a time that it passes while one looks; also where one has left, and in threads, which have their parent's. */
  #setTimer(device: Device, owner: Owner): void {
    const { random, typist } = this.#parts;
    const conversation = this.#pickConversation(owner, ({ writable }) => writable || random.chance(0.2));
    const seconds = random.pick([0, 0, 5, 10, 30]) ?? 0;
    if (conversation !== undefined) typist.setTimer(device, conversation.id, seconds);
  }

  /** Also for a moment only, and for one person; now and then by somebody who may not. */
  /** Rather to a group that somebody is not in. */
  #makeInvite(device: Device, owner: Owner): void {
    const { random, typist, people } = this.#parts;
    const group =
      this.#pickConversation(owner, ({ kind, memberCount }) => kind === "group" && memberCount < people.length) ??
      this.#pickGroup(owner);
    const lifetimeMs = random.pick([0, 0, 20_000]) ?? 0;
    const maxUses = random.pick([0, 1, 1, 3]) ?? 0;
    const needsApproval = random.chance(0.5);
    if (group !== undefined)
      typist.makeInvite(device, group.id, { label: this.text(), lifetimeMs, maxUses, needsApproval });
  }

  #revokeInvite(device: Device, owner: Owner): void {
    const { random, typist } = this.#parts;
    const screen = random.pick(owner.screens.filter(({ view }) => view.invites.length > 0));
    const invite = random.pick(screen?.view.invites ?? []);
    if (screen !== undefined && invite !== undefined) typist.revokeInvite(device, screen.conversation, invite.id);
  }

  /** Somebody was given a link that is, or was a while ago, on a screen. */
  #join(device: Device, owner: Owner): void {
    const { random, devices, typist } = this.#parts;
    for (const { owner } of devices) {
      for (const { conversation, view } of owner?.screens ?? []) {
        for (const { code } of view.invites) if (code !== undefined) this.#links.set(code, conversation);
      }
    }
    const { conversations } = owner.engine.conversations.get();
    const inside = new Set(conversations.filter(({ writable }) => writable).map(({ id }) => id));
    const links = [...this.#links].slice(-12);
    const others = links.filter(([, conversation]) => !inside.has(conversation));
    // A link does nothing for who is in the group.
    const [code, conversation] = random.pick(others.length === 0 || random.chance(0.2) ? links : others) ?? [];
    if (code !== undefined && conversation !== undefined) typist.join(device, conversation, code);
  }

  #cancelJoin(device: Device): void {
    const { random, typist } = this.#parts;
    const conversation = random.pick([...this.#links.values()].slice(-12));
    if (conversation !== undefined) typist.cancelJoin(device, conversation);
  }

  /** Requests are rare: whoever sees one may answer, and who is told of one looks. */
  #answerJoin(): void {
    const { random, devices, typist } = this.#parts;
    const asked = devices.flatMap((device) =>
      (device.owner?.screens ?? []).flatMap(({ conversation, view }) =>
        view.joinRequests.map(({ account }) => ({ device, conversation, account })),
      ),
    );
    const request = random.pick(asked);
    if (request === undefined) {
      this.#lookAtJoinRequests();
      return;
    }
    const accept = random.chance(0.7);
    // Two who answer at once may disagree: the first in the log has its way.
    for (const answer of [accept, !accept]) {
      typist.answerJoin(request.device, request.conversation, request.account, answer);
    }
  }

  #lookAtJoinRequests(): void {
    const { random, devices } = this.#parts;
    const told = devices.flatMap(({ owner }) =>
      (owner?.engine.conversations.get().conversations ?? [])
        .filter(({ joinRequests = 0 }) => joinRequests > 0)
        .map(({ id }) => ({ owner, id })),
    );
    const { owner, id } = random.pick(told) ?? {};
    if (owner !== undefined && id !== undefined) this.#look(owner, id);
  }

  #prefer(device: Device, owner: Owner): void {
    const { random, typist } = this.#parts;
    const conversation = this.#pickConversation(owner, () => true);
    if (conversation === undefined) return;
    const until = random.pick([0, Number.POSITIVE_INFINITY, owner.clock.now() + 30_000]) ?? 0;
    const change = random.pick<PreferenceChange>([
      { kind: "pin", pinned: !conversation.pinned },
      { kind: "mute", until },
      { kind: "archive", archived: !conversation.archived },
      { kind: "mark-unread", unread: conversation.markedUnread !== true },
    ]);
    if (change !== undefined) typist.prefer(device, conversation.id, change);
  }

  #save(device: Device, owner: Owner): void {
    const { random, typist } = this.#parts;
    const found = this.#pickRow(owner, (row) => row.ordinal !== undefined);
    if (found === undefined) return;
    const saved = found.row.saved !== true || random.chance(0.1);
    typist.save(device, found.screen.conversation, found.row.id, saved);
  }

  /** One message, or some that stand together, up to the newest. */
  #hide(device: Device, owner: Owner): void {
    const { random, typist } = this.#parts;
    const screen = random.pick(owner.screens);
    const held = screen?.messages.filter((row) => row.ordinal !== undefined).slice(-8) ?? [];
    if (screen === undefined || held.length === 0) return;
    const from = random.integer(0, held.length - 1);
    const some = held.slice(from, from + random.integer(1, 3));
    typist.hide(
      device,
      screen.conversation,
      some.map(({ id }) => id),
    );
  }

  /** Mostly messages of others; a client of another kind may name its own. */
  #reportSome(device: Device, owner: Owner): void {
    const { random, typist } = this.#parts;
    const screen = random.pick(owner.screens);
    const ofOthers = screen?.messages.filter((row) => row.ordinal !== undefined && (!row.mine || random.chance(0.05)));
    if (screen === undefined || ofOthers === undefined || ofOthers.length === 0) return;
    const from = random.integer(0, ofOthers.length - 1);
    const some = ofOthers.slice(from, from + random.integer(1, 3)).map(({ id }) => id);
    typist.report(device, screen.conversation, some, random.chance(0.6));
  }

  /** Most blocks do not last. */
  #block(device: Device, { engine }: Owner): void {
    const { random, people, typist } = this.#parts;
    const blocked = random.pick(engine.account.get().blocked ?? []);
    const other = random.pick(people.filter(({ account }) => account !== device.account));
    if (blocked !== undefined && random.chance(0.7)) typist.block(device, blocked.account, false);
    else if (other !== undefined) typist.block(device, other.account, true);
  }

  #clear(device: Device, owner: Owner): void {
    const { random, typist } = this.#parts;
    const conversation = this.#pickConversation(owner, () => true);
    if (conversation !== undefined) typist.clear(device, conversation.id, random.chance(0.5));
  }

  /** Has something posted later, or changes that; now and then in the past, or while nobody looks. */
  #schedule(device: Device, owner: Owner): void {
    const { random, typist } = this.#parts;
    const now = owner.clock.now();
    const at = now + (random.pick([-5_000, 2_000, 10_000, 30_000, 3 * 24 * 3_600_000]) ?? 0);
    const waiting = random.pick(owner.engine.account.get().scheduled ?? []);
    if (waiting !== undefined && random.chance(0.4)) {
      if (random.chance(0.4)) typist.cancelScheduled(device, waiting.id);
      else typist.changeScheduled(device, waiting.id, this.text(), at);
      return;
    }
    const conversation = this.#pickConversation(owner, ({ writable }) => writable || random.chance(0.2));
    if (conversation !== undefined) typist.schedule(device, conversation.id, this.text(), at);
  }

  /** Wants to be reminded of something, at another time than before, or no more. */
  #remind(device: Device, owner: Owner): void {
    const { random, typist } = this.#parts;
    const set = random.pick(owner.engine.account.get().reminders ?? []);
    if (set !== undefined && random.chance(0.3)) {
      typist.clearReminder(device, set.conversation, set.message);
      return;
    }
    const found = this.#pickRow(owner, (row) => row.ordinal !== undefined);
    if (found === undefined) return;
    const at = owner.clock.now() + (random.pick([-5_000, 2_000, 10_000, 30_000, 3 * 24 * 3_600_000]) ?? 0);
    typist.remind(device, found.screen.conversation, found.row.id, at);
  }

  /** Reads up to something on the screen; a client of another kind may claim more than there is. */
  #markRead(device: Device, owner: Owner): void {
    const { random, coverage } = this.#parts;
    const found = this.#pickRow(owner, (row) => row.ordinal !== undefined);
    const ordinal = found?.row.ordinal;
    if (found === undefined || ordinal === undefined) return;
    if (random.chance(0.1)) {
      coverage.add("mark beyond the head");
      this.#parts.markOverHttp(device.account, found.screen.conversation, ordinal + random.integer(1, 50));
    } else {
      coverage.add("mark");
      owner.engine.markRead(found.screen.conversation, ordinal);
    }
  }

  /** Hides what one reads, or that one is there, or does so no more. */
  #setPrivacy({ account }: Device): void {
    const { random, coverage, setPrivacy } = this.#parts;
    const hides = random.chance(0.5);
    const ofReads = random.chance(0.6);
    coverage.add(`${hides ? "hides" : "shows"} ${ofReads ? "reads" : "presence"}`);
    setPrivacy(account, { hidesReads: ofReads ? hides : undefined, hidesPresence: ofReads ? undefined : hides });
  }

  #discard(device: Device, owner: Owner): void {
    const found = this.#pickRow(owner, (row) => row.status?.kind === "sending" || row.status?.kind === "failed");
    if (found !== undefined) this.#parts.typist.discard(device, found.row.id);
  }

  #retry(device: Device, owner: Owner): void {
    const found = this.#pickRow(owner, (row) => row.status?.kind === "failed");
    if (found !== undefined) this.#parts.typist.retry(device, found.row.id);
  }

  #typing(_device: Device, owner: Owner): void {
    const conversation = this.#pickConversation(owner, () => true);
    if (conversation === undefined) return;
    this.#parts.coverage.add("typing");
    owner.engine.typing(conversation.id, this.#parts.random.chance(0.7));
  }

  /** Goes on with what is being written somewhere, posts it, or gives it up. */
  #draft(device: Device, owner: Owner): void {
    const { random, typist } = this.#parts;
    const conversation = this.#pickConversation(owner, ({ writable }) => writable);
    if (conversation === undefined) return;
    const { id, draft } = conversation;
    const going = draft === "" ? this.text() : `${draft}\n${this.text()}`;
    if (draft !== "" && random.chance(0.3)) typist.post(device, id, draft, draft);
    else typist.draft(device, id, draft !== "" && random.chance(0.1) ? "" : going, draft);
  }

  #open(_device: Device, owner: Owner): void {
    const conversation = this.#pickConversation(owner, () => true);
    if (conversation !== undefined) this.#look(owner, conversation.id);
  }

  #look(owner: Owner, conversation: string): void {
    const { random, coverage } = this.#parts;
    if (owner.screens.length >= 3) owner.close(random.pick(owner.screens)?.conversation ?? "");
    coverage.add("open");
    owner.open(conversation);
  }

  #close(_device: Device, owner: Owner): void {
    const screen = this.#parts.random.pick(owner.screens);
    if (screen !== undefined) owner.close(screen.conversation);
  }

  /** Opens a tab, turns to another, or closes one. */
  #useTabs({ browser }: Device): void {
    const { random, coverage } = this.#parts;
    const tab = random.pick(browser?.tabs ?? []);
    if (browser === undefined || tab === undefined) return;
    const closes = browser.tabs.length > 1 && random.chance(0.3);
    coverage.add(closes ? "tab closed" : "tab used");
    if (closes) browser.close(tab);
    else if (browser.hasRoom && random.chance(0.6)) browser.open();
    else browser.turnTo(tab);
  }

  #scroll(_device: Device, owner: Owner): void {
    const { random, coverage } = this.#parts;
    const screen = random.pick(owner.screens);
    if (screen === undefined) return;
    const { timeline, view } = screen;
    coverage.add("scroll");
    const moved = random.weighted([
      [3, () => timeline.loadOlder()],
      [2, () => timeline.loadNewer()],
      [1, () => timeline.jumpToNewest()],
      [2, () => timeline.jumpTo(random.integer(1, Math.max(1, view.entryHead)))],
    ]);
    // Scrolling fails while offline, where the entries are not held.
    moved?.().catch(() => coverage.add("scroll refused"));
  }

  /** What nobody else says in this run. */
  text(): string {
    this.#texts += 1;
    return `${this.#parts.name} ${this.#texts}.`;
  }

  /** Now and then somebody is named, or everyone, whether that is allowed or not. */
  #said(): string {
    const { random, people, coverage } = this.#parts;
    if (!random.chance(0.3)) return this.text();
    const name = random.chance(0.2) ? "everyone" : (random.pick(people)?.userName ?? "");
    coverage.add(name === "everyone" ? "everyone named" : "somebody named");
    return `${this.text()} @${name}`;
  }

  #pickConversation(owner: Owner, suits: (view: ConversationView) => boolean): ConversationView | undefined {
    return this.#parts.random.pick(owner.engine.conversations.get().conversations.filter(suits));
  }

  #pickGroup(owner: Owner): ConversationView | undefined {
    return this.#pickConversation(owner, (conversation) => conversation.kind === "group");
  }

  /** @param among how many of the newest */
  #pickRow(
    owner: Owner,
    suits: (row: MessageRow) => boolean,
    among = 12,
  ): { screen: Screen; row: MessageRow } | undefined {
    const { random } = this.#parts;
    const screen = random.pick(owner.screens);
    if (screen === undefined) return undefined;
    const row = random.pick(screen.messages.filter(suits).slice(-among));
    return row === undefined ? undefined : { screen, row };
  }
}
