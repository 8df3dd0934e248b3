import type { SelectedMessage } from "../view-model/copied-text.ts";

/** Elements that begin on a line of their own. */
const ON_A_LINE = new Set(["P", "PRE", "BLOCKQUOTE", "UL", "OL", "LI"]);

/** The messages of which something is selected, in the order in which they stand. */
export function selectedMessages(log: HTMLElement, selection: Selection): readonly SelectedMessage[] {
  return [...log.querySelectorAll<HTMLElement>("article[data-key]")].flatMap((article) => {
    const text = article.querySelector("[data-text]");
    if (text === null || !selection.containsNode(article, true)) return [];
    const part = selectedText(text, selection);
    return part === "" ? [] : [{ id: article.dataset["key"] ?? "", text: part, whole: part === readText(text) }];
  });
}

function selectedText(element: Element, selection: Selection): string {
  const whole = document.createRange();
  whole.selectNodeContents(element);
  let text = "";
  for (let index = 0; index < selection.rangeCount; index++) {
    const part = selection.getRangeAt(index).cloneRange();
    if (part.compareBoundaryPoints(Range.START_TO_START, whole) < 0) part.setStart(element, 0);
    if (part.compareBoundaryPoints(Range.END_TO_END, whole) > 0) part.setEnd(element, element.childNodes.length);
    text += readText(part.cloneContents());
  }
  return text;
}

/** As it reads, with the ends of its lines. */
function readText(node: Node): string {
  let text = "";
  let ended = false;
  const read = (one: Node) => {
    if (one instanceof Element && ON_A_LINE.has(one.tagName)) ended = true;
    if (one instanceof Text && one.data !== "") {
      if (ended && text !== "" && !text.endsWith("\n")) text += "\n";
      ended = false;
      text += one.data;
    }
    for (const child of one.childNodes) read(child);
    // What follows a block begins on a line too.
    if (one instanceof Element && ON_A_LINE.has(one.tagName)) ended = true;
  };
  read(node);
  return text;
}
