import { beforeEach, describe, expect, test } from "bun:test";
import { ManualClock } from "../../../testing/manual-clock.ts";
import { ComposerViewModel } from "./composer-view-model.ts";
import type { DraftKeeper, KeptDraft } from "./draft-keeper.ts";

class MapKeeper implements DraftKeeper {
  readonly kept = new Map<string, KeptDraft>();
  read = (conversation: string) => this.kept.get(conversation);
  write = (conversation: string, kept: KeptDraft) => void this.kept.set(conversation, kept);
  clear = (conversation: string) => void this.kept.delete(conversation);
  reply: string | undefined;
  readReply = () => this.reply;
  writeReply = (_: string, message: string | undefined) => {
    this.reply = message;
  };
  clearAll = () => this.kept.clear();
}

let clock: ManualClock;
let keeper: MapKeeper;
let sent: string[];
let edits: [string, string][];
let typing: boolean[];
let ended: string[];
let stored: string[];
let from: string[];
let storing: () => Promise<void>;
let sending: () => Promise<boolean> | undefined;
let scheduling: () => Promise<boolean>;

beforeEach(() => {
  clock = new ManualClock();
  keeper = new MapKeeper();
  sent = [];
  edits = [];
  typing = [];
  ended = [];
  stored = [];
  from = [];
  storing = () => Promise.resolve();
  sending = () => undefined;
  scheduling = async () => true;
});

function compose() {
  return new ComposerViewModel({
    conversation: "c",
    clock,
    keeper,
    send: (text, draft, replyTo) => {
      sent.push(replyTo === undefined ? text : `${text}, answering ${replyTo}`);
      ended.push(draft);
      return sending();
    },
    schedule: async (text, draft, replyTo, at) => {
      sent.push(`${text} at ${at}${replyTo === undefined ? "" : `, answering ${replyTo}`}`);
      ended.push(draft);
      return scheduling();
    },
    edit: (target, text) => void edits.push([target, text]),
    lastOwn: () => ({ id: "m7", text: "My last words" }),
    typing: (active) => void typing.push(active),
    saveDraft: (text, base) => {
      stored.push(text);
      from.push(base);
      return storing();
    },
  });
}

describe("sending", () => {
  test("hands over the text without empty lines round it, and empties the field at once", () => {
    const composer = compose();
    composer.setText("\n \n  two\nlines  \n");
    composer.submit();
    expect(sent).toEqual(["  two\nlines"]);
    expect(composer.get().text).toBe("");
  });

  test("does nothing while there is nothing but white space", () => {
    const composer = compose();
    composer.setText(" \n\t");
    expect(composer.get().canSend).toBe(false);
    composer.submit();
    expect(sent).toEqual([]);
    expect(composer.get().text).toBe(" \n\t");
  });

  test("is refused beyond 16,000 characters, counted as the server counts them", () => {
    const composer = compose();
    composer.setText("🙂".repeat(8_000));
    expect(composer.get()).toMatchObject({ left: 0, canSend: true });
    composer.setText("🙂".repeat(8_001));
    expect(composer.get()).toMatchObject({ left: -2, canSend: false });
    composer.submit();
    expect(sent).toEqual([]);
    expect([...composer.get().text]).toHaveLength(8_001);
  });

  test("[OUT1] what cannot be kept at once stays in the field until it is queued, and is not sent twice meanwhile", async () => {
    const composer = compose();
    const queued = Promise.withResolvers<boolean>();
    sending = () => queued.promise;
    composer.setText("On a full disk");
    composer.submit();
    composer.submit();
    expect(sent).toEqual(["On a full disk"]);
    expect(composer.get()).toMatchObject({ text: "On a full disk", canSend: false, sending: false });
    clock.advance(1_000);
    expect(composer.get().sending).toBe(true);
    composer.setText("On a full disk\nand more");
    queued.resolve(true);
    await Bun.sleep(0);
    expect(composer.get()).toMatchObject({ text: "and more", canSend: true, sending: false });
    expect(keeper.read("c")).toEqual({ text: "and more", base: "" });
    clock.advance(400);
    expect(stored).toEqual(["and more"]);
    expect(from).toEqual([""]);
  });

  test("[OUT1] what cannot be queued either stays in the field, and is a draft as before", async () => {
    const composer = compose();
    sending = () => Promise.resolve(false);
    composer.setText("On a full disk");
    composer.submit();
    await Bun.sleep(0);
    expect(composer.get()).toMatchObject({ text: "On a full disk", canSend: true, sending: false });
    expect(keeper.read("c")?.text).toBe("On a full disk");
    clock.advance(400);
    expect(stored).toEqual(["On a full disk"]);
  });

  test("the engine's word that the draft has ended does not empty a field that waits to be sent", async () => {
    const composer = compose();
    composer.offerDraft("On a full disk");
    const queued = Promise.withResolvers<boolean>();
    sending = () => queued.promise;
    composer.submit();
    composer.offerDraft("");
    expect(composer.get().text).toBe("On a full disk");
    queued.resolve(false);
    await Bun.sleep(0);
    expect(composer.get().text).toBe("On a full disk");
  });

  test("ends typing; typing begins with the first character and ends with the last", () => {
    const composer = compose();
    composer.setText("a");
    composer.setText("");
    composer.setText("b");
    composer.submit();
    expect(typing).toEqual([true, false, true, false]);
  });
});

describe("a message that was not sent", () => {
  test("goes back into the field, above what is being written and not into an edit", () => {
    const composer = compose();
    composer.takeBack("Not sent");
    expect(composer.get().text).toBe("Not sent");
    composer.setText("something else");
    composer.startEdit("m7", "My last words");
    composer.takeBack("Not sent");
    expect(composer.get()).toMatchObject({ editing: undefined, text: "Not sent\nsomething else" });
    expect(keeper.read("c")?.text).toBe("Not sent\nsomething else");
  });
});

describe("a draft", () => {
  test("is kept at every change, and let go once the engine has stored it", async () => {
    const composer = compose();
    composer.setText("Dear");
    expect(keeper.read("c")?.text).toBe("Dear");
    expect(stored).toEqual([]);
    clock.advance(400);
    await Promise.resolve();
    expect(stored).toEqual(["Dear"]);
    expect(keeper.read("c")).toBeUndefined();
  });

  test("[DRF8] of who types without a pause is stored every two seconds", async () => {
    const composer = compose();
    for (let letters = 1; letters <= 50; letters++) {
      composer.setText("a".repeat(letters));
      clock.advance(100);
      await Bun.sleep(0);
    }
    expect(stored.map(({ length }) => length)).toEqual([20, 40]);
  });

  test("stays kept when storing fails, and when more was typed meanwhile", async () => {
    const composer = compose();
    storing = () => Promise.reject(new Error("full"));
    composer.setText("Dear");
    clock.advance(400);
    await Bun.sleep(0);
    expect(keeper.read("c")?.text).toBe("Dear");
    let done: () => void = () => {};
    storing = () => new Promise((resolve) => (done = resolve));
    composer.setText("Dear Bo");
    clock.advance(400);
    composer.setText("Dear Bob");
    done();
    await Bun.sleep(0);
    expect(keeper.read("c")?.text).toBe("Dear Bob");
  });

  test("is stored when the composer goes away", () => {
    const composer = compose();
    composer.setText("Half a thou");
    composer.dispose();
    expect(stored).toEqual(["Half a thou"]);
  });

  test("kept from before a reload is stored after it", () => {
    keeper.write("c", { text: "Half a thou", base: "Half" });
    compose();
    clock.advance(400);
    expect([stored, from]).toEqual([["Half a thou"], ["Half"]]);
  });

  test("of the engine fills the field only if nothing newer is there", () => {
    const fresh = compose();
    fresh.offerDraft("stored");
    expect(fresh.get().text).toBe("stored");
    const typed = compose();
    typed.setText("typed");
    typed.offerDraft("stored");
    expect(typed.get().text).toBe("typed");
    keeper.write("c", { text: "kept", base: "" });
    const kept = compose();
    kept.offerDraft("stored");
    expect(kept.get().text).toBe("kept");
  });

  test("that was sent does not come back", async () => {
    const composer = compose();
    composer.setText("Gone");
    composer.submit();
    await Promise.resolve();
    expect(keeper.read("c")).toBeUndefined();
    expect(compose().get().text).toBe("");
  });
});

describe("a draft of another device", () => {
  test("[DRF7] is shown at once where nobody has typed, and where nobody types any more", async () => {
    const composer = compose();
    composer.offerDraft("Tea");
    composer.offerDraft("Tea at five");
    expect(composer.get().text).toBe("Tea at five");
    composer.setText("Tea at six");
    clock.advance(400);
    await Bun.sleep(0);
    composer.offerDraft("Tea at six");
    composer.offerDraft("Tea at seven");
    expect(composer.get().text).toBe("Tea at six");
    clock.advance(5_000);
    expect(composer.get().text).toBe("Tea at seven");
    expect(stored).toEqual(["Tea at six"]);
  });

  test("[DRF7] is shown when the person leaves the field", async () => {
    const composer = compose();
    composer.setText("Tea");
    composer.offerDraft("Coffee");
    composer.blur();
    expect(composer.get().text).toBe("Tea");
    await Bun.sleep(0);
    // The engine joins what both wrote.
    composer.offerDraft("Coffee\nTea");
    expect(composer.get().text).toBe("Coffee\nTea");
    expect([stored, from]).toEqual([["Tea"], [""]]);
  });

  test("[DRF7] does not come in place of what could not be stored", async () => {
    const composer = compose();
    storing = () => Promise.reject(new Error("full"));
    composer.setText("Tea");
    composer.blur();
    await Bun.sleep(0);
    composer.offerDraft("Coffee");
    clock.advance(10_000);
    expect(composer.get().text).toBe("Tea");
    expect(keeper.read("c")).toEqual({ text: "Tea", base: "" });
  });

  test("[DRF7] waits until a message is edited, and does not touch the edit", () => {
    const composer = compose();
    composer.startEdit("m3", "Old");
    composer.offerDraft("Tea");
    expect(composer.get().text).toBe("Old");
    composer.cancelEdit();
    expect(composer.get().text).toBe("Tea");
  });

  test("is not taken for one where the engine's view of what was typed here comes late", async () => {
    const composer = compose();
    composer.offerDraft("");
    for (const text of ["T", "Te", "Tea"]) {
      composer.setText(text);
      clock.advance(400);
      await Bun.sleep(0);
    }
    composer.blur();
    for (const text of ["T", "Te", "Tea"]) composer.offerDraft(text);
    expect(composer.get().text).toBe("Tea");
    expect(from).toEqual(["", "T", "Te"]);
  });

  test("is named by what was saved last when a message is sent, and what was typed since goes with it", () => {
    const composer = compose();
    composer.setText("Te");
    clock.advance(400);
    composer.setText("Tea");
    composer.submit();
    expect([sent, ended]).toEqual([["Tea"], ["Te"]]);
    composer.offerDraft("Te");
    expect(composer.get().text).toBe("");
  });
});

describe("editing", () => {
  test("Up in an empty field takes the last own message, and Enter replaces it", () => {
    const composer = compose();
    expect(composer.editLastOwn()).toBe(true);
    expect(composer.get()).toMatchObject({ text: "My last words", editing: "m7" });
    composer.setText("My very last words");
    composer.submit();
    expect(edits).toEqual([["m7", "My very last words"]]);
    expect(composer.get()).toMatchObject({ text: "", editing: undefined });
    expect(sent).toEqual([]);
  });

  test("Up with text in the field is only a cursor key", () => {
    const composer = compose();
    composer.setText("x");
    expect(composer.editLastOwn()).toBe(false);
  });

  test("gives back what was being written, and never makes the edited text a draft", () => {
    const composer = compose();
    composer.setText("Unfinished");
    composer.startEdit("m3", "Old");
    composer.setText("Older");
    expect(keeper.read("c")?.text).toBe("Unfinished");
    composer.cancelEdit();
    expect(composer.get()).toMatchObject({ text: "Unfinished", editing: undefined });
  });
});

describe("[RPL4] an answer", () => {
  test("is kept as such until it is sent, also over a reload, and the next message is none", () => {
    const composer = compose();
    composer.setReply("m1");
    composer.setText("Yes");
    composer.dispose();
    const again = compose();
    expect(again.get()).toMatchObject({ text: "Yes", replyTo: "m1" });
    again.submit();
    again.setText("Something else");
    again.submit();
    expect(sent).toEqual(["Yes, answering m1", "Something else"]);
    expect(compose().get().replyTo).toBeUndefined();
  });

  test("stays one where it could not be queued", async () => {
    sending = () => Promise.resolve(false);
    const composer = compose();
    composer.setReply("m1");
    composer.setText("Yes");
    composer.submit();
    await Bun.sleep(0);
    expect(composer.get()).toMatchObject({ text: "Yes", replyTo: "m1" });
  });

  test("is one no more when it is cancelled, after an edit in between has been", () => {
    const composer = compose();
    composer.setReply("m1");
    composer.setText("Yes");
    composer.startEdit("m7", "My last words");
    composer.cancel();
    expect(composer.get()).toMatchObject({ text: "Yes", editing: undefined, replyTo: "m1" });
    composer.cancel();
    expect(composer.get()).toMatchObject({ text: "Yes", replyTo: undefined });
    composer.submit();
    expect(sent).toEqual(["Yes"]);
  });

  test("that was taken back to be written anew is one again", () => {
    const composer = compose();
    composer.takeBack("Yes", "m1");
    expect(composer.get()).toMatchObject({ text: "Yes", replyTo: "m1" });
  });
});

describe("sending later", () => {
  test("hands over text, draft, what it answers and the time, and empties the field once that is kept", async () => {
    const composer = compose();
    composer.setReply("m1");
    composer.setText("later\n");
    composer.schedule(77);
    expect(sent).toEqual(["later at 77, answering m1"]);
    await Bun.sleep(0);
    expect([composer.get().text, composer.get().replyTo]).toEqual(["", undefined]);
  });

  test("keeps the text where that cannot be kept, and does nothing while a message is edited, or without a text", async () => {
    const composer = compose();
    composer.schedule(77);
    composer.startEdit("m7", "My last words");
    composer.schedule(77);
    expect(sent).toEqual([]);
    composer.cancelEdit();
    scheduling = async () => false;
    composer.setText("later");
    composer.schedule(77);
    await Bun.sleep(0);
    expect(composer.get()).toMatchObject({ text: "later", canSend: true });
  });
});
