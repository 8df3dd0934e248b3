import { describe, expect, onTestFinished, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { BlockingProxy } from "./src/blocking-proxy.ts";
import { launchChromium } from "./src/chromium.ts";
import { expectSoon } from "./src/expect-soon.ts";
import type { ForcedHost, Person } from "./src/person.ts";
import { Stage } from "./src/stage.ts";
import { killSharedWorkerProcess } from "./src/web-process.ts";

const BURST = 5;

const stage = await Stage.open();

/** Somebody with five tabs, behind a proxy that counts sockets, and somebody else who sees what arrives. */
class FiveTabs {
  readonly other: Person;
  readonly proxy: BlockingProxy;
  tabs: Person[];
  readonly sent = ["hello there"];

  private constructor(first: Person, other: Person, proxy: BlockingProxy) {
    this.tabs = [first];
    this.other = other;
    this.proxy = proxy;
  }

  static async open(
    name: string,
    host: ForcedHost,
    browsers: { tabs?: Browser; other?: Browser } = {},
  ): Promise<FiveTabs> {
    const proxy = await stage.between((targetPort) => BlockingProxy.open(targetPort, "pass"));
    const [first, other] = await stage.twoPeople(
      name,
      name,
      { address: proxy.url, host, browser: browsers.tabs },
      { browser: browsers.other },
    );
    const five = new FiveTabs(first, other, proxy);
    const more = Array.from({ length: 4 }, async () => {
      const tab = await first.anotherTab();
      await tab.open(`${name} Moss`);
      return tab;
    });
    five.tabs.push(...(await Promise.all(more)));
    return five;
  }

  /** Each tab says something; nobody waits for anything. */
  async allSay(what: string): Promise<void> {
    for (const [index, tab] of this.tabs.entries()) {
      await tab.say(`${what} ${index}`);
      this.sent.push(`${what} ${index}`);
    }
  }

  /** All tabs type at the same time, as fast as they can. */
  async burst(what: string): Promise<void> {
    await Promise.all(
      this.tabs.map((tab, index) => {
        const texts = Array.from({ length: BURST }, (_, count) => `${what} ${index}-${count}`);
        this.sent.push(...texts);
        return tab.sayAll(texts);
      }),
    );
  }

  without(gone: Person): void {
    this.tabs = this.tabs.filter((tab) => tab !== gone);
  }

  /** The one tab whose worker runs the engine, once there is one. */
  async leader(): Promise<Person> {
    for (;;) {
      const leaders = this.tabs.filter(({ page }) => page.workers().length > 0);
      expect(leaders.length).toBeLessThan(2);
      if (leaders[0] !== undefined) return leaders[0];
      await Bun.sleep(20);
    }
  }

  /** Everything arrives once, in all tabs in the same order, and over one socket. */
  async expectAgreement(): Promise<void> {
    await Promise.all([...this.tabs, this.other].map((person) => this.#waitForAll(person)));
    const shown = await Promise.all([...this.tabs, this.other].map((person) => this.#messagesOf(person)));
    for (const messages of shown) {
      expect([...messages].sort()).toEqual([...this.sent].sort());
      expect(messages).toEqual(shown[0] ?? []);
    }
    // That of a tab that is gone may still be ending.
    await expectSoon(async () => expect(this.proxy.upgraded).toBe(1));
  }

  async #waitForAll({ page }: Person): Promise<void> {
    await page.waitForFunction((sent) => {
      const shown = [...document.querySelectorAll("[role=log] article")].map(({ textContent }) => textContent ?? "");
      return sent.every((message) => shown.some((text) => text.includes(message)));
    }, this.sent);
  }

  async #messagesOf(person: Person): Promise<readonly string[]> {
    const texts = await person.articles.allInnerTexts();
    return texts.map((text) => this.sent.find((message) => text.includes(message)) ?? text);
  }
}

describe("five tabs whose engine runs in a worker of one of them", () => {
  test("[HST2] [HST7] the leader is closed, and the next one crashes, while all tabs send: everything arrives once", async () => {
    const five = await FiveTabs.open("Oda", "leader");
    await five.allSay("before");
    await five.expectAgreement();
    await five.allSay("closing");
    const closed = await five.leader();
    await closed.page.close();
    five.without(closed);
    await five.allSay("closed");
    const crashed = await five.leader();
    five.without(crashed);
    await Promise.all([five.burst("crashing"), crash(crashed.page)]);
    await five.allSay("crashed");
    await five.expectAgreement();
  });

  test("[HST3] the leader freezes, is replaced, and changes nothing when it thaws; its tab comes to the new one", async () => {
    const five = await FiveTabs.open("Una", "leader");
    const frozen = await five.leader();
    const thawed = freezeWorker(frozen.page);
    five.without(frozen);
    await five.allSay("frozen");
    // A person comes back to a tab: it asks the engine, which does not answer.
    await five.tabs[0]?.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await five.leader();
    await five.expectAgreement();
    await thawed;
    five.tabs.push(frozen);
    await five.expectAgreement();
    await five.allSay("thawed");
    await five.expectAgreement();
  });
});

describe("five tabs whose engine runs in a SharedWorker", () => {
  test("[HST1] [HST2] the worker's process is killed while all tabs send: another takes over, and everything arrives once", async () => {
    const own = await wholeBrowser();
    const five = await FiveTabs.open("Ivo", "shared", { tabs: own });
    await five.expectAgreement();
    await five.allSay("before");
    await killSharedWorkerProcess(own);
    // Tabs that lived in the same process are gone with it: they never answer.
    const answers = await Promise.all(five.tabs.map(({ page }) => page.evaluate(() => true).catch(() => false)));
    five.tabs = five.tabs.filter((_, index) => answers[index]);
    expect(five.tabs.length).toBeGreaterThan(0);
    await five.allSay("after");
    await five.expectAgreement();
  });
});

describe("tabs of two versions of the app", () => {
  test("[HST4] the one loaded last has the engine; the other says so, keeps what is typed, and goes on when it is gone", async () => {
    const five = await FiveTabs.open("Eva", "leader");
    for (const { page } of five.tabs.splice(1)) await page.close();
    const [old] = five.tabs;
    if (old === undefined) throw new Error("no tab is left");
    await withoutServiceWorker(old);
    const page = await old.context.newPage();
    await pretendAnotherVersion(page);
    await page.goto(old.page.url());
    await old.page.getByText("Parley was updated in another tab").waitFor();
    const composer = page.getByRole("textbox", { name: "Message", exact: true });
    await composer.fill("from the new version");
    await composer.press("Enter");
    five.sent.push("from the new version");
    await five.other.articles.filter({ hasText: "from the new version" }).waitFor();
    await five.allSay("typed in the old version");
    await page.close();
    await five.expectAgreement();
  });
});

describe("notifications", () => {
  test("[HST6] are off until switched on; then one tab tells of a message that nobody sees, once, and a click opens it", async () => {
    const five = await FiveTabs.open("Lia", "shared", { other: await wholeBrowser() });
    const context = five.other.context;
    await context.grantPermissions(["notifications"]);
    await context.addInitScript(recordNotifications);
    const tabs = [five.other, await five.other.anotherTab(), await five.other.anotherTab()];
    await five.other.page.reload();
    await five.other.composer.waitFor();
    const told = () => Promise.all(tabs.map(({ page }) => page.evaluate(() => Reflect.get(globalThis, "told"))));
    const [first] = five.tabs;
    if (first === undefined) throw new Error("no tab is left");
    for (const { page } of tabs) await look(page, false);
    await first.say("while it is off");
    for (const tab of tabs) await tab.listItem("while it is off").waitFor();
    expect((await told()).flat()).toEqual([]);
    await five.other.page.getByRole("button", { name: "Settings" }).click();
    // Which asks for permission, so that it is on a moment later.
    await five.other.page.getByRole("switch", { name: "Notifications" }).click();
    await five.other.page.getByRole("switch", { name: "Notifications", checked: true }).waitFor();
    await five.other.page.keyboard.press("Escape");
    await five.other.page.reload();
    await five.other.newConversationButton.waitFor();
    for (const { page } of tabs) await look(page, false);
    await first.say("while nobody looks");
    for (const tab of tabs) await tab.listItem("while nobody looks").waitFor();
    await expectSoon(async () => expect((await told()).flat()).toEqual(["Lia Fen: while nobody looks"]));
    const teller = tabs[(await told()).findIndex((list) => list.length > 0)];
    await teller?.page.evaluate(() => Reflect.get(globalThis, "click")());
    await teller?.articles.filter({ hasText: "while nobody looks" }).waitFor();
    for (const { page } of tabs.slice(0, 1)) await look(page, true);
    await first.say("while somebody looks");
    for (const tab of tabs) await tab.listItem("while somebody looks").waitFor();
    await first.say("while somebody still looks");
    for (const tab of tabs) await tab.listItem("while somebody still looks").waitFor();
    expect((await told()).flat()).toHaveLength(1);
  });
});

/** For one test: with notifications, and with processes that can be told apart. */
async function wholeBrowser(): Promise<Browser> {
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  return browser;
}

/** Stops a tab's worker in the middle of what it does, its locks held, for longer than anybody waits for it. Resolves when it goes on. */
async function freezeWorker(page: Page): Promise<void> {
  await page.workers()[0]?.evaluate(() => {
    const { buffer } = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    Atomics.wait(new Int32Array(buffer), 0, 0, 9_000);
  });
}

/** Ends the process of a tab without a word. */
async function crash(page: Page): Promise<void> {
  const crashed = new Promise((resolve) => page.once("crash", resolve));
  const devtools = await page.context().newCDPSession(page);
  void devtools.send("Page.crash").catch(() => undefined);
  await crashed;
}

/** So that what a page loads can be changed on its way. */
async function withoutServiceWorker({ page, context }: Person): Promise<void> {
  await context.addInitScript(() => {
    navigator.serviceWorker.register = () => Promise.reject(new Error("none here"));
  });
  await page.evaluate(async () => {
    for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  });
}

/** The same app, whose worker has another address, as in every version that differs. */
async function pretendAnotherVersion(page: Page): Promise<void> {
  await page.route("**/assets/*.js", async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replaceAll(/engine-worker-[\w-]+\.js/g, "$&?another");
    await route.fulfill({ response, body });
  });
}

/** Keeps what the real notifications said, and how to click them. In each page, before the app runs. */
function recordNotifications(): void {
  const told: string[] = [];
  const Real = Notification;
  let last: Notification | undefined;
  class Recorded extends Real {
    constructor(title: string, options?: NotificationOptions) {
      super(title, options);
      told.push(`${title}: ${options?.body}`);
      last = this;
    }
  }
  Object.assign(globalThis, { told, Notification: Recorded, click: () => last?.onclick?.(new Event("click")) });
}

/** Tests' pages believe that all of them have the focus. */
async function look(page: Page, looking: boolean): Promise<void> {
  await page.evaluate((has) => {
    document.hasFocus = () => has;
    window.dispatchEvent(new Event(has ? "focus" : "blur"));
  }, looking);
}
