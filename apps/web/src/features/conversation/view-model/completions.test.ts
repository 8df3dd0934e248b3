import { beforeEach, describe, expect, test } from "bun:test";
import { MapEmojiMemory, sampleEmojis } from "../../../testing/sample-emojis.ts";
import type { EmojiBook } from "../../emoji/view-model/emoji-book.ts";
import { Emojis } from "../../emoji/view-model/emojis.ts";
import { Completions } from "./completions.ts";

const people = ["Ana Quill", "Bo Ana", "Cem Özil", "Dana Moss"].map((displayName) => ({
  account: displayName,
  displayName,
  userName: displayName === "Dana Moss" ? "ana.moss" : displayName.toLowerCase().replace(" ", "."),
}));

let completions: Completions;
let emojis: Emojis;
let fetched: PromiseWithResolvers<EmojiBook>;
let fetches: number;

beforeEach(() => {
  fetched = Promise.withResolvers();
  fetches = 0;
  emojis = new Emojis(() => {
    fetches++;
    return fetched.promise;
  }, new MapEmojiMemory());
  completions = new Completions({ people: () => people, emojis });
});

async function withEmojis() {
  fetched.resolve(sampleEmojis());
  await emojis.open();
}

function offered(): readonly string[] {
  return completions.get().options.map((option) => (option.kind === "person" ? option.displayName : option.text));
}

function type(text: string) {
  completions.typed(text, text.length);
}

describe("people", () => {
  test("are offered by display name, by user name, and by parts of them, the best first", () => {
    type("hi @a");
    expect(offered()).toEqual(["Ana Quill", "Dana Moss", "Bo Ana"]);
    type("hi @moss");
    expect(offered()).toEqual(["Dana Moss"]);
    type("hi @oz");
    expect(offered()).toEqual(["Cem Özil"]);
    type("hi @ox");
    expect(offered()).toEqual([]);
  });

  test("are not offered once the only one who fits is named in full, so that Enter sends", () => {
    type("hi @Ana.Quil");
    expect(offered()).toEqual(["Ana Quill"]);
    type("hi @Ana.Quill");
    expect(offered()).toEqual([]);
  });

  test("no more than eight at once", () => {
    const crowd = Array.from({ length: 20 }, (_, index) => ({
      account: `${index}`,
      userName: `u${index}`,
      displayName: "U",
    }));
    const many = new Completions({ people: () => crowd, emojis });
    many.typed("@u", 2);
    expect(many.get().options).toHaveLength(8);
  });

  test("are named by their user name and a space, of which there is one", () => {
    type("hi @qui");
    expect(completions.choose()).toEqual({ start: 3, end: 7, text: "@ana.quill " });
    completions.typed("@qui there", 4);
    expect(completions.choose()).toEqual({ start: 0, end: 4, text: "@ana.quill" });
  });
});

describe("emojis", () => {
  test("are offered from two letters on, once they are fetched, which begins with the colon", async () => {
    type("hi");
    expect(fetches).toBe(0);
    type("hi :");
    expect(fetches).toBe(1);
    type("hi :smi");
    expect(offered()).toEqual([]);
    await withEmojis();
    expect(offered()).toEqual(["😃", "😄", "😀"]);
    type("hi :");
    expect(offered()).toEqual([]);
  });

  test("are inserted in the chosen skin tone, and count as used", async () => {
    await withEmojis();
    emojis.chooseTone(3);
    type(":thumbs");
    expect(completions.get().options[0]).toEqual({ kind: "emoji", text: "👍🏽", name: "thumbs up", shortcode: ":+1:" });
    expect(completions.choose()).toEqual({ start: 0, end: 7, text: "👍🏽" });
    expect(emojis.habits.get().recent).toEqual(["👍🏽"]);
  });

  test("take the place of a shortcode that is finished; of no other word between colons", async () => {
    expect(completions.finished(":smile:", 7)).toBeUndefined();
    await withEmojis();
    expect(completions.finished("so :smile:", 10)).toEqual({ start: 3, end: 10, text: "😄" });
    expect(completions.finished("so :smil:", 9)).toBeUndefined();
    expect(emojis.habits.get().recent).toEqual(["😄"]);
  });

  test("are not offered where they cannot be fetched, and fetched again with the next colon", async () => {
    type(":sm");
    fetched.reject(new Error("offline"));
    await Bun.sleep(0);
    expect(offered()).toEqual([]);
    fetched = Promise.withResolvers();
    type(":smi");
    await withEmojis();
    expect(offered()).toEqual(["😃", "😄", "😀"]);
  });
});

describe("what is offered", () => {
  test("is gone through in a circle, and begins anew with another letter", () => {
    type("@a");
    completions.move(-1);
    expect(completions.get().active).toBe(2);
    completions.move(1);
    completions.move(1);
    expect(completions.get().active).toBe(1);
    type("@an");
    expect(completions.get().active).toBe(0);
  });

  test("once closed is not offered again for the same word, and is for the next", () => {
    type("@a");
    completions.close();
    type("@an");
    expect(offered()).toEqual([]);
    type("@an @a");
    expect(offered()).not.toEqual([]);
  });

  test("once chosen is not offered again behind the caret", () => {
    completions.typed("@qui there", 4);
    completions.choose();
    completions.typed("@ana.quill there", 10);
    expect(offered()).toEqual([]);
  });

  test("goes when the caret leaves, and stays where it was", () => {
    type("hi @a");
    completions.moved("hi @a", 5);
    expect(offered()).not.toEqual([]);
    completions.moved("hi @a", 1);
    expect(offered()).toEqual([]);
    expect(completions.choose()).toBeUndefined();
  });

  test.each([
    ["the caret has left", () => completions.moved("a :gri", 1)],
    ["the field was left", () => completions.hide()],
    ["the message was sent", () => completions.follow("")],
  ])("is not offered any more where %s before the emojis came", async (_name, leave) => {
    type("a :gri");
    leave();
    await withEmojis();
    expect(offered()).toEqual([]);
    expect(completions.choose()).toBeUndefined();
  });

  test("goes with the text that it was offered for", () => {
    type("hi @a");
    completions.follow("hi @a");
    expect(offered()).not.toEqual([]);
    completions.follow("");
    expect(offered()).toEqual([]);
  });
});
