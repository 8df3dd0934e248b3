import type { BrowserContext, CDPSession, Page } from "playwright-core";
import type { Home, Place } from "./home.ts";
import type { Stage } from "./on-stage.ts";
import type { Shift, Smoothness } from "./page/smoothness.ts";
import { settleIn } from "./visit.ts";
import { listPainted, scriptFor } from "./witnessed.ts";

/** How much slower the processor of a page is made to be: as it is, and like a cheap phone's. */
export const throttlings = [1, 4] as const;
export type Throttling = (typeof throttlings)[number];

/** What is added to the title and to the id of what was found with a slower processor. */
export function slowerTitle(rate: Throttling): string {
  return rate === 1 ? "" : `, processor ${rate}× slower`;
}

export function slowerId(rate: Throttling): string {
  return rate === 1 ? "" : `-${rate}x`;
}

export async function throttle(page: Page, rate: Throttling): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate });
}

/** Going back through a history. */
export interface Fling extends Smoothness {
  /** Messages. */
  readonly passed: number;
  /** Tasks of more than 50 ms, in milliseconds. */
  readonly longTasks: readonly number[];
}

/** Where the gestures begin, how fast the finger is, in pixels and pixels a second, and how far it goes at a time. */
const AT = { x: 700, y: 400 };
const SPEED = 20_000;
const GESTURE_PX = 100_000;
/** Of a message, for giving up. */
const MOST_PX_EACH = 400;
/** The ordinal of a message with which a conversation begins, behind what tells of its beginning. */
const BEGINNING = 10;

/** A page at the list of conversations, which can be asked how long things take. */
export class ScreenPage {
  readonly page: Page;
  readonly devtools: CDPSession;

  private constructor(page: Page, devtools: CDPSession) {
    this.page = page;
    this.devtools = devtools;
  }

  /** A profile of its own in which all conversations have come. */
  static async open(stage: Stage<Home>, window: "in focus" | "out of focus" = "in focus"): Promise<ScreenPage> {
    const context = await stage.browser.newContext();
    await settleIn(context, stage.server.url, stage.home.me);
    if (window === "out of focus") await context.addInitScript("Document.prototype.hasFocus = () => false");
    await putScreenWitness(context);
    const page = await context.newPage();
    await page.goto(stage.server.url);
    await listPainted(page, stage.home.places.length);
    return new ScreenPage(page, await context.newCDPSession(page));
  }

  async throttle(rate: Throttling): Promise<void> {
    await this.devtools.send("Emulation.setCPUThrottlingRate", { rate });
  }

  /** Milliseconds until the message that shows a conversation to be open is painted. */
  visit({ log, landmark }: Place): Promise<number> {
    return this.page.evaluate<number>(`benchVisit("#/c/${log}", ${JSON.stringify(landmark)})`);
  }

  /**
   * Back through the open conversation, by gestures of the wheel that follow each other.
   *
   * @param least so many messages; fewer if its beginning comes before
   * @throws Error where they do not come
   */
  async fling(least: number): Promise<Fling> {
    const before = await this.#oldestInView();
    await this.longTasks();
    await this.page.evaluate("benchWatchFrames()");
    let oldest = before;
    for (let px = 0; before - oldest < least && oldest > BEGINNING; px += GESTURE_PX) {
      if (px > MOST_PX_EACH * least) throw new Error(`Only ${before - oldest} of ${least} messages passed.`);
      const gesture = { ...AT, yDistance: GESTURE_PX, speed: SPEED, gestureSourceType: "mouse" } as const;
      await this.devtools.send("Input.synthesizeScrollGesture", gesture);
      oldest = await this.#oldestInView();
    }
    const smoothness = await this.page.evaluate<Smoothness>("benchWatchedFrames()");
    return { ...smoothness, passed: before - oldest, longTasks: await this.longTasks() };
  }

  /** Tasks of more than 50 ms since it was asked last, in milliseconds. */
  longTasks(): Promise<readonly number[]> {
    return this.page.evaluate<readonly number[]>("benchLongTasks()");
  }

  /** What moved by itself since it was asked last. */
  shifts(): Promise<readonly Shift[]> {
    return shiftsOf(this.page);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  /** Its ordinal. */
  #oldestInView(): Promise<number> {
    return this.page.evaluate<number>("benchOldestInView()");
  }
}

/** Watches the layout, the frames and the tasks of each page that is opened in a context from now on. */
export async function putScreenWitness(context: BrowserContext): Promise<void> {
  await context.addInitScript({ content: await scriptFor("in-screen-page.ts") });
}

export function shiftsOf(page: Page): Promise<readonly Shift[]> {
  return page.evaluate<readonly Shift[]>("benchShifts()");
}
