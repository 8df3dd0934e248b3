import type { Asked } from "../asked.ts";

/** A page in a real browser that is driven from outside, as far as the tests of the message list need it. */
export interface DrivenPage extends Asked {
  readonly browser: string;
  open(url: string): Promise<void>;
  /** Turns a real wheel over the middle of the page, notch by notch; positive is down. */
  wheel(notches: number): Promise<void>;
  /** Types into what has the focus. */
  press(key: "End" | "Home" | "PageUp" | "PageDown"): Promise<void>;
  /** Of the window, in pixels. */
  resize(width: number, height: number): Promise<void>;
  close(): Promise<void>;
}

export const WIDTH = 1_100;
export const HEIGHT = 800;
/** Between two notches of the wheel: a quick finger. */
export const NOTCH_EVERY_MS = 12;

/** What a page is asked to do: its result as JSON, where a promise is waited for. */
export function inPage<Argument>(work: (argument: Argument) => unknown, argument: Argument): string {
  const called = `(${String(work)})(${JSON.stringify(argument) ?? "undefined"})`;
  return `Promise.resolve(${called}).then((result) => JSON.stringify(result) ?? "null")`;
}

/** Polls until a function in the page returns true. */
export async function until<Argument>(
  page: DrivenPage,
  what: string,
  work: (argument: Argument) => boolean,
  argument: Argument,
): Promise<void> {
  for (let look = 0; look < 600; look++) {
    if (await page.evaluate(work, argument)) return;
    await Bun.sleep(50);
  }
  throw new Error(`${page.browser} waited in vain: ${what}`);
}
