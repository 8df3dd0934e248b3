import { describe, expect, test } from "bun:test";
import type { ReactionView } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { en } from "../../../texts/en.ts";
import { WhoReactedViewModel } from "./who-reacted-view-model.ts";

const ana = { account: "ana", displayName: "Ana" };
const bo = { account: "bo", displayName: "Bo" };
const unknown = { account: "cy", displayName: "" };
const thumb: ReactionView = { emoji: "👍🏽", count: 3, mine: true, people: [bo, ana, unknown] };
const family: ReactionView = { emoji: "👩‍👩‍👧‍👦", count: 1, mine: false, people: [bo] };

function open(first?: string) {
  const reactions = new ObservedValue<readonly ReactionView[]>([thumb, family]);
  const removed: string[] = [];
  const model = new WhoReactedViewModel({
    account: "ana",
    changes: reactions,
    reactions: () => reactions.get(),
    remove: (emoji) => removed.push(emoji),
    first,
    texts: en,
  });
  return { model, reactions, removed };
}

describe("who reacted", () => {
  test("is told by emoji, oneself first and the others in the order in which they reacted", () => {
    const [first] = open().model.get().groups;
    expect(first?.title).toBe("👍🏽 3 people");
    expect(first?.people.map(({ label, mine }) => [label, mine])).toEqual([
      ["Ana (you)", true],
      ["Bo", false],
      ["Somebody", false],
    ]);
  });

  test("begins with the emoji that was asked about", () => {
    expect(
      open(family.emoji)
        .model.get()
        .groups.map(({ title }) => title),
    ).toEqual(["👩‍👩‍👧‍👦 1 person", "👍🏽 3 people"]);
  });

  test("follows what changes, until nobody is left", () => {
    const { model, reactions, removed } = open();
    model.remove(thumb.emoji);
    expect(removed).toEqual(["👍🏽"]);
    reactions.set([family]);
    expect(model.get().groups.map(({ emoji }) => emoji)).toEqual([family.emoji]);
    reactions.set([]);
    expect(model.get().groups).toEqual([]);
  });

  test("hears nothing once it is closed", () => {
    const { model, reactions } = open();
    model.dispose();
    reactions.set([]);
    expect(model.get().groups).toHaveLength(2);
  });
});
