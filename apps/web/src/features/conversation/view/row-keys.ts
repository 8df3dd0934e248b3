/** The message that an event happened in. */
export function articleOf(target: EventTarget): HTMLElement | undefined {
  return target instanceof Element ? (target.closest<HTMLElement>("article[data-key]") ?? undefined) : undefined;
}

/** What arrows go through: messages, and the days between them. */
const STOPS = "article[data-key], [data-action=days]";

/** The one that an event happened in. */
export function stopOf(target: EventTarget): HTMLElement | undefined {
  return target instanceof Element ? (target.closest<HTMLElement>(STOPS) ?? undefined) : undefined;
}

export function stopsIn(list: HTMLElement): readonly HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(STOPS)];
}
