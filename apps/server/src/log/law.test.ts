import { describe, expect, test } from "bun:test";
import { equals, fromBinary } from "@bufbuild/protobuf";
import {
  applyToConversation,
  applyToEntry,
  asSeenBy,
  conversationOf,
  countUnread,
  entryOf,
  memberOf,
  targetOf,
  viewerHead,
} from "@parley/log";
import {
  CommandSchema,
  type Content,
  type Conversation,
  ConversationSchema,
  type Entry,
  type Event,
  HistoryPolicy,
  hashOfSecret,
} from "@parley/protocol";
import { samplePicture } from "@parley/rig";
import fc from "fast-check";
import { unlimited } from "../executor/rate-limiter.ts";
import { openSqliteLogInProcess } from "../store/sqlite/open-sqlite-log-in-process.ts";
import { changesSince, type HeldConversation, holdAll, withChanges } from "../testing/held-conversation.ts";
import { type Body, edited, Stage, type TestDevice, text } from "../testing/log-stage.ts";

const PEOPLE = 4;
const RUNS = 40;
/** Deeds concern one of the newest entries, so that they meet. */
const NEWEST = 8;
const EMOJIS = ["👍", "🎉"] as const;

const whats = [
  ...["post", "post", "post", "edit", "edit", "delete", "withdraw", "react", "react", "react", "unreact"],
  ...["add", "add", "add", "remove", "remove", "leave", "title", "picture", "pin", "pin", "unpin"],
  ...["invite", "revoke", "join", "join", "take back", "answer", "look", "look"],
] as const;

/** One thing that somebody does; numbers choose among what is there. */
const step = fc.record({
  who: fc.nat(PEOPLE - 1),
  what: fc.constantFrom(...whats),
  whom: fc.integer({ min: 1, max: PEOPLE - 1 }),
  which: fc.nat(1_000),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const history = fc.constantFrom(HistoryPolicy.SINCE_JOINED, HistoryPolicy.ALL);

describe("whatever people do in a group", () => {
  test("[LOG1] [LOG3] [LOG4] [MRK3] pages, changes, rows and counts agree for every viewer", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 40, maxLength: 120, size: "max" }),
        history,
        fc.integer({ min: 1, max: 7 }),
        playOut,
      ),
      { numRuns: RUNS },
    );
  }, 60_000);
});

async function playOut(steps: readonly Step[], policy: HistoryPolicy, limit: number): Promise<void> {
  const play = await Play.begin(policy);
  const looks: { viewer: TestDevice; held: HeldConversation }[] = [];
  for (const one of steps) {
    const viewer = play.people[one.who];
    if (viewer === undefined) continue;
    if (one.what !== "look") {
      await play.act(viewer, one);
      continue;
    }
    const held = await holdAll(play.stage.log.reader, viewer.account, play.conversation, limit);
    if (held !== undefined) looks.push({ viewer, held });
  }
  await play.checkRows();
  for (const viewer of play.people) await play.checkViewer(viewer, limit);
  for (const { viewer, held } of looks) await play.checkLaw(viewer, held, limit);
  await play.stage.log.writer.close();
}

/** A group, what happened in it, and what the folds make of that. */
class Play {
  readonly stage: Stage;
  readonly people: readonly TestDevice[];
  readonly conversation: string;
  readonly #events: Event[] = [];
  readonly #entries: Entry[] = [];
  /** Content by the id of the command that brought it: an event may travel without it. */
  readonly #contents = new Map<string, Content>();
  #states: Conversation[] = [];

  private constructor(stage: Stage, people: readonly TestDevice[], conversation: string) {
    this.stage = stage;
    this.people = people;
    this.conversation = conversation;
  }

  static async begin(policy: HistoryPolicy): Promise<Play> {
    let now = 1_000;
    const clock = { now: () => now++ };
    const mintId = () => "restored";
    const log = await openSqliteLogInProcess({
      database: ":memory:",
      clock,
      mintId,
      collaborators: { limiter: unlimited },
    });
    const stage = new Stage(log);
    const people = await stage.people("Ann", "Bob", "Cho", "Dee");
    const [ann, bob] = people;
    if (ann === undefined || bob === undefined) throw new Error("unreachable");
    const play = new Play(stage, people, stage.id());
    const value = { kind: 2, encryption: 1, history: policy, title: "Team", members: [bob.account] };
    await play.#do(ann, { case: "create", value });
    return play;
  }

  async act(who: TestDevice, one: Step): Promise<void> {
    // The owner stays: rows are compared as the owner sees them.
    if (one.what === "leave" && who === this.people[0]) return;
    const body = this.#bodyOf(one);
    if (body !== undefined) await this.#do(who, body);
  }

  /** The rows, as the owner sees them, who was always there, equal the fold. */
  async checkRows(): Promise<void> {
    const [owner] = this.people;
    if (owner === undefined) return;
    const held = await holdAll(this.stage.log.reader, owner.account, this.conversation, 200);
    expect(this.#events.map(({ seq }) => seq)).toEqual(this.#events.map((_, index) => index + 1));
    expect([...(held?.rows.values() ?? [])]).toEqual(this.#entries);
    expect(held?.state).toEqual(this.#state());
  }

  async checkViewer(viewer: TestDevice, limit: number): Promise<void> {
    const member = memberOf(this.#state(), viewer.account);
    const held = await holdAll(this.stage.log.reader, viewer.account, this.conversation, limit);
    expect(held === undefined).toBe(member === undefined);
    if (held === undefined || member === undefined) return;
    const visible = this.#entries.flatMap((entry) => asSeenBy(member.intervals, entry) ?? []);
    expect([...held.rows.values()]).toEqual(visible);
    expect(held.head.seq).toBe(viewerHead(member.intervals, this.#events.length));
    const state = this.#states.findLast(({ rev }) => rev <= held.head.seq);
    expect(state !== undefined && equals(ConversationSchema, held.state, state)).toBe(true);
    const { conversations } = await viewer.resume();
    expect(conversations[0]?.read?.unread).toBe(countUnread(visible, viewer.account, 0));
  }

  async checkLaw(viewer: TestDevice, before: HeldConversation, limit: number): Promise<void> {
    const { reader } = this.stage.log;
    const after = await holdAll(reader, viewer.account, this.conversation, limit);
    const caughtUp = withChanges(before, await changesSince(reader, viewer.account, before));
    if (after === undefined) throw new Error("Members stay viewers.");
    expect(caughtUp.head).toEqual(after.head);
    expect(caughtUp.entryHead).toBe(after.entryHead);
    expect(caughtUp.state).toEqual(after.state);
    expect([...caughtUp.skipped].toSorted()).toEqual([...after.skipped].toSorted());
    // For a former member reactions and deletions go on out of sight; they are read, but not told.
    const told = ([, entry]: [number, Entry]) => entry.rev <= after.head.seq;
    const shown = [...after.rows].filter(told);
    expect(
      [...caughtUp.rows].filter(([ordinal]) => shown.some(([other]) => other === ordinal)).toSorted(byOrdinal),
    ).toEqual(shown);
    expect([...caughtUp.rows.keys()].toSorted((one, other) => one - other)).toEqual([...after.rows.keys()]);
  }

  async #do(who: TestDevice, body: Body): Promise<void> {
    const submitted = who.prepare(this.conversation, body);
    const { published, answers } = await this.stage.log.writer.execute([submitted]);
    const { body: sent } = fromBinary(CommandSchema, submitted.command);
    const [answer] = answers;
    if (answer !== undefined && sent.case === "edit" && sent.value.content)
      this.#contents.set(answer.id, sent.value.content);
    for (const { event } of published) this.#apply(event);
  }

  #apply(event: Event): void {
    this.#events.push(event);
    const full = this.#withContent(event);
    const created = conversationOf(full);
    if (created !== undefined) this.#states = [created];
    else if (applyToConversation(this.#state(), full) !== this.#state()) {
      this.#states.push(applyToConversation(this.#state(), full));
    }
    const made = entryOf(full);
    if (made !== undefined) this.#entries.push(made);
    const index = this.#entries.findIndex(({ id }) => id === targetOf(full));
    const target = this.#entries[index];
    if (target !== undefined) this.#entries[index] = applyToEntry(target, full);
  }

  #withContent(event: Event): Event {
    if (event.body.case !== "edited" || event.body.value.content !== undefined) return event;
    const content = this.#contents.get(event.id);
    if (content === undefined) throw new Error("An edit without content.");
    return { ...event, body: { case: "edited", value: { ...event.body.value, content } } };
  }

  #state(): Conversation {
    const state = this.#states.at(-1);
    if (state === undefined) throw new Error("The group was not created.");
    return state;
  }

  #bodyOf({ what, whom, which }: Step): Body | undefined {
    const target = this.#entries.at(-1 - (which % NEWEST))?.id ?? "";
    const accounts = [this.people[whom]?.account ?? ""];
    const emoji = EMOJIS[which % EMOJIS.length] ?? "";
    switch (what) {
      case "post":
        return text(`words ${which}`);
      case "edit":
        return edited(target, `other words ${which}`);
      case "delete":
        return { case: "delete", value: { target } };
      case "withdraw":
        return { case: "withdraw", value: { target } };
      case "react":
        return { case: "setReaction", value: { target, emoji } };
      case "unreact":
        return { case: "unsetReaction", value: { target, emoji } };
      case "pin":
        return { case: "pinMessage", value: { target } };
      case "unpin":
        return { case: "unpinMessage", value: { target } };
      case "invite": {
        const bounds = { maxUses: which % 3, lifetimeMs: which % 2 === 0 ? 0 : 30, needsApproval: which % 5 > 2 };
        const value = { secretHash: hashOfSecret(secretOf(which)), ...bounds };
        return { case: "makeInvite", value };
      }
      case "revoke": {
        const { invites } = this.#state();
        return { case: "revokeInvite", value: { invite: invites[which % (invites.length || 1)]?.id ?? target } };
      }
      case "join":
        return { case: "join", value: { secret: secretOf(which) } };
      case "take back":
        return { case: "cancelJoin", value: {} };
      case "answer":
        return { case: "answerJoin", value: { account: accounts[0] ?? "", accept: which % 3 > 0 } };
      case "add":
        return { case: "addMembers", value: { accounts } };
      case "remove":
        return { case: "removeMembers", value: { accounts } };
      case "leave":
        return { case: "leave", value: {} };
      case "title":
        return { case: "setTitle", value: { title: `Title ${which % 3}` } };
      case "picture":
        return {
          case: "setPicture",
          value: { picture: which % 3 === 0 ? new Uint8Array() : samplePicture({ said: `${which % 3}` }) },
        };
      default:
        return undefined;
    }
  }
}

/** One of few, so that people meet at them. */
function secretOf(which: number): Uint8Array {
  return new Uint8Array(16).fill(which % 4);
}

function byOrdinal([one]: [number, Entry], [other]: [number, Entry]): number {
  return one - other;
}
