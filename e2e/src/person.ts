import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { readLog } from "./read-log.ts";
import { PASSWORD, signUpOverHttp } from "./sign-up-over-http.ts";

const PRESS_WITHIN_MS = 5_000;

export type ForcedHost = "shared" | "leader" | "tab";

/** Somebody at a browser of their own, who finds everything by the names that assistive technology reads. */
export class Person {
  readonly userName: string;
  readonly displayName: string;
  readonly page: Page;

  private constructor(userName: string, displayName: string, page: Page) {
    this.userName = userName;
    this.displayName = displayName;
    this.page = page;
  }

  /** Opens a fresh browser profile for somebody who has just signed up; `host` chooses where its tabs run the engine, as developers do. */
  static async arrive(
    browser: Pick<Browser, "newContext">,
    address: string,
    userName: string,
    displayName: string,
    host?: ForcedHost,
  ): Promise<Person> {
    const context = await browser.newContext();
    if (host !== undefined) {
      await context.addInitScript((asked) => localStorage.setItem("parley.host", asked), host);
    }
    await signUpOverHttp(context, address, userName, displayName);
    const person = new Person(userName, displayName, await context.newPage());
    await person.page.goto(address);
    await person.newConversationButton.waitFor();
    return person;
  }

  /** Opens a fresh browser profile and signs up through the form. */
  static async signUp(
    browser: Pick<Browser, "newContext">,
    address: string,
    userName: string,
    displayName: string,
  ): Promise<Person> {
    const page = await (await browser.newContext()).newPage();
    await page.goto(address);
    return Person.signUpIn(page, userName, displayName);
  }

  /** Signs up where the app asks who one is. */
  static async signUpIn(page: Page, userName: string, displayName: string): Promise<Person> {
    await page.getByRole("textbox", { name: "User name" }).waitFor();
    const name = /^(Sign up|Create an account)$/;
    const toSignUp = page.getByRole("link", { name }).or(page.getByRole("button", { name }));
    if (!(await page.getByRole("textbox", { name: "Display name" }).isVisible())) await toSignUp.first().click();
    await page.getByRole("textbox", { name: "User name" }).fill(userName);
    await page.getByRole("textbox", { name: "Display name" }).fill(displayName);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign up" }).click();
    const person = new Person(userName, displayName, page);
    await person.newConversationButton.waitFor();
    return person;
  }

  /** Whoever is signed in in the browser of this page, as who comes back to the app. */
  static async inOpenApp(page: Page, address: string): Promise<Person> {
    await page.goto(address);
    const person = new Person("", "", page);
    await person.newConversationButton.waitFor();
    return person;
  }

  /** The same person in another browser, as on another device. */
  async onAnotherDevice(browser: Browser): Promise<Person> {
    const page = await (await browser.newContext()).newPage();
    await page.goto(new URL("/", this.page.url()).href);
    const toSignIn = page.getByRole("link", { name: "Sign in" }).or(page.getByRole("button", { name: "Sign in" }));
    await toSignIn.first().waitFor();
    if (await page.getByRole("textbox", { name: "Display name" }).isVisible()) await toSignIn.first().click();
    await page.getByRole("textbox", { name: "User name" }).fill(this.userName);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    const device = new Person(this.userName, this.displayName, page);
    await device.newConversationButton.waitFor();
    return device;
  }

  /** The same person in another tab of the same browser. */
  async anotherTab(): Promise<Person> {
    const page = await this.context.newPage();
    await page.goto(new URL("/", this.page.url()).href);
    const tab = new Person(this.userName, this.displayName, page);
    await tab.newConversationButton.waitFor();
    return tab;
  }

  get context(): BrowserContext {
    return this.page.context();
  }

  get newConversationButton(): Locator {
    return this.page.getByRole("button", { name: "New conversation" });
  }

  get composer(): Locator {
    return this.page.getByRole("textbox", { name: "Message", exact: true });
  }

  get log(): Locator {
    return this.page.getByRole("log", { name: "Messages" });
  }

  /** Messages on the screen, oldest first. */
  get articles(): Locator {
    return this.log.getByRole("article");
  }

  /** What says that something is wrong with the connection; there is none while it works. */
  get banner(): Locator {
    return this.page.getByRole("region", { name: "Connection" });
  }

  /** The conversation list's item of this title. */
  listItem(title: string): Locator {
    return this.page
      .getByRole("navigation", { name: "Conversations" })
      .getByRole("listitem")
      .filter({ hasText: title });
  }

  /** Starts a conversation through the dialog: direct with one person, a group with several. */
  async start(people: readonly string[], groupName = ""): Promise<void> {
    await this.newConversationButton.click();
    const dialog = this.page.getByRole("dialog");
    for (const name of people) {
      await dialog
        .getByRole("combobox", { name: "People" })
        .or(dialog.getByRole("textbox", { name: "People" }))
        .fill(name);
      await this.page.getByRole("option", { name }).first().click();
    }
    if (groupName !== "") await dialog.getByRole("textbox", { name: "Group name" }).fill(groupName);
    await dialog.getByRole("button", { name: "Start" }).click();
    // Not that of the conversation that was open before.
    await this.page.getByPlaceholder(`Message ${groupName || people[0]}`, { exact: true }).waitFor();
  }

  async open(title: string): Promise<void> {
    const line = this.listItem(title).getByRole("link");
    const address = await line.getAttribute("href");
    await line.click();
    await this.page.locator(`a[href="${address}"][aria-current="page"]`).waitFor({ state: "attached" });
    await this.composer.waitFor();
  }

  /** Waits for the newest message of the open conversation, of this text, and goes to it: where much is unread, it opens at the first of it. */
  async goToNewest(text: string): Promise<void> {
    const newest = this.articles.filter({ hasText: text });
    const jump = this.page.getByRole("button", { name: /^Jump to newest|^\d+ new messages?$/ });
    await newest.or(jump).first().waitFor();
    // To the first unread one, and from there to the newest.
    for (let press = 0; press < 2 && (await jump.isVisible()); press++) {
      // It may go by itself meanwhile, when one is there.
      const pressed = jump.click({ timeout: PRESS_WITHIN_MS });
      await pressed.catch(async (error: unknown) => {
        if (await jump.isVisible()) throw error;
      });
    }
    await newest.waitFor();
  }

  /** Removes somebody from the group that is open. */
  async removeFromGroup(name: string): Promise<void> {
    await this.page.getByRole("button", { name: "Group info" }).click();
    await this.chooseForMember(name, "Remove from the group");
    const sure = this.page.getByRole("dialog", { name: `Remove ${name}?` });
    await sure.getByRole("button", { name: "Remove", exact: true }).click();
    await sure.waitFor({ state: "detached" });
    await this.page.keyboard.press("Escape");
  }

  /** Chooses something in the menu of a member, in the group's panel. */
  async chooseForMember(name: string, deed: string): Promise<void> {
    await this.page.getByRole("button", { name: `Actions for ${name}`, exact: true }).click();
    await this.page.getByRole("menuitem", { name: deed }).click();
  }

  /** Signs out in the settings, and says yes when asked. */
  async signOut(): Promise<void> {
    await this.page.getByRole("button", { name: "Settings" }).click();
    await this.page.getByRole("dialog").getByRole("button", { name: "Sign out", exact: true }).last().click();
    const sure = this.page
      .getByRole("dialog", { name: "Sign out?" })
      .getByRole("button", { name: "Sign out", exact: true });
    const signedOut = this.page.getByRole("button", { name: "Sign in" });
    await sure.or(signedOut).first().waitFor();
    if (await sure.isVisible()) await sure.click();
    await signedOut.waitFor();
  }

  /** Signs in where the session has ended: from the banner that says so. */
  async signInAgain(): Promise<void> {
    await this.banner.getByText("Your session has ended").waitFor();
    await this.banner.getByRole("button", { name: "Sign in" }).click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await dialog.getByRole("button", { name: "Sign in" }).click();
  }

  /** Types a message and presses Enter. */
  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press("Enter");
  }

  /** Types messages one after the other, as fast as hands go. */
  async sayAll(texts: readonly string[]): Promise<void> {
    await this.composer.focus();
    for (const text of texts) {
      await this.page.keyboard.insertText(text);
      await this.page.keyboard.press("Enter");
    }
  }

  /** Corrects one's last message by keyboard. */
  async editLast(text: string): Promise<void> {
    await this.composer.focus();
    await this.page.keyboard.press("ArrowUp");
    await this.page.getByText("Editing message").waitFor();
    await this.say(text);
  }

  /** Waits until the engine has stored everything that was typed in this browser. */
  async allIsStored(): Promise<void> {
    await this.page.waitForFunction(() => Object.keys(localStorage).every((key) => !key.includes("hand-off")));
  }

  /** The id of the account that is signed in. */
  account(): Promise<string> {
    return this.page.evaluate(() => JSON.parse(localStorage.getItem("parley.account") ?? "{}").account);
  }

  /** Chooses one of the actions on the message of this text, such as "React with 👍". */
  async choose(text: string, action: string): Promise<void> {
    const message = this.articles.filter({ hasText: text });
    await message.hover();
    await message.getByRole("button", { name: "Message actions" }).click();
    const item = this.page.getByRole("menuitem", { name: action });
    await this.page.getByLabel(action).or(item).first().click();
  }

  /** Every message of the open conversation whose text matches; see `readLog`. */
  readAll(pattern: RegExp): Promise<string[]> {
    return readLog(this.log, pattern);
  }
}
