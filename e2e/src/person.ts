import type { Browser, BrowserContext, Locator, Page } from "playwright-core";

export type ForcedHost = "shared" | "leader" | "tab";

export const PASSWORD = "correct horse battery";

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

  /** Opens a fresh browser profile and signs up; `host` chooses where its tabs run the engine, as developers do. */
  static async signUp(
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
    const page = await context.newPage();
    await page.goto(address);
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

  /** Removes somebody from the group that is open. */
  async removeFromGroup(name: string): Promise<void> {
    await this.page.getByRole("button", { name: "Group info" }).click();
    const remove = `Remove ${name}`;
    await this.page.getByRole("button", { name: remove, exact: true }).click();
    const sure = this.page.getByRole("dialog", { name: `${remove}?` });
    await sure.getByRole("button", { name: "Remove", exact: true }).click();
    await sure.waitFor({ state: "detached" });
    await this.page.keyboard.press("Escape");
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

  /** Types a message and presses Enter. */
  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press("Enter");
  }

  /** Corrects one's last message by keyboard. */
  async editLast(text: string): Promise<void> {
    await this.composer.focus();
    await this.page.keyboard.press("ArrowUp");
    await this.page.getByText("Editing message").waitFor();
    await this.say(text);
  }

  /** Chooses one of the actions on the message of this text, such as "React with 👍". */
  async choose(text: string, action: string): Promise<void> {
    const message = this.articles.filter({ hasText: text });
    await message.hover();
    await message.getByRole("button", { name: "Message actions" }).click();
    const item = this.page.getByRole("menuitem", { name: action });
    await this.page.getByLabel(action).or(item).first().click();
  }

  /**
   * Every message of the open conversation whose text matches, in the order of the screen, read as a person would: from the bottom up. Rejects when
   * a row changed places meanwhile.
   */
  async readAll(pattern: RegExp): Promise<string[]> {
    await this.log.evaluate((log) => {
      log.scrollTop = log.scrollHeight;
    });
    let known: string[] = [];
    for (let atBeginning = false, still = false; !(atBeginning && still); ) {
      atBeginning = await this.log.getByText("This is the beginning").isVisible();
      const joined = join(matching(await this.articles.allInnerTexts(), pattern), known);
      still = joined.length === known.length;
      known = joined;
      await this.log.evaluate((log) => {
        log.scrollTop -= 2 * log.clientHeight;
      });
      await this.page.waitForTimeout(100);
    }
    return known;
  }
}

function matching(texts: readonly string[], pattern: RegExp): string[] {
  return texts.flatMap((text) => text.match(pattern)?.[0] ?? []);
}

/** Puts the part that is shown before what is known already; both may overlap. */
function join(shown: readonly string[], known: readonly string[]): string[] {
  const first = known[0];
  if (first === undefined) return [...shown];
  const overlap = shown.indexOf(first);
  if (overlap === -1) return [...known];
  const again = shown.slice(overlap);
  for (const [index, text] of again.entries()) {
    if (known[index] !== text) throw new Error(`"${text}" stands where "${known[index]}" stood before`);
  }
  return [...shown.slice(0, overlap), ...known];
}
