import type { Texts } from "../texts/en.ts";
import { onApple } from "./on-apple.ts";
import { type Chord, chordsOf, type ShortcutName } from "./shortcuts.ts";

/** What stands on the keys of a chord, in the order in which the platform names them. */
export function chordNames(chord: Chord, texts: Texts, apple = onApple()): readonly string[] {
  const { modifiers, appleModifiers, keys } = texts.shortcuts;
  const names = apple ? appleModifiers : modifiers;
  const held = (["alt", "shift"] as const).filter((modifier) => chord[modifier] === true).map((held) => names[held]);
  const mod = chord.mod === true ? [names.mod] : [];
  // Apple's ⌘ is named last, Control first.
  const before = apple ? [...held, ...mod] : [...mod, ...held];
  return [...before, keys[chord.key] ?? chord.key.toUpperCase()];
}

/** For `aria-keyshortcuts`. */
export function ariaKeys(name: ShortcutName, apple = onApple()): string {
  return chordsOf(name)
    .map((chord) => {
      const mod = chord.mod === true ? [apple ? "Meta" : "Control"] : [];
      const alt = chord.alt === true ? ["Alt"] : [];
      const shift = chord.shift === true ? ["Shift"] : [];
      return [...mod, ...alt, ...shift, chord.key.length === 1 ? chord.key.toUpperCase() : chord.key].join("+");
    })
    .join(" ");
}
