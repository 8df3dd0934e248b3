import { describe, expect, test } from "bun:test";
import type { ConnectionView, ConversationListView, ConversationView } from "@parley/client";
import type { Route } from "../../../app/route.ts";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { ManualClock } from "../../../testing/manual-clock.ts";
import { ana, bo, conversationView } from "../../../testing/rows.ts";
import { en } from "../../../texts/en.ts";
import { TimeFormat } from "../../../texts/time-format.ts";
import { ConversationListViewModel } from "./conversation-list-view-model.ts";

function list(...conversations: ConversationView[]) {
  const clock = new ManualClock();
  const route = new ObservedValue<Route>({ conversation: undefined });
  const view = new ObservedValue<ConversationListView>({ loaded: true, pending: 0, holdUp: undefined, conversations });
  const connection = new ObservedValue<ConnectionView>({ kind: "online" });
  const device = { zone: "UTC" };
  const format = new TimeFormat(en, "en-GB", () => device.zone);
  let seen = () => {};
  const model = new ConversationListViewModel({
    conversations: view,
    connection,
    route,
    clock,
    texts: en,
    format,
    whenSeen: (listener) => {
      seen = listener;
      return () => {};
    },
  });
  const set = (...next: ConversationView[]) =>
    view.set({ loaded: true, pending: 0, holdUp: undefined, conversations: next });
  return { model, set, connection, route, clock, device, seen: () => seen() };
}

const newest = {
  author: bo.account,
  authorName: bo.displayName,
  mine: false,
  text: "Hi",
  kind: "message",
  status: undefined,
  what: undefined,
} as const;

describe("a line of the list", () => {
  test("is the same object until its conversation changes", () => {
    const [one, other] = [conversationView({ id: "1" }), conversationView({ id: "2" })];
    const { model, set } = list(one, other);
    const before = model.get().items;
    set(conversationView({ id: "2", unread: 1 }), one);
    expect(model.get().items[1]).toBe(before[0]);
    expect(model.get().items[0]).toMatchObject({ id: "2", unread: 1 });
    expect(model.get().unread).toBe(1);
  });

  test("[REQ5] of a message request says that it is one and nothing of it, in a place of its own", () => {
    const made = conversationView({ id: "1", newest, request: "open" });
    const { model, set } = list(made, conversationView({ id: "2", request: "sent" }));
    expect(model.get()).toMatchObject({ requests: 1, items: [{ id: "2" }] });
    model.showRequests(true);
    expect(model.get().items).toMatchObject([{ id: "1", preview: { kind: "quiet", text: en.requests.preview } }]);
    set({ ...made, request: "declined" });
    expect(model.get()).toMatchObject({ requests: 0, inRequests: false, items: [] });
  });

  test("[TIM5] follows its device into another time zone", () => {
    const { model, device, seen, clock } = list(conversationView({ at: Date.UTC(2026, 2, 18, 11, 0) }));
    clock.setForward(Date.UTC(2026, 2, 18, 12, 0) - clock.now());
    seen();
    expect(model.get().items[0]?.time).toBe("11:00");
    device.zone = "Asia/Kolkata";
    seen();
    expect(model.get().items[0]?.time).toBe("16:30");
  });

  test("shows typing before the draft, and the draft before what was said", () => {
    const conversation = conversationView({
      kind: "group",
      title: "Allotment",
      newest,
      draft: "I was",
      typing: ["Bo Lind"],
    });
    const preview = (changes: Partial<ConversationView>) =>
      list({ ...conversation, ...changes }).model.get().items[0]?.preview;
    expect(preview({})).toEqual({ kind: "typing", lead: undefined, text: "Bo Lind is typing…" });
    expect(preview({ typing: [] })).toEqual({ kind: "draft", lead: "Draft:", text: "I was" });
    expect(preview({ typing: [], draft: "" })).toEqual({ kind: "message", lead: "Bo:", text: "Hi" });
    expect(preview({ typing: [], draft: "long ".repeat(100_000) })?.text).toHaveLength(300);
  });

  test("says who did what, and who is typing only where several could be", () => {
    const what = { kind: "members-added", names: ["Ana Ruiz"], includesMe: true } as const;
    const deed = { ...newest, text: "", kind: "system", what } as const;
    const preview = (changes: Partial<ConversationView>) =>
      list(conversationView({ newest: deed, ...changes })).model.get().items[0]?.preview;
    expect(preview({ kind: "group" })).toEqual({
      kind: "quiet",
      lead: undefined,
      text: "Bo Lind added you and Ana Ruiz",
    });
    const started = { ...deed, mine: true, what: { kind: "created", title: "" } } as const;
    expect(preview({ newest: started })?.text).toBe("You started the conversation");
    expect(preview({ typing: ["Bo Lind"] })?.text).toBe("typing…");
  });

  test("shows one's own state, and presence in direct conversations only", () => {
    const own = { ...newest, mine: true, status: { kind: "delivered" } } as const;
    const item = (changes: Partial<ConversationView>) =>
      list(conversationView({ newest: own, ...changes })).model.get().items[0];
    expect(item({})).toMatchObject({ status: "delivered", online: true, preview: { lead: "You:" } });
    expect(item({ kind: "group", people: [ana, bo] })).toMatchObject({ online: false });
  });

  test("says of a message on its way that it waits, while there is no connection; other lines stay the same objects", () => {
    const sending = conversationView({ id: "1", newest: { ...newest, mine: true, status: { kind: "sending" } } });
    const { model, connection } = list(sending, conversationView({ id: "2", newest }));
    const statuses = () => model.get().items.map(({ status }) => status);
    const other = model.get().items[1];
    expect(statuses()).toEqual(["sending", undefined]);
    connection.set({ kind: "offline" });
    expect(statuses()).toEqual(["waiting", undefined]);
    expect(model.get().items[1]).toBe(other);
    connection.set({ kind: "syncing" });
    expect(statuses()).toEqual(["sending", undefined]);
  });

  test("becomes yesterday's without any event", () => {
    const { model, clock } = list(conversationView({}));
    expect(model.get().items[0]?.time).toBe("11:00");
    clock.advance(13 * 3_600_000);
    expect(model.get().items[0]?.time).toBe("Yesterday");
  });
});

describe("the list", () => {
  test("can be filtered without regard to case and accents", () => {
    const { model } = list(
      conversationView({ id: "1", title: "Ána Ruiz" }),
      conversationView({ id: "2", title: "Bo" }),
    );
    model.setFilter(" ana");
    expect(model.get().items.map((item) => item.id)).toEqual(["1"]);
    expect(model.get().any).toBe(true);
  });

  test("names what has no title", () => {
    const { model } = list(
      conversationView({ kind: "notes", title: "", people: [] }),
      conversationView({ id: "2", kind: "group", title: "", people: [ana, bo] }),
    );
    expect(model.get().items.map((item) => item.title)).toEqual(["Notes to yourself", "Ana Ruiz and Bo Lind"]);
  });
});

describe("2,000 conversations", () => {
  const many = Array.from({ length: 2_000 }, (_, n) =>
    conversationView({ id: `${n}`, title: `Group ${n}`, unread: 0 }),
  );

  test("show what is unread in each, whatever happened before, as a list that begins now", () => {
    let conversations = many;
    const { model, set } = list(...conversations);
    let turn = 7;
    for (let step = 0; step < 60; step++) {
      turn = (turn * 75 + 74) % 65_537;
      const at = turn % conversations.length;
      const one = conversations[at];
      if (one === undefined) throw new Error("There are conversations");
      const changed = { ...one, unread: [one.unread + 1, 0, 3][turn % 3] ?? 0, at: one.at + step };
      // What is new goes to the top; what was read stays.
      conversations =
        changed.unread > one.unread ? [changed, ...conversations.toSpliced(at, 1)] : conversations.with(at, changed);
      set(...conversations);
      const fresh = list(...conversations).model.get();
      expect(model.get().items).toEqual(fresh.items);
      expect(model.get().items.map((item) => item.unread)).toEqual(conversations.map(({ unread }) => unread));
      expect(model.get().unread).toBe(conversations.filter(({ unread }) => unread > 0).length);
    }
  });

  test("are found by a new title, and not by the old one", () => {
    const { model, set } = list(...many);
    model.setFilter("Group 1999");
    expect(model.get().items.map((item) => item.id)).toEqual(["1999"]);
    set(...many.with(1999, conversationView({ id: "1999", title: "Choir" })));
    expect(model.get().items).toEqual([]);
    model.setFilter("choir");
    expect(model.get().items.map((item) => item.id)).toEqual(["1999"]);
  });
});

describe("the conversation beside the one that is open", () => {
  const [top, middle, bottom] = [
    conversationView({ id: "1", unread: 1 }),
    conversationView({ id: "2" }),
    conversationView({ id: "3", unread: 2 }),
  ];

  test("is the next of the list, and nothing beyond its ends", () => {
    const { model, route } = list(top, middle, bottom);
    expect([model.neighbour(1), model.neighbour(-1)]).toEqual(["1", "3"]);
    route.set({ conversation: "1" });
    expect([model.neighbour(1), model.neighbour(-1)]).toEqual(["2", undefined]);
    route.set({ conversation: "3" });
    expect([model.neighbour(1), model.neighbour(-1)]).toEqual([undefined, "2"]);
  });

  test("with something unread is looked for all round", () => {
    const { model, route } = list(top, middle, bottom);
    expect([model.nextUnread(1), model.nextUnread(-1)]).toEqual(["1", "3"]);
    route.set({ conversation: "2" });
    expect([model.nextUnread(1), model.nextUnread(-1)]).toEqual(["3", "1"]);
    route.set({ conversation: "3" });
    expect([model.nextUnread(1), model.nextUnread(-1)]).toEqual(["1", "1"]);
    expect(list(middle).model.nextUnread(1)).toBe(undefined);
  });
});

describe("pinned, muted and archived conversations", () => {
  const [plain, pinned, muted, archived] = [
    conversationView({ id: "plain", title: "Plain", unread: 1 }),
    conversationView({ id: "pinned", title: "Pinned", pinned: true }),
    conversationView({ id: "muted", title: "Muted", mutedUntil: Number.POSITIVE_INFINITY, unread: 2 }),
    conversationView({ id: "archived", title: "Archived", archived: true, pinned: true, unread: 3 }),
  ];
  const ids = (model: ConversationListViewModel) => model.get().items.map(({ id }) => id);

  test("pinned ones stand first, each part by recency, and archived ones in a place of their own", () => {
    const second = conversationView({ id: "second", pinned: true });
    const { model } = list(plain, archived, pinned, muted, second);
    expect(ids(model)).toEqual(["pinned", "second", "plain", "muted"]);
    expect(model.get().archive).toEqual({ count: 1, unread: 1 });
    model.showArchive(true);
    expect(ids(model)).toEqual(["archived"]);
    expect(model.get().inArchive).toBe(true);
  });

  test("what mentions oneself is counted, and gone to as the next unread, also where it is muted", () => {
    const named = conversationView({ id: "named", mutedUntil: Number.POSITIVE_INFINITY, unread: 5, mentions: 2 });
    const { model } = list(muted, named);
    expect(model.get()).toMatchObject({ unread: 1, mentions: 2 });
    expect(model.nextUnread(1)).toBe("named");
  });

  test("what is muted or archived is not counted, and not gone to as the next unread", () => {
    const { model } = list(plain, muted, archived);
    expect(model.get().unread).toBe(1);
    expect(model.nextUnread(1)).toBe("plain");
    expect(list(muted, archived).model.nextUnread(1)).toBeUndefined();
  });

  test("[PRF6] what is marked as unread is counted, and gone to, as what is unread is", () => {
    const marked = { markedUnread: true };
    const { model } = list(plain, { ...conversationView({ id: "read" }), ...marked });
    expect(model.get().unread).toBe(2);
    expect(model.get().items[1]).toMatchObject({ unread: 0, ...marked });
    expect(list({ ...plain, unread: 0, ...marked }).model.nextUnread(1)).toBe("plain");
    const quiet = list({ ...muted, unread: 0, ...marked }, { ...archived, unread: 0, ...marked }).model;
    expect([quiet.get().unread, quiet.get().archive.unread, quiet.nextUnread(1)]).toEqual([0, 1, undefined]);
  });

  test("a mute says until when", () => {
    const noon = Date.UTC(2026, 2, 18, 12, 0);
    const { model, clock, set } = list(plain);
    clock.setForward(noon - clock.now());
    set(muted, { ...muted, id: "hour", mutedUntil: noon + 3_600_000 }, plain);
    expect(model.get().items.map(({ mutedText }) => mutedText)).toEqual(["muted", "muted until 13:00", ""]);
  });

  test("the filter finds archived ones, too, and an archive that becomes empty is left", () => {
    const { model, set } = list(plain, archived);
    model.setFilter("arch");
    expect(ids(model)).toEqual(["archived"]);
    model.setFilter("");
    model.showArchive(true);
    set(plain, { ...archived, archived: false });
    expect(model.get().inArchive).toBe(false);
    expect(ids(model)).toEqual(["archived", "plain"]);
  });
});
