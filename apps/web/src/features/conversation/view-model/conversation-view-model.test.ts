import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { createEngine, type EngineHandle, emptyTimeline, type TimelineView } from "@parley/client";
import { MemoryDisk, MemoryStore } from "@parley/client-store";
import { uuidV7 } from "@parley/protocol";
import { browserClock } from "../../../hosts/browser/browser-clock.ts";
import { browserRandom } from "../../../hosts/browser/browser-random.ts";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { messageRow } from "../../../testing/rows.ts";
import { MapEmojiMemory, sampleEmojis } from "../../../testing/sample-emojis.ts";
import { en } from "../../../texts/en.ts";
import { TimeFormat } from "../../../texts/time-format.ts";
import { Emojis } from "../../emoji/view-model/emojis.ts";
import { Notices } from "../../notices/view-model/notices.ts";
import type { ConversationPorts } from "./conversation-ports.ts";
import { ConversationViewModel } from "./conversation-view-model.ts";
import type { KeptDraft } from "./draft-keeper.ts";
import { KeptPlaces } from "./kept-places.ts";

const ana = { account: "018f0000-0000-7000-8000-00000000000a", userName: "ana", displayName: "Ana Ruiz" };
const newId = () => uuidV7(Date.now(), browserRandom.bytes(10));

let engine: EngineHandle;
let disk: MemoryDisk;
let conversation: string;
let copied: string[];
let notices: Notices;
let handsOff: boolean;

/** The real engine on a store in memory, on a device without a network, with one's own notes. */
beforeEach(async () => {
  disk = new MemoryDisk();
  engine = createEngine({
    transport: { connect: () => ({ encoding: "proto", send: () => {}, close: () => {} }) },
    store: new MemoryStore(disk),
    network: { online: () => false, onReturn: () => () => {}, onLoss: () => () => {} },
    account: ana,
    clock: browserClock,
    random: browserRandom,
    deviceName: "Test",
  });
  await engine.start();
  conversation = await engine.startDirect(newId(), ana.account);
  copied = [];
  notices = new Notices(browserClock);
  handsOff = true;
});

afterEach(() => engine.stop());

function open(id = conversation, changes: Partial<ConversationPorts> = {}) {
  const kept = new Map<string, KeptDraft>();
  const replies = new Map<string, string>();
  return new ConversationViewModel(id, {
    engine,
    handOff: () => handsOff,
    account: engine.account,
    clock: browserClock,
    texts: en,
    format: new TimeFormat(en, "en-GB", () => "UTC"),
    notices,
    emojis: new Emojis(async () => sampleEmojis(), new MapEmojiMemory()),
    attention: new ObservedValue(true),
    whenSeen: () => () => {},
    keeper: {
      read: (key) => kept.get(key),
      write: (key, draft) => void kept.set(key, draft),
      clear: (key) => void kept.delete(key),
      readReply: (key) => replies.get(key),
      writeReply: (key, message) => {
        if (message === undefined) replies.delete(key);
        else replies.set(key, message);
      },
      clearAll: () => kept.clear(),
    },
    places: new KeptPlaces(),
    newId,
    copyText: async (text) => void copied.push(text),
    ...changes,
  });
}

/** Waits until the view model shows what is wanted. */
async function until<T>(look: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const found = look();
    if (found !== undefined) return found;
    await Bun.sleep(5);
  }
  throw new Error("It was never shown");
}

function messages(model: ConversationViewModel) {
  return model.get().items.flatMap((item) => (item.kind === "message" ? [item] : []));
}

async function say(model: ConversationViewModel, text: string) {
  model.composer.setText(text);
  model.composer.submit();
  return until(() => messages(model).find((item) => item.body.text === text));
}

describe("an open conversation", () => {
  test("[OUT6] shows a message that was sent without a network, and that it waits for it", async () => {
    const model = open();
    const sent = await say(model, "To keep");
    expect(sent).toMatchObject({
      mine: true,
      ordinal: undefined,
      status: { kind: "waiting", label: "Waiting for the network" },
    });
    expect(sent.label).toStartWith("Ana Ruiz, ");
    model.dispose();
  });

  test("[RPL1] [RPL2] answers a message, at once and as the engine tells, and follows what becomes of it", async () => {
    const model = open();
    const { key } = await say(model, "Tea at five?");
    expect(model.messages.reply(key)).toBe(true);
    expect(model.get().answering).toMatchObject({ id: key, author: { name: "You" }, text: "Tea at five?" });
    const answer = await say(model, "At six");
    expect(answer.quote).toMatchObject({ id: key, text: "Tea at five?", reachable: true });
    expect(model.get().answering).toBeUndefined();
    model.messages.deleteForEveryone(key);
    await until(() => messages(model).find(({ quote }) => quote?.placeholder));
    expect(messages(model).at(-1)?.quote).toMatchObject({ text: "You deleted this message" });
    expect(model.messages.reply(key)).toBe(false);
    model.dispose();
  });

  test("does to several selected messages what can be done with all of them, once, and ends it", async () => {
    const model = open();
    const keys: string[] = [];
    for (const text of ["One", "Two", "Three"]) keys.push((await say(model, text)).key);
    const [one = "", two = "", three = ""] = keys;
    model.selecting.toggle(three);
    model.selecting.toggle(one);
    expect(model.selecting.get()).toMatchObject({ label: "2 selected", canDelete: true, canHide: false });
    expect(model.selecting.messages).toEqual([one, three]);
    await model.selecting.copy();
    expect(
      copied
        .at(-1)
        ?.split("\n")
        .map((line) => line.replace(/, \d.*?: /, ": ")),
    ).toEqual(["Ana Ruiz: One", "Ana Ruiz: Three"]);
    expect(model.selecting.get()).toBeUndefined();
    model.selecting.toggle(one);
    model.selecting.toggle(two, true);
    model.selecting.deleteForEveryone();
    expect(model.selecting.get()).toBeUndefined();
    await until(() =>
      messages(model).filter(({ body }) => body.kind === "placeholder").length === 2 ? true : undefined,
    );
    expect(messages(model).map(({ body }) => body.text)).toEqual([
      "You deleted this message",
      "You deleted this message",
      "Three",
    ]);
    model.selecting.toggle(one);
    expect(model.selecting.get()).toBeUndefined();
    model.dispose();
  });

  test("keeps the key of a message through an edit", async () => {
    const model = open();
    const sent = await say(model, "First");
    expect(model.composer.editLastOwn()).toBe(true);
    model.composer.setText("Second");
    model.composer.submit();
    const edited = await until(() => messages(model).find((item) => item.body.text === "Second"));
    expect(edited.key).toBe(sent.key);
    expect(messages(model)).toHaveLength(1);
    model.dispose();
  });

  test("[OUT1] an edit that this device cannot keep comes back into the composer, and the message stays as it was", async () => {
    const model = open();
    const { key } = await say(model, "First");
    disk.faults = (operation) => (operation === "commit" ? "full" : undefined);
    model.composer.editLastOwn();
    model.composer.setText("Second");
    model.composer.submit();
    await until(() => notices.get().shown.at(0));
    expect(model.composer.get()).toMatchObject({ editing: key, text: "Second" });
    expect(messages(model).map(({ body }) => body.text)).toEqual(["First"]);
    disk.faults = () => undefined;
    model.composer.submit();
    await until(() => messages(model).find(({ body }) => body.text === "Second"));
    model.dispose();
  });

  test("[OUT1] where nothing can be handed off a message leaves the composer when it is queued, and stays with words where it cannot be", async () => {
    const model = open();
    handsOff = false;
    disk.faults = (operation) => (operation === "commit" ? "full" : undefined);
    model.composer.setText("To keep");
    model.composer.submit();
    await until(() => notices.get().shown.find(({ text }) => text === en.conversation.notSent));
    expect(model.composer.get()).toMatchObject({ text: "To keep", canSend: true });
    expect(messages(model)).toEqual([]);
    disk.faults = () => undefined;
    model.composer.submit();
    await until(() => messages(model).find(({ body }) => body.text === "To keep"));
    expect(model.composer.get().text).toBe("");
    model.dispose();
  });

  test("[OUT1] edits that cannot be kept come back one after the other, after the one that is being written", async () => {
    const model = open();
    const [one, two] = [await say(model, "One"), await say(model, "Two")];
    disk.faults = (operation) => (operation === "commit" ? "full" : undefined);
    model.composer.startEdit(one.key, "One!");
    model.composer.submit();
    model.composer.startEdit(two.key, "Two!");
    await until(() => notices.get().shown.at(0));
    expect(model.composer.get()).toMatchObject({ editing: two.key, text: "Two!" });
    model.composer.cancelEdit();
    expect(model.composer.get()).toMatchObject({ editing: one.key, text: "One!" });
    disk.faults = () => undefined;
    model.composer.submit();
    await until(() => messages(model).find(({ body }) => body.text === "One!"));
    expect(model.composer.get()).toMatchObject({ editing: undefined, text: "" });
    model.dispose();
  });

  test("offers what may be done with a message, and does it", async () => {
    const model = open();
    const { key } = await say(model, "Mine");
    expect(model.messages.actionsFor(key)).toMatchObject({
      canEdit: true,
      canDelete: true,
      canReact: true,
      reacted: [],
    });
    model.messages.react(key, "👍", true);
    await until(() => (model.messages.actionsFor(key)?.reacted.includes("👍") ? true : undefined));
    await model.messages.copy(key);
    expect(copied).toEqual(["Mine"]);
    expect(notices.get().spoken.map(({ text }) => text)).toEqual([en.conversation.copied]);
    expect(model.messages.actionsFor("no such message")).toBeUndefined();
    model.dispose();
  });

  test("is named, and says that it is not here where it is not", () => {
    const here = open();
    expect(here.get().header?.title).toBe(en.common.notes);
    const elsewhere = open("018f0000-0000-7000-8000-0000000000ff");
    expect(elsewhere.get().header).toBeUndefined();
    here.dispose();
    elsewhere.dispose();
  });

  test("does not say that somebody is offline where it cannot know", async () => {
    const model = open(await engine.startDirect(newId(), "018f0000-0000-7000-8000-00000000000b"));
    expect(model.get().header).toMatchObject({ kind: "direct", subtitle: "" });
    model.dispose();
  });

  test("gives back the draft when it is opened again", async () => {
    const model = open();
    model.composer.setText("Half a thought");
    model.dispose();
    await until(() => engine.conversations.get().conversations[0]?.draft || undefined);
    expect(open().composer.get().text).toBe("Half a thought");
  });

  test("does not change when something changes elsewhere", async () => {
    const model = open();
    await say(model, "Still");
    await Bun.sleep(30);
    const before = model.get();
    let told = 0;
    model.subscribe(() => told++);
    await engine.startGroup(newId(), ["018f0000-0000-7000-8000-00000000000b"], "Elsewhere");
    await until(() => (engine.conversations.get().conversations.length === 2 ? true : undefined));
    expect(model.get()).toBe(before);
    expect(told).toBe(0);
    model.dispose();
  });
});

describe("where new messages begin", () => {
  /** A window that shows these ordinals of so many, on a conversation that was read to the end. */
  function view(shown: readonly number[], entryHead: number): TimelineView {
    return {
      ...emptyTimeline(conversation),
      loaded: true,
      rows: shown.map((ordinal) => messageRow({ id: `message-${ordinal}`, ordinal, at: 1_000 * ordinal })),
      atOldest: false,
      atNewest: shown.at(-1) === entryHead,
      head: entryHead,
      entryHead,
      readAtOpen: 3,
    };
  }

  function openOn(shown: TimelineView) {
    const timeline = new ObservedValue(shown);
    const moved = () => Promise.resolve();
    const moves = {
      loadOlder: moved,
      loadNewer: moved,
      jumpToNewest: moved,
      jumpTo: moved,
      stick: moved,
      answer: moved,
      close: () => {},
    };
    const opened = { ...moves, get: timeline.get, subscribe: timeline.subscribe };
    const model = open(conversation, { engine: { ...engine, openTimeline: () => opened } });
    const rows = () =>
      model.get().items.map(({ kind, key }) => (kind === "unread" ? "new" : key.replace(/^day.*/, "day")));
    return { timeline, model, rows };
  }

  test("[RNG4] a Reset that leaves a hole behind what was read puts the divider there", () => {
    const { timeline, model, rows } = openOn(view([1, 2, 3], 3));
    expect(rows()).toEqual(["day", "message-1", "message-2", "message-3"]);
    timeline.set(view([1, 2, 3], 900));
    timeline.set(view([1, 2, 3, 4, 5], 900));
    expect(rows()).toEqual(["day", "message-1", "message-2", "message-3", "new", "message-4", "message-5"]);
    model.dispose();
  });

  test("what comes while one reads further up begins at a divider, though the window follows it", () => {
    const { timeline, model, rows } = openOn(view([1, 2, 3], 3));
    model.stick(false);
    timeline.set(view([1, 2, 3, 4, 5], 5));
    expect(rows()).toEqual(["day", "message-1", "message-2", "message-3", "new", "message-4", "message-5"]);
    model.dispose();
  });

  test("[RNG4] what another device read is new no more: the divider goes behind it, and away where nothing is left", async () => {
    const shown = view([1, 2, 3, 4, 5, 6], 6);
    const { timeline, model, rows } = openOn(view([1, 2, 3], 3));
    model.stick(false);
    timeline.set(shown);
    timeline.set({ ...shown, read: 3 });
    expect(rows().indexOf("new")).toBe(rows().indexOf("message-4") - 1);
    timeline.set({ ...shown, read: 5 });
    expect(rows().indexOf("new")).toBe(rows().indexOf("message-6") - 1);
    await model.going.goToUnread();
    expect(rows().indexOf("new")).toBe(rows().indexOf("message-6") - 1);
    timeline.set({ ...shown, read: 6 });
    expect(rows()).not.toContain("new");
    model.dispose();
  });

  test("what one reads here oneself stays behind the divider", async () => {
    const shown = view([1, 2, 3, 4, 5], 5);
    const { timeline, model, rows } = openOn(view([1, 2, 3], 3));
    model.stick(false);
    timeline.set(shown);
    model.inView(5);
    await Bun.sleep(300);
    timeline.set({ ...shown, read: 5 });
    expect(rows().indexOf("new")).toBe(rows().indexOf("message-4") - 1);
    model.dispose();
  });

  test("what is followed as it comes gets none, and one that is there stays until more than it was read", async () => {
    const { timeline, model, rows } = openOn(view([1, 2, 3], 3));
    timeline.set(view([1, 2, 3, 4], 4));
    expect(rows()).not.toContain("new");
    timeline.set(view([1, 2, 3, 4], 9));
    timeline.set(view([4, 5, 6, 7, 8, 9], 9));
    expect(rows().indexOf("new")).toBe(rows().indexOf("message-4") - 1);
    timeline.set(view([4, 5, 6, 7, 8, 9], 20));
    expect(rows().indexOf("new")).toBe(rows().indexOf("message-4") - 1);
    timeline.set(view([8, 9, 10], 10));
    model.inView(10);
    await until(() => (model.get().items.length > 0 ? true : undefined));
    await Bun.sleep(300);
    timeline.set(view([8, 9, 10], 20));
    timeline.set(view([9, 10, 11, 12], 20));
    expect(rows().indexOf("new")).toBe(rows().indexOf("message-10") + 1);
    model.dispose();
  });
});
