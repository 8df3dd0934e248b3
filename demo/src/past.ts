import { create } from "@bufbuild/protobuf";
import {
  AddMembersSchema,
  ConversationKind,
  CreateSchema,
  directConversationId,
  Encryption,
  HistoryPolicy,
  LeaveSchema,
  RemoveMembersSchema,
  Role,
  SetDescriptionSchema,
  SetPictureSchema,
  SetRoleSchema,
  SetTitleSchema,
} from "@parley/protocol";
import type { SeededRandom } from "@parley/simulation";
import { Chatter } from "./chatter.ts";
import { type Step, Steps } from "./commands.ts";
import { groupPicture } from "./group-pictures.ts";

export interface PastOptions {
  /** Account ids; the first is the person who signs in. At least 20. */
  readonly accounts: readonly [string, ...string[]];
  readonly random: SeededRandom;
  /** When the past ends, milliseconds since 1970. */
  readonly until: number;
  /** Messages of "Long history". */
  readonly longHistory: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const DIRECTS = 20;
const GROUPS = 28;
const groupTitles = [
  "Allotment",
  "Balloon club",
  "Choir",
  "Tea tasting",
  "Night ferry",
  "Moss committee",
  "Book swap",
  "Lighthouse rota",
  "Kite repair",
  "Sunday soup",
  "Lost and found",
  "Clockwork",
  "Map makers",
  "Ginger biscuits",
  "Pond watch",
  "Umbrella pool",
  "Harvest",
  "Stargazers",
  "Paper boats",
  "Bee keepers",
  "Chess by post",
  "Long walks",
  "Jam session",
  "Knitting circle",
  "Tool library",
  "Fog bell",
  "Street play",
  "Picnic planning",
] as const;

/**
 * The demo's past as commands, conversation by conversation: 20 direct chats, 28 groups, "Everyone" and "Long history". The same options give the
 * same commands.
 */
export function* past(options: PastOptions): Generator<Step> {
  yield* everyone(options);
  for (let index = 0; index < DIRECTS; index++) yield* direct(options, index);
  for (let index = 0; index < GROUPS; index++) yield* group(options, index);
  yield* longHistory(options);
}

function* direct(options: PastOptions, index: number): Generator<Step> {
  const { accounts, until } = options;
  const random = options.random.fork(`direct ${index}`);
  const [me] = accounts;
  const other = accounts[index + 1] ?? me;
  const log = directConversationId(me, other, Encryption.NONE);
  const steps = new Steps(random);
  const messages = random.integer(5, 120);
  const end = until - index * random.integer(20, 300) * MINUTE;
  const start = end - messages * 45 * MINUTE;
  yield steps.step(start, me, log, creation(ConversationKind.DIRECT, "", [other], HistoryPolicy.SINCE_JOINED));
  const chatter = new Chatter(steps, random, log);
  for (const at of moments(start, end, messages)) yield* chatter.next(at, [me, other]);
}

function* group(options: PastOptions, index: number): Generator<Step> {
  const { accounts, until } = options;
  const random = options.random.fork(`group ${index}`);
  const [me, ...others] = accounts;
  const founder = random.pick(others) ?? me;
  const people = random.sample(
    others.filter((account) => account !== founder),
    random.integer(2, 18),
  );
  const steps = new Steps(random);
  const messages = random.integer(20, 300);
  const end = until - random.integer(1, 20 * 24 * 60) * MINUTE;
  const start = end - messages * 30 * MINUTE;
  const log = steps.id(start);
  const title = groupTitles[index] ?? "Group";
  yield steps.step(
    start,
    founder,
    log,
    creation(ConversationKind.GROUP, title, [me, ...people], HistoryPolicy.SINCE_JOINED),
  );
  if (index % 2 === 0) yield* settle(steps, { start, founder, log, me, title });
  const picture = groupPicture(title);
  if (picture !== undefined) {
    // Of its own sequence: what is said in a group does not depend on whether it has one.
    const body = { case: "setPicture", value: create(SetPictureSchema, { picture }) } as const;
    yield new Steps(random.fork("picture")).step(start, founder, log, body);
  }
  const chatter = new Chatter(steps, random, log);
  let members: [string, ...string[]] = [founder, me, ...people];
  let count = 0;
  for (const at of moments(start, end, messages)) {
    yield* chatter.next(at, members);
    count++;
    if (count % 60 !== 0) continue;
    const changed = changeMembers({ steps, random, log, at, founder, me, members, everybody: others });
    yield* changed.steps;
    members = changed.members;
    chatter.forgetTargets();
  }
  if (random.chance(0.3)) {
    yield steps.step(end, founder, log, { case: "setTitle", value: create(SetTitleSchema, { title: `${title} 🌟` }) });
  }
}

interface Beginning {
  readonly start: number;
  readonly founder: string;
  readonly log: string;
  readonly me: string;
  readonly title: string;
}

/** The person who signs in becomes an admin, and the group says what it is about. */
function settle(steps: Steps, { start, founder, log, me, title }: Beginning): Step[] {
  const description = `${title}: all that concerns it, and now and then something that does not.`;
  return [
    steps.step(start, founder, log, {
      case: "setRole",
      value: create(SetRoleSchema, { account: me, role: Role.ADMIN }),
    }),
    steps.step(start, founder, log, { case: "setDescription", value: create(SetDescriptionSchema, { description }) }),
  ];
}

interface Change {
  readonly steps: Steps;
  readonly random: SeededRandom;
  readonly log: string;
  readonly at: number;
  readonly founder: string;
  readonly me: string;
  readonly members: readonly [string, ...string[]];
  readonly everybody: readonly string[];
}

/** Somebody joins, and sometimes somebody leaves or is removed. The founder and the person who signs in stay. */
function changeMembers(change: Change): { steps: Step[]; members: [string, ...string[]] } {
  const { steps, random, log, at, founder, me, members, everybody } = change;
  const joining = random.sample(
    everybody.filter((account) => !members.includes(account)),
    2,
  );
  const made = [
    steps.step(at, founder, log, { case: "addMembers", value: create(AddMembersSchema, { accounts: joining }) }),
  ];
  const leaving = random.pick(members.filter((account) => account !== founder && account !== me));
  if (leaving !== undefined && random.chance(0.5)) {
    made.push(
      random.chance(0.5)
        ? steps.step(at, leaving, log, { case: "leave", value: create(LeaveSchema) })
        : steps.step(at, founder, log, {
            case: "removeMembers",
            value: create(RemoveMembersSchema, { accounts: [leaving] }),
          }),
    );
    return {
      steps: made,
      members: [founder, ...[...members, ...joining].filter((other) => other !== founder && other !== leaving)],
    };
  }
  return { steps: made, members: [founder, ...[...members, ...joining].filter((other) => other !== founder)] };
}

function* everyone(options: PastOptions): Generator<Step> {
  const { accounts, until } = options;
  const random = options.random.fork("everyone");
  const [me, ...others] = accounts;
  const steps = new Steps(random);
  const start = until - 200 * DAY;
  const log = steps.id(start);
  const founding = others.slice(0, Math.ceil(others.length / 2));
  yield steps.step(start, me, log, creation(ConversationKind.GROUP, "Everyone", founding, HistoryPolicy.ALL));
  const chatter = new Chatter(steps, random, log);
  for (const at of moments(start, until - 100 * DAY, 400)) yield* chatter.next(at, [me, ...founding]);
  const joining = create(AddMembersSchema, { accounts: others.slice(founding.length) });
  yield steps.step(until - 100 * DAY, me, log, { case: "addMembers", value: joining });
  for (const at of moments(until - 100 * DAY, until - 90 * MINUTE, 600)) yield* chatter.next(at, accounts);
}

function* longHistory(options: PastOptions): Generator<Step> {
  const { accounts, until } = options;
  const random = options.random.fork("long history");
  const [me, ...others] = accounts;
  const steps = new Steps(random);
  const start = until - 2 * 365 * DAY;
  const log = steps.id(start);
  const people = others.slice(0, 6);
  yield steps.step(
    start,
    me,
    log,
    creation(ConversationKind.GROUP, "Long history", people, HistoryPolicy.SINCE_JOINED),
  );
  const chatter = new Chatter(steps, random, log);
  for (const at of moments(start, until - 5 * MINUTE, options.longHistory)) yield* chatter.next(at, [me, ...people]);
}

function creation(kind: ConversationKind, title: string, members: readonly string[], history: HistoryPolicy) {
  const value = create(CreateSchema, { kind, encryption: Encryption.NONE, history, title, members: [...members] });
  return { case: "create", value } as const;
}

/** `count` moments, evenly from `start` to `end`, in whole milliseconds. */
function* moments(start: number, end: number, count: number): Generator<number> {
  for (let index = 1; index <= count; index++) yield Math.floor(start + ((end - start) * index) / count);
}
