import { describe, expect, test } from "bun:test";
import { isPressed, type PressedKeys } from "./pressed-chord.ts";
import { shortcutNames, shortcuts } from "./shortcuts.ts";

function keys(key: string, held: Partial<PressedKeys> = {}): PressedKeys {
  return { key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held };
}

describe("a shortcut", () => {
  test("is pressed with Control, and with ⌘ on Apple's keyboards", () => {
    expect(isPressed(keys("k", { ctrlKey: true }), "goTo", false)).toBe(true);
    expect(isPressed(keys("k", { metaKey: true }), "goTo", false)).toBe(false);
    expect(isPressed(keys("k", { metaKey: true }), "goTo", true)).toBe(true);
    expect(isPressed(keys("k", { ctrlKey: true }), "goTo", true)).toBe(false);
    expect(isPressed(keys("k"), "goTo", false)).toBe(false);
  });

  test("is not another one with one key more", () => {
    const down = (held: Partial<PressedKeys>) => keys("ArrowDown", held);
    const pressed = (event: PressedKeys) => shortcutNames.filter((name) => isPressed(event, name, false));
    expect(pressed(down({ altKey: true }))).toEqual(["nextConversation"]);
    expect(pressed(down({ altKey: true, shiftKey: true }))).toEqual(["nextUnread"]);
    expect(pressed(down({}))).toEqual(["nextLine", "nextMessage"]);
    expect(pressed(keys("Enter", { shiftKey: true }))).toEqual(["breakLine"]);
    expect(pressed(keys("o", { ctrlKey: true }))).toEqual([]);
    // As AltGr, which writes letters, comes on some keyboards.
    expect(pressed(keys("k", { ctrlKey: true, altKey: true }))).toEqual([]);
  });

  test("is a letter in capitals, too, and a sign however the keyboard makes it", () => {
    expect(isPressed(keys("O", { ctrlKey: true, shiftKey: true }), "newConversation", false)).toBe(true);
    expect(isPressed(keys("?", { shiftKey: true }), "showShortcuts", false)).toBe(true);
    expect(isPressed(keys("/", { shiftKey: true }), "write", false)).toBe(true);
  });

  test("stays where it is on keyboards without Latin letters, and follows the letter on others", () => {
    expect(isPressed(keys("л", { code: "KeyK", ctrlKey: true }), "goTo", false)).toBe(true);
    expect(isPressed(keys("t", { code: "KeyK", ctrlKey: true }), "goTo", false)).toBe(false);
  });

  test("is alone: no two that are heard in one place have the same keys", () => {
    const heard = (part: string) =>
      shortcutNames
        .filter((name) => shortcuts[name].part === part || shortcuts[name].part === "everywhere")
        .filter((name) => name !== "close")
        .flatMap((name) => shortcuts[name].chords.map((chord) => JSON.stringify(chord)));
    for (const part of ["everywhere", "list", "conversation", "writing", "messages"]) {
      expect(new Set(heard(part)).size).toBe(heard(part).length);
    }
  });
});
