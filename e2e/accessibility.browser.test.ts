import { describe, expect, test } from "bun:test";
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { violations } from "./src/axe.ts";
import { launchHeadlessShell } from "./src/chromium.ts";
import { browserForThisFile, forThisFile } from "./src/for-this-file.ts";
import { serveGallery } from "./src/gallery.ts";
import { outOfReach } from "./src/out-of-reach.ts";
import { spills } from "./src/spills.ts";

/** The conversation of 100,000 messages of the gallery. */
const LONG = "00000000-0000-7000-9000-000000000002";
const GROUP = "00000000-0000-7000-9000-000000000000";
const DIRECT = "00000000-0000-7000-9000-000000000020";
const SECOND_DIRECT = "00000000-0000-7000-9000-000000000021";

const browser = await browserForThisFile();
const gallery = await forThisFile(serveGallery(), (opened) => opened.stop());

const USUAL = { width: 1200, height: 800 };

async function open(address: string, size = USUAL): Promise<Page> {
  const page = await (await browser.newContext({ viewport: size })).newPage();
  await page.goto(address);
  await page.getByRole("heading").first().waitFor();
  return page;
}

async function openMenu(page: Page) {
  const last = page.getByRole("article").last();
  await last.hover();
  await last.getByRole("button", { name: "Message actions" }).click();
}

function composerOf(page: Page): Locator {
  return page.getByRole("textbox", { name: "Message", exact: true });
}

async function say(page: Page, text: string) {
  await composerOf(page).fill(text);
  await composerOf(page).press("Enter");
}

/** Chooses an item in the menu of the last message. */
async function choose(page: Page, item: string) {
  await openMenu(page);
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

/** Opens the dialog that an item in the menu of one's own message leads to. */
async function askOfOwn(page: Page, item: string) {
  await say(page, "mine");
  await choose(page, item);
  await page.getByRole("dialog").waitFor();
}

/** Chooses an item in the menu of the first conversation in the list. */
async function chooseOfFirst(page: Page, item: string) {
  await page.getByRole("navigation", { name: "Conversations" }).getByRole("link").first().focus();
  await page.keyboard.press("Shift+F10");
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

function requestNote(page: Page) {
  return page.getByRole("region", { name: "Message request", exact: true }).waitFor();
}

async function failToSend(page: Page) {
  await say(page, "fail, as the gallery does with such words");
  await page.getByRole("button", { name: "Discard" }).waitFor();
}

async function signOutFirstDevice(settings: Locator) {
  await settings
    .getByRole("button", { name: /^Sign out ./ })
    .first()
    .click();
}

interface Screen {
  readonly parameters?: string;
  readonly conversation?: string;
  readonly act?: (page: Page) => Promise<unknown>;
}

const screens: Readonly<Record<string, Screen>> = {
  "signing in": { parameters: "signed-out" },
  "signing up, with errors": {
    parameters: "signed-out",
    act: async (page) => {
      await page.getByRole("button", { name: "Sign up" }).click();
      await page.getByRole("button", { name: "Sign up" }).click();
    },
  },
  "the list": {},
  "the empty list": { parameters: "empty" },
  "the offer of a newer version": {
    parameters: "update",
    act: (page) => page.getByRole("region", { name: "Update" }).getByRole("button", { name: "Reload" }).waitFor(),
  },
  "a group": { conversation: GROUP },
  "a direct conversation, waiting for the connection": { conversation: DIRECT, parameters: "connection=waiting" },
  "a message that failed": { conversation: DIRECT, act: failToSend },
  "the menu of a message": { conversation: GROUP, act: openMenu },
  "people offered while somebody writes": {
    conversation: GROUP,
    act: async (page) => {
      await composerOf(page).pressSequentially("ask @s");
      await page.getByRole("option", { name: "Suki Vance" }).waitFor();
    },
  },
  "all emojis to react with": {
    conversation: GROUP,
    act: async (page) => {
      await openMenu(page);
      await page.getByRole("button", { name: "Another emoji" }).click();
      await page.getByRole("searchbox", { name: "Search emojis" }).fill("heart");
      await page.getByRole("gridcell", { name: "red heart" }).waitFor();
    },
  },
  "a thread": {
    conversation: GROUP,
    act: async (page) => {
      await choose(page, "Reply in thread");
      const thread = page.getByRole("region", { name: "Thread" });
      await thread.getByRole("article").first().waitFor();
      await thread.getByRole("button", { name: "Follow", exact: true }).click();
      await thread.getByRole("button", { name: "Unfollow" }).waitFor();
    },
  },
  "the threads that one follows": {
    conversation: GROUP,
    act: async (page) => {
      await choose(page, "Reply in thread");
      await page.getByRole("region", { name: "Thread" }).getByRole("button", { name: "Follow", exact: true }).click();
      await page.getByRole("button", { name: "Close thread" }).click();
      await page.getByRole("button", { name: /^Threads/ }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  "the group's panel": {
    conversation: GROUP,
    act: (page) => page.getByRole("button", { name: "Group info" }).click(),
  },
  "the menu of a group's member": {
    conversation: GROUP,
    act: async (page) => {
      await page.getByRole("button", { name: "Group info" }).click();
      await page
        .getByRole("button", { name: /^Actions for / })
        .first()
        .click();
      await page.getByRole("menu").waitFor();
    },
  },
  "a group's description being written": {
    conversation: GROUP,
    act: async (page) => {
      await page.getByRole("button", { name: "Group info" }).click();
      await page.getByRole("button", { name: "Add a description" }).click();
      await page.getByRole("textbox", { name: "Description" }).fill("Where the night ferry sings.");
    },
  },
  "a new conversation": {
    act: async (page) => {
      await page.getByRole("button", { name: "New conversation" }).click();
      await page.getByRole("combobox", { name: "People" }).fill("s");
    },
  },
  "the way to a conversation": {
    act: async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").waitFor();
      await page.keyboard.type("b");
      await page.getByRole("option").first().waitFor();
    },
  },
  "the menu of a conversation": {
    act: async (page) => {
      await page.getByRole("navigation", { name: "Conversations" }).getByRole("link").first().focus();
      await page.keyboard.press("Shift+F10");
      await page.getByRole("menu", { name: "Conversation actions" }).waitFor();
    },
  },
  "the search in a conversation": {
    conversation: GROUP,
    act: async (page) => {
      await page.getByRole("article").last().waitFor();
      await page.keyboard.press("Control+f");
      await page.getByLabel("Date", { exact: true }).waitFor();
    },
  },
  "who reacted to a message": {
    conversation: GROUP,
    act: async (page) => {
      await page
        .getByRole("button", { name: /^👍 by/ })
        .last()
        .click({ button: "right" });
      await page.getByRole("dialog", { name: "Reactions" }).waitFor();
    },
  },
  "the messages that mention oneself": {
    act: async (page) => {
      await page.getByRole("button", { name: /^Mentions/ }).click();
      await page.getByRole("dialog", { name: "Mentions" }).getByRole("listitem").first().waitFor();
    },
  },
  "the saved messages": {
    conversation: GROUP,
    act: async (page) => {
      await page.getByRole("article").last().press("Shift+F10");
      await page.getByRole("menuitem", { name: "Save", exact: true }).click();
      await page.getByRole("button", { name: "Saved messages (1)" }).click();
      await page.getByRole("dialog", { name: "Saved messages" }).getByRole("listitem").waitFor();
    },
  },
  "when to be reminded of a message": {
    conversation: GROUP,
    act: async (page) => {
      await page.getByRole("article").last().press("Shift+F10");
      await page.getByRole("menuitem", { name: "Remind me…", exact: true }).click();
      await page.getByRole("dialog", { name: "Remind me" }).waitFor();
    },
  },
  "the reminders, one of them being set anew": {
    conversation: GROUP,
    act: async (page) => {
      await page.getByRole("article").last().press("Shift+F10");
      await page.getByRole("menuitem", { name: "Remind me…", exact: true }).click();
      await page.getByRole("button", { name: /^Tomorrow/ }).click();
      await page.getByRole("button", { name: "Reminders (1)" }).click();
      await page.getByRole("button", { name: "Change time" }).click();
      await page.getByLabel("Remind me at").waitFor();
    },
  },
  "when to send a message": {
    conversation: GROUP,
    act: async (page) => {
      await page.getByRole("textbox", { name: "Message" }).fill("later");
      await page.getByRole("button", { name: "Schedule message" }).click();
      await page.getByRole("dialog", { name: "Schedule message" }).waitFor();
    },
  },
  "the scheduled messages, one of them being changed": {
    conversation: GROUP,
    act: async (page) => {
      const scheduled = page.getByRole("dialog", { name: "Scheduled messages" });
      for (const words of ["one", "another"]) {
        await page.getByRole("textbox", { name: "Message" }).fill(words);
        await page.getByRole("button", { name: "Schedule message" }).click();
        await page.getByRole("button", { name: /^Tomorrow/ }).click();
      }
      await page.getByRole("button", { name: "2 scheduled messages" }).click();
      await scheduled.getByRole("button", { name: "Change" }).first().click();
      await scheduled.getByRole("textbox", { name: "Message" }).waitFor();
    },
  },
  "a report": {
    conversation: GROUP,
    act: async (page) => {
      await choose(page, "Report…");
      await page.getByRole("dialog", { name: "Report to the admins" }).waitFor();
    },
  },
  "the shortcuts": {
    act: async (page) => {
      await page.keyboard.press("?");
      await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    },
  },
  "a server whose disk is full": {
    parameters: "disk-full",
    act: async (page) => {
      const words = "The server’s disk is full.";
      await page.getByRole("region", { name: "Connection" }).getByText(words).waitFor();
      await page.getByRole("status").filter({ hasText: words }).waitFor({ state: "attached" });
    },
  },
  settings: { act: (page) => page.getByRole("button", { name: "Settings" }).click() },
  "settings, where notifications are blocked": {
    parameters: "notifications=blocked",
    act: async (page) => {
      await page.getByRole("button", { name: "Settings" }).click();
      await page.getByText("Your browser blocks notifications").waitFor();
    },
  },
  "the outbox": {
    parameters: "outbox",
    act: async (page) => {
      await page.getByRole("region", { name: "Connection" }).getByRole("button", { name: "Show" }).click();
      await page.getByRole("dialog", { name: "Outbox" }).getByText("Not accepted").first().waitFor();
    },
  },
  "a message being edited": {
    conversation: GROUP,
    act: async (page) => {
      await say(page, "mine");
      const composer = composerOf(page);
      await composer.press("ArrowUp");
      await page.getByText("Editing message").waitFor();
      await composer.fill("a long thought, ".repeat(60));
    },
  },
  "a message being answered": {
    conversation: GROUP,
    act: async (page) => {
      await choose(page, "Reply");
      await page.getByRole("button", { name: "Cancel reply" }).waitFor();
    },
  },
  "messages being selected": {
    conversation: GROUP,
    act: async (page) => {
      await choose(page, "Select");
      await page.getByText("1 selected").waitFor();
    },
  },
  "a message being forwarded": {
    conversation: GROUP,
    act: async (page) => {
      await choose(page, "Forward");
      await page.getByRole("dialog", { name: "Forward 1 message" }).waitFor();
    },
  },
  "a pinned message": {
    conversation: GROUP,
    act: async (page) => {
      await choose(page, "Pin");
      await page.getByRole("button", { name: "All pinned messages" }).waitFor();
    },
  },
  "all pinned messages": {
    conversation: GROUP,
    act: async (page) => {
      await choose(page, "Pin");
      await page.getByRole("button", { name: "All pinned messages" }).click();
      await page.getByRole("dialog", { name: "Pinned messages" }).waitFor();
    },
  },
  "what a message said before": {
    conversation: GROUP,
    act: async (page) => {
      await say(page, "mine");
      await composerOf(page).press("ArrowUp");
      await say(page, "mine, and better");
      await choose(page, "Edit history");
      await page.getByRole("dialog", { name: "Edit history" }).waitFor();
    },
  },
  "who read a message": { conversation: GROUP, act: (page) => askOfOwn(page, "Message info") },
  "the question before a message is deleted": {
    conversation: GROUP,
    act: (page) => askOfOwn(page, "Delete"),
  },
  "the question before one leaves": {
    conversation: GROUP,
    act: async (page) => {
      await page.getByRole("button", { name: "Group info" }).click();
      await page.getByRole("button", { name: "Leave group" }).click();
    },
  },
  "people added to a group": {
    conversation: GROUP,
    act: async (page) => {
      await page.getByRole("button", { name: "Group info" }).click();
      await page.getByRole("button", { name: "Add people" }).click();
      await page.getByRole("combobox", { name: "People" }).fill("s");
      await page.getByRole("option").first().waitFor();
    },
  },
  "a link to a group being made": {
    conversation: GROUP,
    act: async (page) => {
      await page.getByRole("button", { name: "Group info" }).click();
      await page.getByRole("button", { name: "New link" }).click();
      await page.getByRole("textbox", { name: "Label" }).fill("On the poster");
      await page.getByRole("button", { name: "Make link" }).click();
      await page.getByRole("textbox", { name: "Address of On the poster" }).waitFor();
      await page.getByRole("button", { name: "New link" }).click();
    },
  },
  "a link to a group that was opened": {
    parameters: "join=1",
    act: (page) => page.getByRole("dialog", { name: "Join a group" }).getByRole("button", { name: "Join" }).waitFor(),
  },
  "the question before one signs out": {
    act: async (page) => {
      await page.getByRole("button", { name: "Settings" }).click();
      await page.getByRole("button", { name: "Sign out", exact: true }).last().click();
      await page.getByRole("dialog", { name: "Sign out?" }).waitFor();
    },
  },
  "signing in again": {
    parameters: "connection=signed-out",
    act: async (page) => {
      await page.getByRole("region", { name: "Connection" }).getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("dialog").getByLabel("Password", { exact: true }).waitFor();
    },
  },
  "signing in, refused": {
    parameters: "signed-out",
    act: async (page) => {
      await page.getByRole("textbox", { name: "User name" }).fill("wrong");
      await page.getByLabel("Password", { exact: true }).fill("not the password");
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("alert").filter({ hasText: /./ }).first().waitFor();
    },
  },
  "a conversation that is not here": {
    conversation: "00000000-0000-7000-9000-00000000ffff",
    act: (page) => page.getByText("This conversation is not here").waitFor(),
  },
  "how long a conversation is muted": {
    act: async (page) => {
      await chooseOfFirst(page, "Mute…");
      await page.getByRole("menu", { name: "Mute for how long" }).waitFor();
    },
  },
  "the archive": {
    act: async (page) => {
      await chooseOfFirst(page, "Archive");
      await page.getByRole("button", { name: /^Archived/ }).click();
    },
  },
  "the question before a chat is cleared": {
    act: async (page) => {
      await chooseOfFirst(page, "Clear chat…");
      await page.getByRole("dialog").waitFor();
    },
  },
  "new messages below what one reads": {
    conversation: GROUP,
    act: async (page) => {
      await page.getByRole("article").last().waitFor();
      await page.getByRole("log", { name: "Messages" }).hover();
      await page.mouse.wheel(0, -1_000);
      await page.evaluate((conversation) => {
        window.dispatchEvent(new CustomEvent("demo-arrive", { detail: { conversation, text: "Down here" } }));
      }, GROUP);
      await page.getByRole("button", { name: /1 new message/ }).waitFor();
    },
  },
  "the question before a link is revoked": {
    conversation: GROUP,
    act: async (page) => {
      await page.getByRole("button", { name: "Group info" }).click();
      await page.getByRole("button", { name: "New link" }).click();
      await page.getByRole("textbox", { name: "Label" }).fill("On the poster");
      await page.getByRole("button", { name: "Make link" }).click();
      await page.getByRole("button", { name: "Revoke On the poster" }).click();
      await page.getByRole("dialog", { name: "Revoke “On the poster”?" }).waitFor();
    },
  },
  "the question before a member is removed": {
    conversation: GROUP,
    act: async (page) => {
      await page.getByRole("button", { name: "Group info" }).click();
      await page
        .getByRole("button", { name: /^Actions for / })
        .first()
        .click();
      await page.getByRole("menuitem", { name: "Remove from the group" }).click();
      await page.getByRole("dialog", { name: /^Remove / }).waitFor();
    },
  },
  "the list of message requests": {
    parameters: "requests",
    act: (page) => page.getByRole("button", { name: "Message requests (1)" }).click(),
  },
  "a message request": { parameters: "requests", conversation: DIRECT, act: requestNote },
  "a message request of one's own": { parameters: "requests", conversation: SECOND_DIRECT, act: requestNote },
  "no connection": { parameters: "connection=offline", conversation: DIRECT },
  "the first meeting with the server": { parameters: "connection=syncing", conversation: DIRECT },
  "an account that has too many connections": { parameters: "connection=no-room", conversation: DIRECT },
  "a session that goes on elsewhere": { parameters: "connection=superseded", conversation: DIRECT },
};

/** A window of 1280 × 800 px at 200 %, and one of 1280 × 1024 px at 400 %. */
const AT_200 = { width: 640, height: 400 };
const AT_400 = { width: 320, height: 256 };

/** Chosen as if in another tab. */
async function darken(page: Page): Promise<void> {
  await page.evaluate(() => {
    localStorage.setItem("parley.theme", "dark");
    window.dispatchEvent(new StorageEvent("storage", { key: "parley.theme" }));
  });
}

/** As zoom does. What a script places, such as a menu, is told of the new size at the frame after it. */
async function enlarge(page: Page, size: { readonly width: number; readonly height: number }): Promise<void> {
  await page.setViewportSize(size);
  await page.waitForFunction((width) => innerWidth === width, size.width);
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
}

describe("axe finds nothing, light and dark, and enlarged to 200 % and 400 % all fits and can be reached", async () => {
  // One page that loads each screen anew and remembers nothing: a fresh one would start a process, and compile all scripts again. Without motion, because
  // what is judged is how all looks once it is still, and that is the same (but for the line of what turns, which axe does not judge).
  const own = await forThisFile(launchHeadlessShell(), (opened) => opened.close());
  const page = await (await own.newContext({ viewport: USUAL, reducedMotion: "reduce" })).newPage();
  await page.addInitScript(() => localStorage.clear());
  let loads = 0;

  async function load(address: string, parameters: string, route = "") {
    await page.mouse.move(0, 0);
    await page.setViewportSize(USUAL);
    // What differs in nothing but what comes after the # would not be loaded.
    await page.goto(`${address}?load=${loads++}&theme=light&${parameters}${route}`);
    await page.getByRole("heading").first().waitFor();
  }

  for (const [name, { parameters = "", conversation, act }] of Object.entries(screens)) {
    test(`on ${name}`, async () => {
      const route = conversation === undefined ? "" : `#/c/${conversation}`;
      await load(gallery.app, parameters, route);
      await act?.(page);
      const found = await violations(page);
      await darken(page);
      found.push(...(await violations(page, "colours")));
      for (const size of [AT_200, AT_400]) {
        await enlarge(page, size);
        found.push(...(await spills(page)), ...(await outOfReach(page)));
      }
      found.push(...(await violations(page, "all but colours")));
      expect(found).toEqual([]);
    });
  }

  test("on the primitives", async () => {
    await load(gallery.primitives, "");
    const found = await violations(page);
    await darken(page);
    expect([...found, ...(await violations(page, "colours"))]).toEqual([]);
  });

  for (const opener of ["Open the dialog", "Ask a question", "Open the menu", "Open the popover", "Choose an emoji"]) {
    test(`on the primitives, after "${opener}"`, async () => {
      await load(gallery.primitives, "");
      await page.getByRole("button", { name: opener }).click();
      await page.locator("dialog[open], :popover-open").first().waitFor();
      const found = await violations(page);
      await darken(page);
      expect([...found, ...(await violations(page, "colours"))]).toEqual([]);
    });
  }
});

describe("looks", () => {
  test("density and accent are chosen by keyboard, at once, and kept on the device", async () => {
    const page = await open(gallery.app);
    const row = page.getByRole("navigation", { name: "Conversations" }).getByRole("listitem").first();
    const look = async () => {
      const height = await row.evaluate((element) => element.getBoundingClientRect().height);
      // Of a conversation with something unread.
      const colour = await row.locator("time").evaluate((element) => getComputedStyle(element).color);
      return { height, colour };
    };
    const before = await look();
    await page.getByRole("button", { name: "Settings" }).press("Enter");
    await page.getByRole("radio", { name: "Comfortable" }).press("ArrowRight");
    await page.getByRole("radio", { name: "Indigo" }).press("ArrowRight");
    expect(await page.getByRole("radio", { name: "Blue" }).isChecked()).toBe(true);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    const after = await look();
    expect(after.height).toBeLessThan(before.height - 8);
    expect(after.colour).not.toBe(before.colour);
    await page.reload();
    await row.waitFor();
    expect(await look()).toEqual(after);
  });

  test("follow the system: dark, and without motion, where it asks for that", async () => {
    const lookOf = async (system: Pick<BrowserContextOptions, "colorScheme" | "reducedMotion">) => {
      const context = await browser.newContext(system);
      const page = await context.newPage();
      await page.goto(`${gallery.app}#/c/${GROUP}`);
      await page.getByRole("article").last().waitFor();
      const look = await page.evaluate(() => {
        const style = getComputedStyle(document.body);
        return { ground: style.backgroundColor, motion: Number.parseFloat(style.getPropertyValue("--motion")) };
      });
      await context.close();
      return look;
    };
    const usual = await lookOf({ colorScheme: "light", reducedMotion: "no-preference" });
    const asked = await lookOf({ colorScheme: "dark", reducedMotion: "reduce" });
    expect(asked.ground).not.toBe(usual.ground);
    expect(usual.motion).toBeGreaterThan(0);
    expect(asked.motion).toBe(0);
  });
});

describe("by keyboard alone", () => {
  test("a conversation is found, read, answered, and a message reacted to", async () => {
    const page = await open(gallery.app);
    await page.getByRole("navigation", { name: "Conversations" }).getByRole("link").first().focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("log", { name: "Messages" }).getByRole("article").last().waitFor();
    await page.getByRole("log").focus();
    await page.keyboard.press("ArrowUp");
    const focused = page.locator("article:focus");
    expect(await focused.getAttribute("aria-label")).toMatch(/^.+, \d{1,2}:\d{2}/);
    await page.keyboard.press("Enter");
    await page.getByRole("menu").waitFor();
    await page.keyboard.press("Escape");
    expect(await focused.count()).toBe(1);
    await page.keyboard.press("/");
    await page.keyboard.type("typed after a slash");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("second line");
    await page.keyboard.press("Enter");
    const sent = page.getByRole("article").filter({ hasText: "typed after a slash" });
    expect(await sent.textContent()).toContain("typed after a slash\nsecond line");
    await page.keyboard.press("ArrowUp");
    await page.getByText("Editing message").waitFor();
    await page.keyboard.press("Escape");
    await page.getByText("Editing message").waitFor({ state: "detached" });
  });

  test("a conversation is started, and its composer has the focus, as it has when one is opened", async () => {
    const page = await open(gallery.app);
    const focused = (name: string) =>
      page.getByRole("textbox", { name, exact: true }).and(page.locator(":focus")).waitFor();
    await page.getByRole("button", { name: "New conversation" }).press("Enter");
    for (const name of ["Samir Wren", "Bram Otterly"]) {
      await page.keyboard.type(name);
      await page.getByRole("option", { name }).and(page.locator("[aria-selected=true]")).waitFor();
      await page.keyboard.press("Enter");
    }
    await page.keyboard.press("Enter");
    await page.getByText("Give the group a name.").waitFor();
    await focused("Group name");
    await page.keyboard.type("Night ferry");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Night ferry" }).waitFor();
    await focused("Message");
    await page.getByRole("searchbox", { name: "Filter conversations" }).press("ArrowDown");
    await page.locator("nav a:focus").waitFor();
    await page.getByRole("searchbox", { name: "Filter conversations" }).focus();
    await page.keyboard.type("bram");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Bram Otterly" }).waitFor();
    await focused("Message");
  });

  test("Escape closes a dialog and gives the focus back", async () => {
    const page = await open(gallery.app);
    const button = page.getByRole("button", { name: "New conversation" });
    await button.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    const focus = page.locator(":focus");
    await page.getByRole("combobox", { name: "People" }).and(focus).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await button.and(focus).waitFor();
  });
});

describe("a notice", () => {
  test("lies over the dialog that it is about", async () => {
    const page = await open(gallery.app);
    await page.getByRole("button", { name: "Settings" }).click();
    const dialog = page.getByRole("dialog", { name: "Settings" });
    await signOutFirstDevice(dialog);
    await page
      .locator(":popover-open")
      .getByText(/was signed out$/)
      .waitFor();
  });

  test("is read aloud in the dialog that is open, where it can be dismissed, and gives the focus back", async () => {
    const page = await open(gallery.app);
    await page.getByRole("button", { name: "Settings" }).click();
    const dialog = page.getByRole("dialog", { name: "Settings" });
    await signOutFirstDevice(dialog);
    await dialog
      .getByRole("status")
      .filter({ hasText: /was signed out$/ })
      .waitFor({ state: "attached" });
    const name = dialog.getByRole("textbox", { name: "Display name" });
    await name.focus();
    await page.getByRole("button", { name: "Dismiss" }).click();
    await page.getByRole("button", { name: "Dismiss" }).waitFor({ state: "detached" });
    await name.and(page.locator(":focus")).waitFor();
    expect(await dialog.isVisible()).toBe(true);
  });

  test("stays when its dialog closes, which gives the focus back all the same", async () => {
    const page = await open(gallery.app);
    const settings = page.getByRole("button", { name: "Settings" });
    await settings.click();
    await signOutFirstDevice(page.getByRole("dialog", { name: "Settings" }));
    await page.getByRole("button", { name: "Dismiss" }).focus();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await settings.and(page.locator(":focus")).waitFor();
    await page.getByRole("button", { name: "Dismiss" }).click();
    await page.getByRole("button", { name: "Dismiss" }).waitFor({ state: "detached" });
  });
});

describe("new messages", () => {
  test("of others are read aloud once, and the list of messages itself is silent", async () => {
    const page = await open(`${gallery.app}#/c/${DIRECT}`);
    await page.getByRole("article").last().waitFor();
    expect(await page.getByRole("log").getAttribute("aria-live")).toBe("off");
    const detail = { conversation: DIRECT, text: "psst" };
    await page.evaluate((event) => window.dispatchEvent(new CustomEvent("demo-arrive", { detail: event })), detail);
    await page.getByRole("status").filter({ hasText: "Bram Otterly: psst" }).waitFor({ state: "attached" });
  });

  test("are read aloud, and nothing else that comes into sight: neither older ones nor those at the end of a jump", async () => {
    const page = await open(`${gallery.app}#/c/${LONG}`);
    await page.getByRole("article").last().waitFor();
    await page.evaluate(() => {
      const said: string[] = [];
      Object.assign(window, { said });
      new MutationObserver((changes) => {
        for (const { target, addedNodes } of changes) {
          const place = target instanceof Element ? target : target.parentElement;
          if (place?.closest("[role=status]") === null) continue;
          for (const node of addedNodes) said.push(node.textContent ?? "");
        }
      }).observe(document.body, { childList: true, subtree: true, characterData: true });
    });
    const arrive = (text: string) =>
      page.evaluate((detail) => window.dispatchEvent(new CustomEvent("demo-arrive", { detail })), {
        conversation: LONG,
        text,
      });
    const said = () => page.evaluate(() => Reflect.get(window, "said") as string[]);
    await arrive("psst one");
    await arrive("psst two");
    await page.waitForFunction(() => (Reflect.get(window, "said") as string[]).join().includes("psst two"));
    await page.getByRole("log").hover();
    const newest = page.getByRole("article").filter({ hasText: "psst two" });
    // So far that the newest rows are dropped.
    for (let turn = 0; turn < 100 && (await newest.count()) > 0; turn++) {
      await page.mouse.wheel(0, -1_000);
      await page.waitForTimeout(50);
    }
    expect(await newest.count()).toBe(0);
    // What was gone from too soon to be read counts as unread.
    await page.getByRole("button", { name: /^(Jump to newest|2 new messages)/ }).click();
    await newest.waitFor();
    await page.waitForTimeout(500);
    const words = (await said()).filter((text) => text !== "");
    expect(words.join("\n").match(/psst (one|two)/g)).toEqual(["psst one", "psst two"]);
    expect(words.every((text) => text.includes("psst"))).toBe(true);
  });
});

describe("by finger, with a keyboard that composes every word", () => {
  test("a person is chosen, and an emoji", async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true });
    const page = await context.newPage();
    await page.goto(`${gallery.app}#/c/${GROUP}`);
    const composer = composerOf(page);
    await composer.tap();
    const keyboard = await context.newCDPSession(page);
    await page.keyboard.insertText("ask @");
    for (const text of ["s", "su"]) {
      await keyboard.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    }
    await page.getByRole("option", { name: "Suki Vance" }).tap();
    expect(await composer.inputValue()).toBe("ask @suki.vance ");
    await page.getByRole("button", { name: "Emoji", exact: true }).tap();
    const picker = page.getByRole("dialog", { name: "Emojis" });
    await picker.getByRole("gridcell", { name: "melting face" }).waitFor();
    // Its keyboard would cover the emojis.
    expect(await picker.getByRole("searchbox").evaluate((field) => field.matches(":focus"))).toBe(false);
    await picker.getByRole("tab", { name: "People and body" }).tap();
    await picker.getByRole("gridcell", { name: "thumbs up" }).tap();
    await picker.waitFor({ state: "detached" });
    expect(await composer.inputValue()).toBe("ask @suki.vance 👍");
  });
});

describe("a finger that rests", () => {
  async function byFinger(route: string) {
    const context = await browser.newContext({ viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true });
    const page = await context.newPage();
    await page.goto(`${gallery.app}${route}`);
    const finger = await context.newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", x = 0, y = 0) =>
      finger.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
    return { page, touch };
  }

  async function middleOf(locator: Locator): Promise<readonly [number, number]> {
    const { x, y, width, height } = (await locator.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    return [x + width / 2, y + height / 2];
  }

  test("on a message opens its menu, and one that moves scrolls", async () => {
    const { page, touch } = await byFinger(`#/c/${GROUP}`);
    const last = page.getByRole("article").last();
    const [x, y] = await middleOf(last.locator("[data-text]"));
    await touch("touchStart", x, y);
    await page.locator("article[data-held]").waitFor();
    expect(await page.getByRole("menu").count()).toBe(0);
    await touch("touchEnd");
    await page.getByRole("menu", { name: "Message actions" }).waitFor();
    await page.locator("article[data-held]").waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.getSelection()?.toString())).toBe("");
    await page.keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "detached" });

    const place = () => page.getByRole("log").evaluate((log) => log.scrollTop);
    const before = await place();
    await touch("touchStart", x, y);
    for (let moved = 20; moved <= 200; moved += 20) await touch("touchMove", x, y + moved);
    await page.waitForFunction(
      (from) => (document.querySelector("[role=log]")?.scrollTop ?? from) < from - 100,
      before,
    );
    // Longer than any finger has to rest.
    await page.waitForTimeout(700);
    expect(await page.locator("[data-held]").count()).toBe(0);
    await touch("touchEnd");
    expect(await page.getByRole("menu").count()).toBe(0);
  });

  test("that pulls a message along begins an answer to it, one that lets go early or scrolls does not", async () => {
    const { page, touch } = await byFinger(`#/c/${GROUP}`);
    const message = page
      .getByRole("article")
      .filter({ has: page.locator("[data-text]") })
      .last();
    const [x, y] = await middleOf(message.locator("[data-text]"));
    const cancel = page.getByRole("button", { name: "Cancel reply" });
    const drag = async (right: number, down: number) => {
      await touch("touchStart", x, y);
      for (let step = 1; step <= 10; step++) await touch("touchMove", x + (right * step) / 10, y + (down * step) / 10);
    };
    // Fast: the first that is told of it is far away, and neither straight up nor straight along.
    for (const [right, down] of [
      [30, 14],
      [40, 22],
    ] as const) {
      await touch("touchStart", x, y);
      await touch("touchMove", x + right, y + down);
      await touch("touchEnd");
      await page.waitForTimeout(100);
      expect(await page.locator("article[data-swipe]").count()).toBe(0);
    }
    await drag(40, 3);
    await page.locator("article[data-swipe=pulling]").waitFor();
    await touch("touchEnd");
    await page.locator("article[data-swipe]").waitFor({ state: "detached" });
    expect(await cancel.count()).toBe(0);
    await drag(110, 4);
    await page.locator("article[data-swipe=ready]").waitFor();
    await touch("touchEnd");
    await cancel.waitFor();
    expect(await page.getByRole("menu").count()).toBe(0);
    await page.locator("article[data-swipe]").waitFor({ state: "detached" });
    await cancel.click();
    await cancel.waitFor({ state: "detached" });
    const place = await page.getByRole("log").evaluate((log) => log.scrollTop);
    await drag(30, 150);
    await page.waitForFunction((from) => (document.querySelector("[role=log]")?.scrollTop ?? from) < from - 50, place);
    expect(await page.locator("article[data-swipe]").count()).toBe(0);
    await touch("touchEnd");
    expect([await cancel.count(), await page.getByRole("menu").count()]).toEqual([0, 0]);
  });

  test("on a line of the list opens its menu and not the conversation, which a tap does", async () => {
    const { page, touch } = await byFinger("");
    const line = page.getByRole("navigation", { name: "Conversations" }).getByRole("link").nth(1);
    await line.waitFor();
    const [x, y] = await middleOf(line);
    await touch("touchStart", x, y);
    await page.locator("[data-row][data-held]").waitFor();
    await touch("touchEnd");
    await page.getByRole("menu", { name: "Conversation actions" }).waitFor();
    expect(new URL(page.url()).hash).not.toContain("/c/");
    await page.keyboard.press("Escape");
    await line.tap();
    await page.getByRole("log").waitFor();
  });
});

describe("the day between messages", () => {
  test("goes to another date, by keyboard, too", async () => {
    const page = await open(`${gallery.app}#/c/${GROUP}`);
    // Whatever the time is, there is one of today.
    await say(page, "on this day");
    const day = page.getByRole("log").getByRole("button", { name: "Today" });
    await page.locator("[data-kind=day]:has(button:text-is('Today')) ~ article").first().focus();
    await page.keyboard.press("ArrowUp");
    await day.and(page.locator(":focus")).waitFor();
    await page.keyboard.press("Enter");
    const date = page.getByLabel("Date", { exact: true });
    await date.and(page.locator(":focus")).waitFor();
    const today = await page.evaluate(() => new Date().toLocaleDateString("sv-SE"));
    expect(await date.inputValue()).toBe(today);
    await page.keyboard.press("Escape");
    await day.and(page.locator(":focus")).waitFor();
  });
});

describe("small and enlarged screens", () => {
  test("a long title is cut off, and the composer stays in view", async () => {
    const page = await open(`${gallery.app}#/c/${GROUP}`, { width: 390, height: 560 });
    await page.getByRole("button", { name: "Group info" }).click();
    await page.getByRole("textbox", { name: "Group name" }).fill("The choir of the night ferry ".repeat(6));
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    const edge = (name: string) =>
      page.getByRole("button", { name }).evaluate((button) => button.getBoundingClientRect().right);
    expect(await edge("Send")).toBeLessThanOrEqual(390);
    expect(await edge("Group info")).toBeLessThanOrEqual(390);
  });

  test("at 320 × 256 px one sees what one writes, and what it answers", async () => {
    const page = await open(`${gallery.app}#/c/${GROUP}`, AT_400);
    const composer = composerOf(page);
    await composer.fill("one\ntwo\nthree\nfour\nfive\nthe last of many");
    const height = (locator: Locator) => locator.evaluate((element) => element.getBoundingClientRect().height);
    expect(await height(page.getByRole("log"))).toBeGreaterThan(56);
    expect(await height(composer)).toBeGreaterThan(40);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("article").filter({ hasText: "the last of many" }).waitFor();
  });

  test("on a tablet, held either way, both panes are there, and so is a thread or a search beside the messages", async () => {
    const page = await open(`${gallery.app}#/c/${GROUP}`, { width: 820, height: 1180 });
    for (const act of [() => choose(page, "Reply in thread"), () => page.keyboard.press("Control+f")]) {
      await act();
      for (const size of [
        { width: 820, height: 1180 },
        { width: 1180, height: 820 },
      ]) {
        await enlarge(page, size);
        await page.getByRole("navigation", { name: "Conversations" }).waitFor();
        expect([...(await spills(page)), ...(await outOfReach(page))]).toEqual([]);
      }
    }
  });

  test("one pane is shown at a time", async () => {
    const page = await open(gallery.app, { width: 640, height: 560 });
    await page.getByRole("navigation", { name: "Conversations" }).getByRole("link").first().click();
    await page.getByRole("article").last().waitFor();
    expect(await page.getByRole("navigation", { name: "Conversations" }).count()).toBe(0);
    await page.getByRole("button", { name: "Back to conversations" }).click();
    await page.getByRole("navigation", { name: "Conversations" }).waitFor();
  });
});
