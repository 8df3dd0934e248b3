import type { BrowserContext, CDPSession, Page } from "playwright-core";
import type { Stage } from "./on-stage.ts";
import { settleIn } from "./visit.ts";
import { listPainted, scriptFor } from "./witnessed.ts";

/** How much slower the processor of a page is made to be: as it is, and like a cheap phone's. */
export const throttlings = [1, 4] as const;
export type Throttling = (typeof throttlings)[number];

/** A page at the list of conversations, which can be asked how long things take. */
export class ScreenPage {
  readonly page: Page;
  readonly devtools: CDPSession;

  private constructor(page: Page, devtools: CDPSession) {
    this.page = page;
    this.devtools = devtools;
  }

  /** A profile of its own in which all conversations have come. */
  static async open(stage: Stage, window: "in focus" | "out of focus" = "in focus"): Promise<ScreenPage> {
    const context = await stage.browser.newContext();
    await settleIn(context, stage.server.url, stage.village.me);
    if (window === "out of focus") await context.addInitScript("Document.prototype.hasFocus = () => false");
    await context.addInitScript({ content: await scriptFor("in-screen-page.ts") });
    return ScreenPage.in(context, stage);
  }

  static async in(context: BrowserContext, { server, village }: Stage): Promise<ScreenPage> {
    const page = await context.newPage();
    await page.goto(server.url);
    await listPainted(page, village.neighbours.length);
    return new ScreenPage(page, await context.newCDPSession(page));
  }

  async throttle(rate: Throttling): Promise<void> {
    await this.devtools.send("Emulation.setCPUThrottlingRate", { rate });
  }

  /** Milliseconds until a message of a conversation that holds a text is painted. */
  visit(conversation: string, text: string): Promise<number> {
    return this.page.evaluate<number>(`benchVisit("#/c/${conversation}", ${JSON.stringify(text)})`);
  }

  /** Back to the list. */
  async leave(): Promise<void> {
    await this.page.evaluate("location.hash = '#/'");
    await this.page.getByRole("log").waitFor({ state: "detached" });
  }

  /** Tasks of more than 50 ms since it was asked last, in milliseconds. */
  longTasks(): Promise<readonly number[]> {
    return this.page.evaluate<readonly number[]>("benchLongTasks()");
  }
}
