import { directConversationId, Encryption, limits } from "@parley/protocol";
import {
  addMembers,
  bearer,
  call,
  createDirect,
  createGroup,
  ensureThread,
  freshId,
  post,
  removeMembers,
} from "@parley/rig";
import { type Action, type Body, commandOf, content, NOTHING, sentence, submit } from "./acting.ts";
import { ownActions } from "./own-actions.ts";
import { type Here, isHere, type SoakConversation, type SoakWorld } from "./soak-world.ts";

const DIRECTS = 4;
/** Frames of posts that each person fills the store with: some 40 MB in all. */
const FILL_FRAMES = 20;
const GROUPS = 12;
const GROUP_SIZE = { from: 3, to: 9 };
const AWAY_MS = { from: 50, to: 4_000 };
const MS_TYPED = 300;
/** From now, of what is scheduled. */
const DUE_MS = { from: 500, to: 20_000 };
const CANCELLED = 0.3;
const SECRET_BYTES = 16;

export const actions: readonly Action[] = [
  { name: "post", weight: 50, run: say },
  {
    name: "edit",
    weight: 6,
    run: (world, person) =>
      onOwn(world, person, (target, text) => ({ case: "edit", value: { target, content: content(text) } })),
  },
  {
    name: "delete",
    weight: 3,
    run: (world, person) => onOwn(world, person, (target) => ({ case: "delete", value: { target } })),
  },
  {
    name: "react",
    weight: 8,
    run: (world, person) =>
      onAny(world, person, (target, emoji) => ({ case: "setReaction", value: { target, emoji } })),
  },
  {
    name: "take a reaction away",
    weight: 4,
    run: (world, person) =>
      onAny(world, person, (target, emoji) => ({ case: "unsetReaction", value: { target, emoji } })),
  },
  { name: "mark", weight: 20, run: mark },
  { name: "type", weight: 6, run: type },
  { name: "page", weight: 6, run: page },
  { name: "list over HTTP", weight: 2, run: list },
  { name: "rename oneself", weight: 0.3, run: rename },
  { name: "come and go", weight: 2, run: comeAndGo },
  { name: "come by long polling", weight: 1, run: poll },
  { name: "answer in a thread", weight: 2, run: answerInThread },
  { name: "schedule", weight: 2, run: schedule },
  { name: "join by a link", weight: 0.5, run: joinByLink },
  { name: "begin a direct again", weight: 0.3, run: beginDirect },
  { name: "begin a group", weight: 0.2, run: beginGroup },
  { name: "add somebody", weight: 0.7, run: add },
  { name: "remove somebody", weight: 0.3, run: remove },
  { name: "leave a group", weight: 0.3, run: leaveGroup },
  { name: "sign out and in", weight: 0.15, run: (world, person) => world.signInAgain(person).then(() => "done") },
  ...ownActions,
];

async function say(world: SoakWorld, person: Here): Promise<string> {
  const conversation = world.conversationOf(person);
  if (conversation === undefined) return NOTHING;
  const command = post(conversation.log, sentence(world));
  const outcome = await submit(person, command);
  if (outcome === "accepted") world.remember(conversation, command.id, person);
  return outcome;
}

async function onOwn(world: SoakWorld, person: Here, body: (target: string, text: string) => Body): Promise<string> {
  const conversation = world.conversationOf(person);
  const own = conversation?.recent.filter(({ author }) => author === person) ?? [];
  const target = world.random.pick(own);
  if (conversation === undefined || target === undefined) return NOTHING;
  return submit(person, commandOf(conversation, body(target.id, sentence(world))));
}

async function onAny(world: SoakWorld, person: Here, body: (target: string, emoji: string) => Body): Promise<string> {
  const conversation = world.conversationOf(person);
  const target = world.random.pick(conversation?.recent ?? []);
  const emoji = world.random.pick(["👍", "❤️", "🎉", "😂"]) ?? "";
  if (conversation === undefined || target === undefined) return NOTHING;
  return submit(person, commandOf(conversation, body(target.id, emoji)));
}

async function mark(world: SoakWorld, person: Here): Promise<string> {
  const conversation = world.conversationOf(person);
  if (conversation === undefined) return NOTHING;
  person.device.mark(conversation.log);
  return "sent";
}

async function type(world: SoakWorld, person: Here): Promise<string> {
  const conversation = world.conversationOf(person);
  if (conversation === undefined) return NOTHING;
  person.device.type(conversation.log, true);
  await Bun.sleep(MS_TYPED);
  person.device.type(conversation.log, false);
  return "sent";
}

async function page(world: SoakWorld, person: Here): Promise<string> {
  const conversation = world.conversationOf(person);
  if (conversation === undefined) return NOTHING;
  const before = world.random.integer(1, Math.max(1, person.device.entryHead(conversation.log)));
  const cursor = { case: "before", value: before } as const;
  const { answer } = await person.device.ask({
    case: "page",
    value: { conversation: conversation.log, cursor, limit: 50 },
  });
  return answer.case ?? "nothing";
}

async function list(world: SoakWorld, person: Here): Promise<string> {
  const { status } = await call(
    world.url,
    "ConversationService/ListConversations",
    { limit: 20 },
    bearer(person.token),
  );
  return String(status);
}

async function rename(world: SoakWorld, person: Here): Promise<string> {
  const displayName = `${person.name} the ${world.random.integer(1, 99)}th`;
  const { status } = await call(world.url, "AccountService/SetDisplayName", { displayName }, bearer(person.token));
  return String(status);
}

async function comeAndGo(world: SoakWorld, person: Here): Promise<string> {
  world.leave(person);
  await Bun.sleep(world.random.integer(AWAY_MS.from, AWAY_MS.to));
  await world.arrive(person);
  return "done";
}

/** As behind a proxy that lets no WebSocket pass; then by a socket again. */
async function poll(world: SoakWorld, person: Here): Promise<string> {
  world.leave(person);
  await world.arrive(person, "poll");
  const outcome = isHere(person) ? await say(world, person) : NOTHING;
  world.leave(person);
  await world.arrive(person);
  return outcome;
}

/** Below one of the newest messages; nobody goes on following, so that what a Hello must name stays the same. */
async function answerInThread(world: SoakWorld, person: Here): Promise<string> {
  const conversation = world.conversationOf(person);
  const root = world.random.pick(conversation?.recent.filter(({ author }) => author === person) ?? []);
  if (conversation === undefined || root === undefined) return NOTHING;
  const thread = ensureThread(conversation.log, root.id);
  const began = await submit(person, thread);
  if (began !== "accepted") return began;
  const outcome = await submit(person, post(thread.log, sentence(world)));
  const unfollow = { case: "setFollowing", value: { following: false } } as const;
  await submit(person, commandOf(thread, unfollow));
  return outcome;
}

/** For in a moment; one in three is cancelled before. */
async function schedule(world: SoakWorld, person: Here): Promise<string> {
  const conversation = world.conversationOf(person);
  if (conversation === undefined) return NOTHING;
  const own = { log: person.account };
  const at = Date.now() + world.random.integer(DUE_MS.from, DUE_MS.to);
  const plan = { conversation: conversation.log, at, content: content(sentence(world)) };
  const scheduled = commandOf(own, { case: "scheduleMessage", value: plan });
  const outcome = await submit(person, scheduled);
  if (outcome !== "accepted" || !world.random.chance(CANCELLED)) return outcome;
  return `cancelling: ${await submit(person, commandOf(own, { case: "cancelScheduled", value: { target: scheduled.id } }))}`;
}

/** Somebody makes a link to a group, somebody else comes by it, and the link is revoked. */
async function joinByLink(world: SoakWorld, person: Here): Promise<string> {
  const group = world.conversationOf(person, "group");
  const other = world.random.pick(world.people.filter(isHere).filter((each) => group?.members.has(each) === false));
  if (group === undefined || other === undefined || group.members.size > GROUP_SIZE.to) return NOTHING;
  const secret = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  const secretHash = new Uint8Array(await crypto.subtle.digest("SHA-256", secret));
  const link = commandOf(group, { case: "makeInvite", value: { secretHash } });
  const made = await submit(person, link);
  if (made !== "accepted") return made;
  const outcome = await submit(other, commandOf(group, { case: "join", value: { secret } }));
  if (outcome === "accepted") group.members.add(other);
  await submit(person, commandOf(group, { case: "revokeInvite", value: { invite: link.id } }));
  return outcome;
}

/** Asks for a direct conversation that is there already. */
async function beginDirect(world: SoakWorld, person: Here): Promise<string> {
  const direct = world.conversationOf(person, "direct");
  const other = [...(direct?.members ?? [])].find((member) => member !== person);
  if (direct === undefined || other === undefined) return NOTHING;
  return submit(person, createDirect(direct.log, other.account));
}

async function beginGroup(world: SoakWorld, person: Here): Promise<string> {
  const groups = [...world.conversations].filter(({ kind }) => kind === "group");
  const [oldest] = groups;
  if (groups.length >= GROUPS && oldest !== undefined) await end(world, oldest);
  return foundGroup(world, person);
}

async function foundGroup(world: SoakWorld, person: Here): Promise<string> {
  const size = world.random.integer(GROUP_SIZE.from, GROUP_SIZE.to);
  const others = world.random.sample(
    world.people.filter((each) => each !== person),
    size,
  );
  const command = createGroup(
    freshId(),
    others.map(({ account }) => account),
  );
  const outcome = await submit(person, command);
  if (outcome === "accepted") {
    world.conversations.add({ log: command.log, kind: "group", members: new Set([person, ...others]), recent: [] });
  }
  return outcome;
}

/** The conversations that there are from the beginning: everybody has a few directs, and there are as many groups as there ever will be. */
export async function befriend(world: SoakWorld): Promise<void> {
  for (const [index, person] of world.people.entries()) {
    for (let distance = 1; distance <= DIRECTS; distance++) {
      const other = world.people[(index + distance) % world.people.length];
      if (other === undefined || other === person || !isHere(person)) continue;
      const log = directConversationId(person.account, other.account, Encryption.NONE);
      await submit(person, createDirect(log, other.account));
      world.conversations.add({ log, kind: "direct", members: new Set([person, other]), recent: [] });
    }
  }
  for (let count = 0; count < GROUPS; count++) {
    const founder = world.somebody(new Set());
    if (founder !== undefined) await foundGroup(world, founder);
  }
}

/** Everybody leaves, over HTTP: some of them may be away. */
async function end(world: SoakWorld, group: SoakConversation): Promise<void> {
  world.conversations.delete(group);
  for (const { token } of group.members) {
    const command = { id: freshId(), log: group.log, sentAt: Date.now(), leave: {} };
    await call(world.url, "ConversationService/Execute", { command }, bearer(token));
  }
}

async function add(world: SoakWorld, person: Here): Promise<string> {
  const group = world.conversationOf(person, "group");
  const other = world.random.pick(world.people.filter((each) => group?.members.has(each) === false));
  if (group === undefined || other === undefined || group.members.size > GROUP_SIZE.to) return NOTHING;
  const outcome = await submit(person, addMembers(group.log, [other.account]));
  if (outcome === "accepted") group.members.add(other);
  return outcome;
}

async function remove(world: SoakWorld, person: Here): Promise<string> {
  const group = world.conversationOf(person, "group");
  const other = world.random.pick([...(group?.members ?? [])].filter((each) => each !== person));
  if (group === undefined || other === undefined) return NOTHING;
  const outcome = await submit(person, removeMembers(group.log, [other.account]));
  if (outcome === "accepted") world.part(group, other);
  return outcome;
}

async function leaveGroup(world: SoakWorld, person: Here): Promise<string> {
  const group = world.conversationOf(person, "group");
  if (group === undefined) return NOTHING;
  const outcome = await submit(person, commandOf(group, { case: "leave", value: {} }));
  if (outcome === "accepted") world.part(group, person);
  return outcome;
}

/** As much as caches of the store take is written before anything is watched: otherwise they fill during the soak, and that looks like a leak. */
export async function fill(world: SoakWorld): Promise<void> {
  await Promise.all(world.people.filter(isHere).map((person) => fillAs(world, person)));
}

async function fillAs(world: SoakWorld, person: Here): Promise<void> {
  for (let frame = 0; frame < FILL_FRAMES; frame++) {
    const log = world.conversationOf(person)?.log ?? "";
    await person.device.submitAll(Array.from({ length: limits.submissionsPerFrame }, () => post(log, sentence(world))));
  }
}
