import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { MemoryDisk, MemoryStore } from "@parley/client-store";
import { entryOf } from "@parley/log";
import {
  type AccountPreferencesSchema,
  type Conversation,
  ConversationKind,
  ConversationSchema,
  type CreatedSchema,
  type Entry,
  EntrySchema,
  type Event,
  EventSchema,
  MessageSchema,
  type RejectionCode,
  Role,
  uuidV7,
  type VerdictSchema,
} from "@parley/protocol";
import { createEngine, type EngineHandle } from "../engine/create-engine.ts";
import { type EngineRules, engineRules } from "../engine/rules.ts";
import type { ClientStore } from "../ports/client-store.ts";
import { ManualClock, settled } from "./manual-clock.ts";
import { ScriptedServer, type SentCommand } from "./scripted-server.ts";

export const me = "018f0000-0000-7000-8000-00000000000a";
export const you = "018f0000-0000-7000-8000-00000000000b";
export const group = "018f0000-0000-7000-8000-0000000000c1";

let lastId = 0;
/** A fresh id; ascending. */
export function newId(): string {
  lastId++;
  const bytes = new Uint8Array(10);
  new DataView(bytes.buffer).setUint32(6, lastId);
  return uuidV7(Date.UTC(2026, 0, 1), bytes);
}

/** An engine on a memory disk, talking to a scripted server. */
export class EngineFixture {
  readonly disk: MemoryDisk;
  readonly clock: ManualClock;
  readonly server = new ScriptedServer();
  readonly engine: EngineHandle;
  isOnline = true;
  /** How many listen to the network. */
  listeners = 0;
  /** Makes the next commit fail. */
  failsNext = false;
  /** Reads of rows from the store. */
  readonly reads = { count: 0, under: 0, mostAtOnce: 0 };
  /** Makes every load fail. */
  failsToLoad = false;
  #random = 1;
  #onReturn: () => void = () => undefined;
  #onLoss: () => void = () => undefined;

  constructor(disk = new MemoryDisk(), clock = new ManualClock(), rules: EngineRules = engineRules) {
    this.disk = disk;
    this.clock = clock;
    this.engine = createEngine(
      {
        transport: this.server,
        store: this.#failing(new MemoryStore(disk)),
        clock,
        random: {
          bytes: (count) => Uint8Array.from({ length: count }, () => this.#next() & 0xff),
          fraction: () => (this.#next() % 1000) / 1000,
        },
        network: {
          online: () => this.isOnline,
          onReturn: (listener) => {
            this.#onReturn = listener;
            return this.#listening();
          },
          onLoss: (listener) => {
            this.#onLoss = listener;
            return this.#listening();
          },
        },
        account: { account: me, userName: "me", displayName: "Me" },
        deviceName: "test",
      },
      rules,
    );
  }

  #failing(store: MemoryStore): ClientStore {
    return {
      claim: () => store.claim(),
      load: () => (this.failsToLoad ? Promise.reject(new Error("no database")) : store.load()),
      entries: (conversation, from, to) => this.#read(() => store.entries(conversation, from, to)),
      entriesById: (conversation, ids) => this.#read(() => store.entriesById(conversation, ids)),
      disappearing: (most) => this.#read(() => store.disappearing(most)),
      picture: (conversation) => this.#read(() => store.picture(conversation)),
      commit: (generation, changes, durability) => {
        const fails = this.failsNext;
        this.failsNext = false;
        return fails ? Promise.reject(new Error("disk full")) : store.commit(generation, changes, durability);
      },
      close: () => store.close(),
    };
  }

  async #read<T>(read: () => Promise<T>): Promise<T> {
    this.reads.count++;
    this.reads.under++;
    this.reads.mostAtOnce = Math.max(this.reads.mostAtOnce, this.reads.under);
    try {
      return await read();
    } finally {
      this.reads.under--;
    }
  }

  #listening(): () => void {
    this.listeners++;
    return () => {
      this.listeners--;
    };
  }

  networkReturns(): void {
    this.#onReturn();
  }

  networkGoes(): void {
    this.#onLoss();
  }

  /** Starts, connects and is welcomed with these conversations. */
  async online(welcome: Welcoming = {}): Promise<void> {
    await this.engine.start();
    await settled();
    await this.welcome(welcome);
  }

  async welcome({ heads = [], incarnation = "one", preferences }: Welcoming = {}): Promise<void> {
    this.server.tell({
      case: "welcome",
      value: {
        account: me,
        device: this.server.take("hello")[0]?.device ?? "",
        incarnation,
        serverTime: this.clock.now(),
        credit: 64,
        heartbeatMs: 30_000,
        ...(preferences && { preferences }),
        profiles: [
          { account: me, userName: "me", displayName: "Me", rev: 1 },
          { account: you, userName: "you", displayName: "You", rev: 1 },
        ],
        conversations: heads.map(({ head, unread = 0, read = 0, entryHead }) => ({
          head: { conversation: group, ...head },
          entryHead,
          read: { conversation: group, unread, read, asOf: head.seq },
        })),
      },
    });
    await settled();
  }

  /** Accepts every command submitted so far and those that follow, in order, beginning with this seq. */
  async acceptAll(seq: number): Promise<void> {
    let next = seq;
    for (let sent = this.server.takeCommands(); sent.length > 0; sent = this.server.takeCommands()) {
      this.accept(sent, next);
      next += sent.length;
      await settled();
    }
  }

  accept(sent: readonly SentCommand[], seq: number): void {
    this.#answer(sent, (index) => ({
      case: "accepted",
      value: { seq: seq + index, receivedAt: this.clock.now() },
    }));
  }

  /** Rejects every command submitted so far. */
  async reject(code: RejectionCode, reason: string): Promise<void> {
    this.#answer(this.server.takeCommands(), () => ({ case: "rejected", value: { code, reason } }));
    await settled();
  }

  #answer(
    sent: readonly SentCommand[],
    outcomeOf: (index: number) => NonNullable<MessageInitShape<typeof VerdictSchema>["outcome"]>,
  ): void {
    const answers = sent.map(({ command }, index) => ({
      id: command.id,
      outcome: { case: "verdict" as const, value: { log: command.log, outcome: outcomeOf(index) } },
    }));
    this.server.tell({ case: "answers", value: { answers } });
  }

  #next(): number {
    this.#random = (this.#random * 48271) % 0x7fffffff;
    return this.#random;
  }
}

interface Welcoming {
  readonly heads?: readonly {
    readonly head: { readonly seq: number; readonly tag: number };
    readonly entryHead: number;
    readonly unread?: number;
    readonly read?: number;
  }[];
  readonly incarnation?: string;
  readonly preferences?: MessageInitShape<typeof AccountPreferencesSchema>;
}

/** A log of the group, made by both in turns: the conversation begins with seq 1, then posts. */
export class SampleLog {
  readonly events: Event[] = [];
  #ordinal = 0;

  readonly #by: string;
  readonly #created: MessageInitShape<typeof CreatedSchema>;

  constructor(by = me, created: MessageInitShape<typeof CreatedSchema> = {}) {
    this.#by = by;
    this.#created = created;
    const group = { kind: ConversationKind.GROUP, encryption: 1, history: 1, title: "Group", members: [me, you] };
    this.add(by, { case: "created", value: { ...group, ...created } });
  }

  add(author: string, body: NonNullable<MessageInitShape<typeof EventSchema>["body"]>, id = newId()): Event {
    const makes = [
      "created",
      "posted",
      "membersAdded",
      "membersRemoved",
      "memberLeft",
      "titleSet",
      "roleSet",
      "descriptionSet",
      "pictureSet",
      "messagePinned",
      "memberJoined",
      "memberLetIn",
      "timerSet",
    ];
    const ordinal = makes.includes(body.case ?? "") ? ++this.#ordinal : 0;
    const seq = this.events.length + 1;
    const at = Date.UTC(2026, 0, 1) + seq;
    const event = create(EventSchema, {
      log: group,
      seq,
      id,
      author,
      sentAt: at,
      receivedAt: at,
      tag: seq * 7,
      ordinal,
      body,
    });
    this.events.push(event);
    return event;
  }

  post(author: string, text: string, id = newId()): Event {
    return this.add(author, { case: "posted", value: { content: { form: { case: "plain", value: { text } } } } }, id);
  }

  get head(): { readonly seq: number; readonly tag: number } {
    const last = this.events.at(-1);
    return { seq: last?.seq ?? 0, tag: last?.tag ?? 0 };
  }

  get entryHead(): number {
    return this.#ordinal;
  }

  /** Rows as they were made (targets are not applied). */
  entries(from: number, to: number): Entry[] {
    return this.events
      .map(entryOf)
      .filter((entry) => entry !== undefined)
      .filter((entry) => entry.ordinal >= from && entry.ordinal <= to);
  }

  /** A row as it is after an edit to this text. */
  withText(entry: Entry, text: string, seq: number): Entry {
    const state = { case: "content" as const, value: { form: { case: "plain" as const, value: { text } } } };
    const message = create(MessageSchema, { state, editedAt: 1 });
    return create(EntrySchema, { ...entry, rev: seq, contentRev: seq, body: { case: "message", value: message } });
  }

  /** As it was made, with the messages that are pinned now. */
  get state(): Conversation {
    const pinned = this.events.reduce(pinnedAfter, { ids: [], rev: 1 });
    return create(ConversationSchema, {
      id: group,
      kind: this.#created.kind ?? ConversationKind.GROUP,
      encryption: 1,
      history: 1,
      title: "Group",
      request: this.#created.request ?? false,
      rev: pinned.rev,
      pinnedMessages: [...pinned.ids],
      createdBy: this.#by,
      createdAt: Date.UTC(2026, 0, 1),
      members: [me, you].map((account) => ({
        account,
        role: account === me ? Role.OWNER : Role.MEMBER,
        present: true,
        rev: 1,
        intervals: [{ from: 1, to: 0 }],
      })),
    });
  }

  /** The Reset that a device gets which holds nothing. */
  reset(
    newest: number,
    { unread = 0, read = 0 } = {},
  ): Extract<Parameters<ScriptedServer["tell"]>[0], { case: "reset" }> {
    const from = Math.max(1, this.#ordinal - newest + 1);
    return {
      case: "reset",
      value: {
        status: {
          head: { conversation: group, ...this.head },
          entryHead: this.#ordinal,
          read: { conversation: group, unread, read, asOf: this.head.seq },
        },
        state: this.state,
        newest: {
          conversation: group,
          asOf: this.head.seq,
          fromOrdinal: from,
          toOrdinal: this.#ordinal,
          entries: this.entries(from, this.#ordinal),
          entryHead: this.#ordinal,
        },
      },
    };
  }
}

interface Pinned {
  readonly ids: readonly string[];
  readonly rev: number;
}

function pinnedAfter(before: Pinned, { body, seq }: Event): Pinned {
  if (body.case === "messagePinned") return { ids: [...before.ids, body.value.target], rev: seq };
  if (body.case !== "messageUnpinned" && body.case !== "erased") return before;
  const { target } = body.value;
  return before.ids.includes(target) ? { ids: before.ids.filter((id) => id !== target), rev: seq } : before;
}
