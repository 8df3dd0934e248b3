/** The message that an event happened in. */
export function articleOf(target: EventTarget): HTMLElement | undefined {
  return target instanceof Element ? (target.closest<HTMLElement>("article[data-key]") ?? undefined) : undefined;
}

/** Its id. */
export function articleKey(target: EventTarget): string | undefined {
  return articleOf(target)?.dataset["key"];
}
