import type { Replacement } from "../view-model/completions.ts";

/** Replaces a part of what is in a field as if it had been typed: it can be undone, and whoever listens for input is told. The caret goes behind it. */
export function replaceInField(field: HTMLTextAreaElement, { start, end, text }: Replacement): void {
  field.focus({ preventScroll: true });
  field.setSelectionRange(start, end);
  // The only way that the browser can undo. Deprecated without a successor, and kept by all.
  if (document.execCommand("insertText", false, text)) return;
  field.setRangeText(text, start, end, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: text }));
}
