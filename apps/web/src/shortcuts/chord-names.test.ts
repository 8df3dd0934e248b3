import { expect, test } from "bun:test";
import { en } from "../texts/en.ts";
import { ariaKeys, chordNames } from "./chord-names.ts";
import { onApple } from "./on-apple.ts";

const all = { key: "o", mod: true, shift: true, alt: true } as const;

test("the keys of a chord are named as the platform names them", () => {
  expect(chordNames(all, en, false)).toEqual(["Ctrl", "Alt", "Shift", "O"]);
  expect(chordNames(all, en, true)).toEqual(["⌥", "⇧", "⌘", "O"]);
  expect(chordNames({ key: "ArrowDown", alt: true }, en, false)).toEqual(["Alt", "↓"]);
  expect(["MacIntel", "iPhone", "Win32", "Linux x86_64"].map((platform) => onApple(platform))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test("assistive technology is told by the names of the standard", () => {
  expect(ariaKeys("find", false)).toBe("Control+F");
  expect(ariaKeys("find", true)).toBe("Meta+F");
  expect(ariaKeys("nextUnread", false)).toBe("Alt+Shift+ArrowDown");
});
