import { describe, expect, test } from "bun:test";
import type { ConversationListView, ConversationView, PersonView } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { ManualClock } from "../../../testing/manual-clock.ts";
import { ana, bo, conversationView } from "../../../testing/rows.ts";
import { en } from "../../../texts/en.ts";
import type { FindPeople } from "../../people/view-model/person.ts";
import { SwitcherViewModel } from "./switcher-view-model.ts";

const listOf = (conversations: readonly ConversationView[]): ConversationListView => ({
  loaded: true,
  pending: 0,
  holdUp: undefined,
  conversations,
});

const nobody: FindPeople = () => Promise.reject(new Error("There is no network."));

function open(conversations: readonly ConversationView[], findPeople: FindPeople = nobody) {
  const clock = new ManualClock();
  const list = new ObservedValue(listOf(conversations));
  const gone: unknown[] = [];
  const model = new SwitcherViewModel({
    conversations: list,
    open: "open",
    account: "account-self",
    findPeople,
    clock,
    texts: en,
    go: (to) => gone.push(to),
  });
  const names = () => model.get().options.map((option) => option.name);
  return { model, clock, gone, names, set: (next: readonly ConversationView[]) => list.set(listOf(next)) };
}

function group(id: string, title: string, changes: Partial<ConversationView> = {}): ConversationView {
  return conversationView({ id, kind: "group", title, people: [], ...changes });
}

const zoe: PersonView = { account: "account-zoe", userName: "z.park", displayName: "Zoë Park", online: false };

describe("before anything is typed", () => {
  test("what is unread comes first, then by recency, and where one is comes last", () => {
    const { names, model } = open([
      group("open", "Here", { unread: 2 }),
      group("1", "Newest"),
      group("2", "Unread", { unread: 3 }),
      group("3", "Old"),
    ]);
    expect(names()).toEqual(["Unread", "Newest", "Old", "Here"]);
    expect(model.get()).toMatchObject({ active: 0, note: "" });
    expect(model.get().options[0]).toMatchObject({ detail: "3 unread messages" });
  });

  test("of thousands, the first are shown", () => {
    expect(open(Array.from({ length: 2_000 }, (_, n) => group(`${n}`, `Group ${n}`))).names()).toHaveLength(50);
  });
});

describe("what is typed", () => {
  test("finds by how well it fits, and by recency among equals", () => {
    const { model, names } = open([
      group("1", "The film club"),
      group("2", "Microfilm"),
      group("3", "Film night"),
      group("4", "Film"),
      group("5", "Filming"),
      group("6", "Choir"),
    ]);
    model.setQuery(" film ");
    expect(names()).toEqual(["Film", "Film night", "Filming", "The film club", "Microfilm"]);
    expect(model.get().note).toBe("5 found");
    model.setQuery("cl fi");
    expect(names()).toEqual(["The film club"]);
    model.setQuery("nothing like it");
    expect(model.get()).toMatchObject({ options: [], active: -1, note: "Nothing found" });
  });

  test("finds groups by who is in them, and without accents or capitals", () => {
    const { model, names } = open([group("1", "Choir", { people: [bo] }), conversationView({ id: "2", title: "Zoë" })]);
    model.setQuery("zoe");
    expect(names()).toEqual(["Zoë"]);
    model.setQuery("choir LIND");
    expect(names()).toEqual(["Choir"]);
  });

  test("finds people one has no conversation with: those of one's groups at once, those of the server later", async () => {
    const asked: string[] = [];
    const find: FindPeople = async (query) => {
      asked.push(query);
      return [zoe, ana, { account: "account-self", userName: "zed", displayName: "Zed" }];
    };
    const conversations = [conversationView({ people: [ana] }), group("2", "Choir", { people: [bo] })];
    const { model, names, clock, gone } = open(conversations, find);
    model.setQuery("bo");
    expect(names()).toEqual(["Choir", "Bo Lind"]);
    expect(model.get().options[1]).toMatchObject({ kind: "person", detail: "Message @bo" });
    model.setQuery("z.");
    expect(names()).toEqual([]);
    clock.advance(200);
    await Promise.resolve();
    await Promise.resolve();
    expect(asked).toEqual(["z."]);
    expect(names()).toEqual(["Zoë Park"]);
    model.choose();
    expect(gone).toEqual([{ person: zoe.account }]);
  });
});

describe("the active option", () => {
  const [one, two, three] = [group("1", "One"), group("2", "Two"), group("3", "Three")];

  test("moves round, and is where Enter goes", () => {
    const { model, gone } = open([one, two, three]);
    model.moveActive(-1);
    expect(model.get().active).toBe(2);
    model.moveActive(1);
    model.moveActive(1);
    model.choose();
    expect(gone).toEqual([{ conversation: "2" }]);
  });

  test("stays the same conversation when others move, and is the best again when more is typed", () => {
    const { model, set } = open([one, two, three]);
    model.moveActive(1);
    set([three, one, { ...two, unread: 0 }]);
    expect(model.get().options[model.get().active]?.id).toBe("2");
    model.setQuery("t");
    expect(model.get()).toMatchObject({ active: 0 });
  });

  test("nothing happens where there is none", () => {
    const { model, gone } = open([]);
    model.moveActive(1);
    model.choose();
    expect(gone).toEqual([]);
  });
});
