import type { KeyboardEvent } from "react";

/** Whether a key writes a character that a search can begin with. */
export function isTyping({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return [...key].length === 1 && key !== " " && !ctrlKey && !metaKey && !altKey;
}
