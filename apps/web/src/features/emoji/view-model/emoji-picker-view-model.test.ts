import { beforeEach, expect, test } from "bun:test";
import { MapEmojiMemory, sampleEmojis } from "../../../testing/sample-emojis.ts";
import { EmojiPickerViewModel } from "./emoji-picker-view-model.ts";
import { Emojis } from "./emojis.ts";

let emojis: Emojis;

beforeEach(() => {
  emojis = new Emojis(async () => sampleEmojis(), new MapEmojiMemory());
});

function open() {
  const model = new EmojiPickerViewModel(emojis, sampleEmojis());
  return { model, shown: () => model.get().shown.map(({ text }) => text) };
}

test("begins with what was used, with the tone that it had, and with smileys before anything was", () => {
  expect(open().model.get().tab).toBe("smileys");
  emojis.used("👍🏾");
  emojis.used("no emoji of this system");
  const { model, shown } = open();
  expect(model.get().tab).toBe("recent");
  expect(shown()).toEqual(["👍🏾"]);
});

test("shows a category, or what is searched for, and goes back to the category", () => {
  const { model, shown } = open();
  model.open("people");
  expect(shown()).toEqual(["👍", "☝️"]);
  model.setQuery("heart");
  expect(model.get()).toMatchObject({ tab: undefined, query: "heart" });
  expect(shown()).toEqual(["❤️", "🖤"]);
  expect(model.best?.text).toBe("❤️");
  model.setQuery(" ");
  expect(model.get().tab).toBe("people");
  expect(model.best).toBeUndefined();
  model.setQuery("heart");
  model.open("flags");
  expect(model.get()).toMatchObject({ tab: "flags", query: "" });
});

test("shows people in the chosen tone, here and the next time", () => {
  const { model, shown } = open();
  model.open("people");
  model.setTone(5);
  expect(shown()).toEqual(["👍🏿", "☝🏿"]);
  const again = open();
  again.model.open("people");
  expect(again.model.get().tone).toBe(5);
  expect(again.shown()).toEqual(["👍🏿", "☝🏿"]);
});
