import type { BrowserContext, Page } from "playwright-core";
import type { Stage } from "./on-stage.ts";
import { PATIENCE_MS } from "./patience.ts";
import { type Host, openConversation, settleIn } from "./visit.ts";

const TABS = 5;

/** Five tabs of one person, all at the same conversation. */
export class FiveTabs {
  readonly log: string;
  tabs: Page[] = [];
  readonly #context: BrowserContext;
  readonly #address: string;

  private constructor(context: BrowserContext, address: string, log: string) {
    this.#context = context;
    this.#address = address;
    this.log = log;
  }

  static async open({ browser, server, home }: Stage, host: Host): Promise<FiveTabs> {
    const [neighbour] = home.neighbours;
    if (neighbour === undefined) throw new RangeError("Five tabs need a neighbour.");
    const context = await browser.newContext();
    await settleIn(context, server.url, home.me, host);
    const five = new FiveTabs(context, server.url, neighbour.log);
    await five.fill();
    return five;
  }

  /** Opens what is missing. */
  async fill(): Promise<void> {
    while (this.tabs.length < TABS) this.tabs.push(await openConversation(this.#context, this.#address, this.log));
  }

  without(gone: Page): void {
    this.tabs = this.tabs.filter((tab) => tab !== gone);
  }

  /** The one tab whose worker runs the engine, once there is one. */
  async leader(): Promise<Page> {
    const deadline = performance.now() + PATIENCE_MS;
    while (performance.now() < deadline) {
      const leader = this.tabs.find((tab) => tab.workers().length > 0);
      if (leader !== undefined) return leader;
      await Bun.sleep(20);
    }
    throw new Error("Waited too long for a tab that leads.");
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}
