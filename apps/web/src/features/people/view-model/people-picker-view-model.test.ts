import { describe, expect, test } from "bun:test";
import type { ConversationListView } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { ManualClock } from "../../../testing/manual-clock.ts";
import { ana, bo, conversationView } from "../../../testing/rows.ts";
import { PeoplePickerViewModel } from "./people-picker-view-model.ts";
import type { FindPeople, Person } from "./person.ts";

const cleo: Person = { account: "account-cleo", userName: "cleo", displayName: "Cleo Bond" };

function picker(findPeople: FindPeople, without: readonly string[] = []) {
  const clock = new ManualClock();
  const known = [conversationView({ people: [ana] }), conversationView({ id: "2", people: [ana, bo] })];
  const conversations = new ObservedValue<ConversationListView>({
    loaded: true,
    pending: 0,
    holdUp: undefined,
    conversations: known,
  });
  const self = ana.account;
  const model = new PeoplePickerViewModel({ conversations, findPeople, clock, without: new Set(without), self });
  const options = () => model.get().options.map((person) => person.displayName);
  const settle = async () => {
    clock.advance(200);
    await Bun.sleep(0);
  };
  return { model, options, settle };
}

describe("choosing people", () => {
  test("offers those one talks with at once, and others when the server has answered", async () => {
    const { model, options, settle } = picker(async () => [cleo, ana]);
    model.setQuery("bo");
    expect(options()).toEqual(["Bo Lind"]);
    await settle();
    expect(options()).toEqual(["Bo Lind", "Cleo Bond"]);
  });

  test("knows who of them is oneself", () => {
    const { model } = picker(async () => []);
    expect([ana, bo].map((person) => model.isSelf(person))).toEqual([true, false]);
  });

  test("ignores an answer that comes after a newer question", async () => {
    const answers: ((people: readonly Person[]) => void)[] = [];
    const { model, options, settle } = picker(() => new Promise((resolve) => answers.push(resolve)));
    model.setQuery("c");
    await settle();
    model.setQuery("x");
    await settle();
    answers.at(-1)?.([]);
    await settle();
    answers[0]?.([cleo]);
    await settle();
    expect(options()).toEqual([]);
    expect(model.get().searching).toBe(false);
  });

  test("works with known people when the server cannot be reached", async () => {
    const { model, options, settle } = picker(() => Promise.reject(new Error("offline")));
    await settle();
    expect(model.get().unreachable).toBe(true);
    expect(options()).toEqual(["Ana Ruiz", "Bo Lind"]);
  });

  test("takes the active option, leaves it out, and gives it back", async () => {
    const { model, options, settle } = picker(async () => [], [bo.account]);
    model.setQuery("ana");
    model.chooseActive();
    expect(model.get()).toMatchObject({ chosen: [ana], query: "" });
    await settle();
    expect(options()).toEqual([]);
    model.removeLast();
    expect(options()).toEqual(["Ana Ruiz"]);
  });

  test("goes round with the arrows", () => {
    const { model } = picker(async () => []);
    model.moveActive(-1);
    expect(model.get().active).toBe(1);
    model.moveActive(1);
    expect(model.get().active).toBe(0);
  });
});
