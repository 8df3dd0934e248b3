import { onApple } from "./on-apple.ts";
import { type Chord, chordsOf, type ShortcutName } from "./shortcuts.ts";

export type PressedKeys = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** The chord of a shortcut that these keys are, if any. */
export function pressedChord(keys: PressedKeys, name: ShortcutName, apple = onApple()): Chord | undefined {
  return chordsOf(name).find((chord) => isChord(keys, chord, apple));
}

export function isPressed(keys: PressedKeys, name: ShortcutName, apple = onApple()): boolean {
  return pressedChord(keys, name, apple) !== undefined;
}

function isChord(keys: PressedKeys, chord: Chord, apple: boolean): boolean {
  const [mod, other] = apple ? [keys.metaKey, keys.ctrlKey] : [keys.ctrlKey, keys.metaKey];
  if (other || mod !== (chord.mod ?? false) || keys.altKey !== (chord.alt ?? false)) return false;
  // Whether a sign needs Shift is up to the keyboard.
  if (!isSign(chord.key) && keys.shiftKey !== (chord.shift ?? false)) return false;
  return keys.key.toLowerCase() === chord.key.toLowerCase() || isSameLetter(keys, chord.key);
}

function isSign(key: string): boolean {
  return key.length === 1 && !/[a-z ]/.test(key);
}

/** Where a keyboard has no Latin letters, the key that stands in its place. */
function isSameLetter({ key, code }: PressedKeys, letter: string): boolean {
  return /^[a-z]$/.test(letter) && /^[^\p{ASCII}]$/u.test(key) && code === `Key${letter.toUpperCase()}`;
}
