import { create } from "@bufbuild/protobuf";
import { type ClientStore, createEngine, type StoreChange, type StoredConversation } from "@parley/client";
import { openIndexedDbStore } from "@parley/client-store/indexeddb";
import {
  ConversationSchema,
  type Entry,
  EntrySchema,
  HeadSchema,
  MessageSchema,
  ReadStateSchema,
} from "@parley/protocol";

const GROUP = "018f0000-0000-7000-8000-0000000000c1";
const ME = { account: "018f0000-0000-7000-8000-00000000000a", userName: "me", displayName: "Me" };
const OLD = "018f0000-0000-7000-8000-0000000000c2";
const TYPED = 250;
const PAGE = 100;
const TEXT_CHARACTERS = 2_000;

export interface RoomResult {
  /** Entries held when the disk was full, and after messages were typed on it. */
  readonly before: number;
  readonly after: number;
  /** Conversations that are left. */
  readonly conversations: readonly string[];
  /** The ranges then, and whether every ordinal of them is stored. */
  readonly ranges: number;
  readonly honest: boolean;
  readonly queued: number;
}

/** A device whose disk is full of history: what is typed must find room. The engine is the real one, without a server. */
export async function typeOnFullDisk(): Promise<RoomResult> {
  const before = await fillWithHistory();
  const store = await openIndexedDbStore(ME.account);
  const engine = createEngine({
    store,
    account: ME,
    deviceName: "test",
    transport: {
      connect: (handlers) => {
        queueMicrotask(() => handlers.closed({ code: 1006 }));
        return { encoding: "proto", send: () => undefined, close: () => undefined };
      },
    },
    clock: {
      now: () => Date.now(),
      elapsed: () => performance.now(),
      after: (delayMs, task) => {
        const timer = setTimeout(task, delayMs);
        return () => clearTimeout(timer);
      },
    },
    random: { bytes: (count) => crypto.getRandomValues(new Uint8Array(count)), fraction: () => Math.random() },
    network: { online: () => false, onReturn: () => () => undefined },
  });
  await engine.start();
  for (let index = 0; index < TYPED; index++) {
    const id = `018f0000-0000-7000-8000-${String(index + 1).padStart(12, "0")}`;
    await engine.post({ id, conversation: GROUP, text: randomText(), sentAt: Date.now() });
  }
  await engine.stop();
  const { conversations, outbox } = await store.load();
  const ranges = conversations.find(({ id }) => id === GROUP)?.ranges ?? [];
  const held = await store.entries(GROUP, 1, 0xffff_ffff);
  const stored = new Set(held.map(({ ordinal }) => ordinal));
  const honest = ranges.every(({ from, to }) => {
    for (let ordinal = from; ordinal <= to; ordinal++) if (!stored.has(ordinal)) return false;
    return true;
  });
  const left = conversations.map(({ id }) => (id === OLD ? "old" : "new"));
  return { conversations: left, before, after: held.length, ranges: ranges.length, honest, queued: outbox.length };
}

/** Stores two pages of one conversation, then pages of another until the browser refuses; how many entries it took of that. */
async function fillWithHistory(): Promise<number> {
  const store = await openIndexedDbStore(ME.account);
  const generation = await store.claim();
  for (const from of [1, 1 + PAGE]) await storePage(store, generation, OLD, from);
  let held = 0;
  try {
    for (;;) {
      await storePage(store, generation, GROUP, held + 1);
      held += PAGE;
    }
  } catch {
    // An owner could not even write that it is one.
    await store.commit(generation, [{ kind: "forget-conversation", id: OLD }], "strict");
    await store.close();
    return held;
  }
}

async function storePage(store: ClientStore, generation: number, id: string, from: number): Promise<void> {
  const entries = Array.from({ length: PAGE }, (_, index) => entryOf(id, from + index));
  const conversation = conversationOf(id, from + PAGE - 1, entries.at(-1));
  const changes: StoreChange[] = [
    { kind: "entries", entries },
    { kind: "conversation", conversation },
  ];
  await store.commit(generation, changes, "strict");
}

function entryOf(conversation: string, ordinal: number): Entry {
  const state = {
    case: "content" as const,
    value: { form: { case: "plain" as const, value: { text: randomText() } } },
  };
  const body = { case: "message" as const, value: create(MessageSchema, { state }) };
  return create(EntrySchema, { id: `m${ordinal}`, conversation, ordinal, seq: ordinal, rev: ordinal, body });
}

function conversationOf(id: string, entryHead: number, newest: Entry | undefined): StoredConversation {
  return {
    id,
    head: create(HeadSchema, { conversation: id, seq: entryHead }),
    entryHead,
    state: create(ConversationSchema, { id, title: "Group" }),
    ranges: [{ from: 1, to: entryHead }],
    staleRanges: [],
    read: create(ReadStateSchema, { conversation: id, asOf: entryHead, read: entryHead }),
    wanted: { delivered: entryHead, read: entryHead },
    others: [],
    byAll: { delivered: 0, read: 0 },
    skips: [],
    newest,
    openedAt: id === OLD ? 1 : 2,
  };
}

/** Random, so that nothing compresses it. */
function randomText(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(TEXT_CHARACTERS));
  return String.fromCharCode(...bytes.map((byte) => 32 + (byte % 95)));
}
