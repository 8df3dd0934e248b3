import { expect, test } from "bun:test";
import { post, RawDevice, signUp } from "@parley/rig";
import { expectSoon } from "./src/expect-soon.ts";
import { forThisFile } from "./src/for-this-file.ts";
import type { Person } from "./src/person.ts";
import { Stage } from "./src/stage.ts";

/** More than two pages. */
const HISTORY = 130;
const AT_ONCE = 50;

const stage = await Stage.open({ peopleStay: true });
/** Nora at her desk, and later on her phone. */
const desk = await stage.newcomer("nora.fen", "Nora Fen");
let phone: Person;
const otto = await connect("otto.moss");
const pia = await connect("pia.reed");
let withOtto: string;
let choir: string;

function connect(userName: string): Promise<RawDevice> {
  return forThisFile(connected(userName), (device) => device.close());
}

async function connected(userName: string): Promise<RawDevice> {
  const { token } = await signUp(stage.server.url, userName);
  const device = new RawDevice(stage.server.url, token);
  await device.hello();
  return device;
}

/** Starts a conversation at the desk; its id. */
async function start(people: readonly string[], groupName?: string): Promise<string> {
  await desk.start(people, groupName);
  return new URL(desk.page.url()).hash.split("/").at(-1) ?? "";
}

async function sayAll(device: RawDevice, conversation: string, word: string, count: number): Promise<void> {
  const commands = Array.from({ length: count }, (_, index) => post(conversation, numbered(word, index + 1)));
  while (commands.length > 0) {
    const answers = await device.submit(commands.splice(0, AT_ONCE));
    expect(new Set(answers.map(({ outcome }) => outcome.case))).toEqual(new Set(["verdict"]));
  }
}

function numbered(word: string, number: number): string {
  return `${word} ${String(number).padStart(3, "0")}`;
}

function listOn({ page }: Person): Promise<readonly string[]> {
  return page.getByRole("navigation", { name: "Conversations" }).getByRole("listitem").allInnerTexts();
}

/** Both devices show the same, in the list and in the conversation that is open on both. */
async function expectEqual(): Promise<void> {
  await expectSoon(async () => {
    expect(await listOn(phone)).toEqual(await listOn(desk));
    const [left, right] = [await desk.articles.allInnerTexts(), await phone.articles.allInnerTexts()];
    expect(right.slice(-20)).toEqual(left.slice(-20));
  });
}

test("[SYN2] a second device gets the list, what is unread, drafts, one's own statuses, and the history as one scrolls", async () => {
  await start(["pia.reed"]);
  choir = await start(["otto.moss", "pia.reed"], "Choir");
  withOtto = await start(["otto.moss"]);
  await desk.say("shall we sing?");
  await desk.articles
    .filter({ hasText: "shall we sing?" })
    .getByText(/^(Sent|Delivered)/)
    .waitFor();
  await sayAll(otto, withOtto, "verse", HISTORY);
  await desk.articles.filter({ hasText: numbered("verse", HISTORY) }).waitFor();
  await desk.open("pia.reed");
  await desk.composer.fill("half a thought");
  await desk.open("otto.moss");
  await desk.say("that was long");
  // A mark sent earlier would be clamped to what the server had until then.
  await desk.articles
    .filter({ hasText: "that was long" })
    .getByText(/^(Sent|Delivered)/)
    .waitFor();
  otto.send({ case: "marks", value: { updates: [{ conversation: withOtto, delivered: 1_000, read: 1_000 }] } });
  await desk.articles.filter({ hasText: "that was long" }).getByText(/^Read/).waitFor();
  await desk.say("and now?");
  await sayAll(pia, choir, "alto", 3);
  await desk.listItem("Choir").getByText("3 unread messages").waitFor();

  phone = await desk.onAnotherDevice(stage.browser);
  await phone.listItem("Choir").getByText("3 unread messages").waitFor();
  await phone.listItem("pia.reed").filter({ hasText: "Draft: half a thought" }).waitFor();
  await phone.open("otto.moss");
  await expectEqual();
  await phone.articles.filter({ hasText: "that was long" }).getByText(/^Read/).waitFor();
  const said = Array.from({ length: HISTORY }, (_, index) => numbered("verse", index + 1));
  expect(await phone.readAll(/verse \d{3}|shall we sing|that was long|and now/)).toEqual([
    "shall we sing",
    ...said,
    "that was long",
    "and now",
  ]);
  await phone.open("half a thought");
  await expectSoon(async () => expect(await phone.composer.inputValue()).toBe("half a thought"));
});

test("[SYN2] [MRK1] both devices stay equal while messages come, are written on either of them, and are read on one", async () => {
  await phone.open("otto.moss");
  for (let round = 0; round < 4; round++) {
    await Promise.all([
      sayAll(otto, withOtto, `round ${round} verse`, 5),
      sayAll(pia, choir, `round ${round} alto`, 5),
      desk.say(`round ${round} from the desk`),
      phone.say(`round ${round} from the phone`),
    ]);
  }
  for (const device of [desk, phone]) {
    await device.articles.filter({ hasText: "round 3 from the phone" }).waitFor();
    await device.listItem("Choir").getByText("23 unread messages").waitFor();
  }
  await expectEqual();
  await phone.open("Choir");
  await phone.goToNewest("round 3 alto 005");
  for (const device of [phone, desk]) {
    await device.listItem("Choir").getByText("unread").waitFor({ state: "detached" });
  }
  await desk.open("Choir");
  await expectEqual();
});

/** The line of a conversation, by its title alone: others may show what was said by somebody of that name. */
function lineOf({ page }: Person, title: string) {
  return page.getByRole("navigation", { name: "Conversations" }).getByRole("link", { name: new RegExp(`^${title}`) });
}

/** Chooses from the menu of a conversation's line, and from what opens after it. */
async function arrange(person: Person, title: string, ...items: readonly string[]): Promise<void> {
  await lineOf(person, title).click({ button: "right" });
  for (const name of items) await person.page.getByRole("menuitem", { name, exact: true }).click();
}

/** Waits until the first line of the list is this conversation's. */
function isFirst(person: Person, title: string): Promise<void> {
  return expectSoon(async () => expect((await listOn(person))[0]).toContain(title));
}

function archivePlace({ page }: Person) {
  return page.getByRole("button", { name: /^Archived/ });
}

test("[HID5] a chat that is cleared is empty on both devices, and one that is deleted is in no list until somebody writes", async () => {
  const confirm = ({ page }: Person, name: string) =>
    page.getByRole("dialog").getByRole("button", { name, exact: true });
  await desk.open("otto.moss");
  await desk.page.getByRole("main").getByRole("button", { name: "More actions" }).click();
  await desk.page.getByRole("menuitem", { name: "Clear chat…" }).click();
  await confirm(desk, "Clear").click();
  await phone.open("otto.moss");
  for (const device of [desk, phone]) {
    await device.articles.first().waitFor({ state: "detached" });
    await lineOf(device, "otto.moss").getByText("No messages yet").waitFor();
  }
  await lineOf(desk, "otto.moss").focus();
  await desk.page.keyboard.press("Delete");
  await confirm(desk, "Delete").click();
  await lineOf(desk, "otto.moss").waitFor({ state: "detached" });
  await phone.open("Choir");
  await lineOf(phone, "otto.moss").waitFor({ state: "detached" });
  await sayAll(otto, withOtto, "hello again", 1);
  for (const device of [phone, desk]) await lineOf(device, "otto.moss").getByText("hello again").waitFor();
  await desk.open("otto.moss");
  await desk.articles.filter({ hasText: "hello again" }).waitFor();
  expect(await desk.articles.count()).toBe(1);
});

test("[PRF1] [PRF5] what is pinned, muted or archived on one device is so on the other, also what was set without a server", async () => {
  await arrange(desk, "pia.reed", "Pin to the top");
  await lineOf(phone, "Choir").focus();
  await phone.page.keyboard.press("m");
  await phone.page.getByRole("menuitem", { name: "Until I unmute it" }).click();
  for (const device of [desk, phone]) {
    await isFirst(device, "pia.reed");
    await lineOf(device, "pia.reed").getByText("pinned").waitFor();
    await lineOf(device, "Choir").getByText("muted").waitFor();
  }
  await stage.server.stop();
  for (const device of [desk, phone]) await device.banner.waitFor();
  await arrange(desk, "otto.moss", "Archive");
  await lineOf(desk, "otto.moss").waitFor({ state: "detached" });
  await lineOf(phone, "pia.reed").focus();
  await phone.page.keyboard.press("p");
  await lineOf(phone, "pia.reed").getByText("pinned").waitFor({ state: "detached" });
  await stage.startServerAgain();
  for (const device of [desk, phone]) {
    await lineOf(device, "otto.moss").waitFor({ state: "detached" });
    await lineOf(device, "pia.reed").getByText("pinned").waitFor({ state: "detached" });
    await archivePlace(device).waitFor();
  }
  await phone.page.reload();
  await archivePlace(phone).click();
  await phone.open("otto.moss");
  await phone.say("here again");
  await lineOf(desk, "otto.moss").getByText("here again").waitFor();
  await archivePlace(desk).waitFor({ state: "detached" });
  await lineOf(desk, "Choir").getByText("muted").waitFor();
});

test("[PRF6] what is marked as unread on one device is so on the other, until either of them looks at it", async () => {
  const mark = (device: Person) => lineOf(device, "pia.reed").getByText("Marked as unread");
  await phone.open("Choir");
  await lineOf(desk, "pia.reed").click();
  await desk.page.getByRole("main").getByRole("heading", { name: "pia.reed" }).waitFor();
  await arrange(desk, "pia.reed", "Mark as unread");
  await desk.page.getByRole("heading", { name: "Choose a conversation" }).waitFor();
  for (const device of [desk, phone]) {
    await mark(device).waitFor();
    await expectSoon(async () => expect(await device.page.title()).toStartWith("(1)"));
  }
  await lineOf(phone, "pia.reed").click();
  for (const device of [desk, phone]) await mark(device).waitFor({ state: "detached" });
  await phone.open("Choir");
  await stage.server.stop();
  for (const device of [desk, phone]) await device.banner.waitFor();
  await arrange(phone, "pia.reed", "Mark as unread");
  await mark(phone).waitFor();
  await stage.startServerAgain();
  await mark(desk).waitFor();
  await arrange(desk, "pia.reed", "Mark as read");
  for (const device of [desk, phone]) await mark(device).waitFor({ state: "detached" });
});

test("[SAV1] [SAV3] what is saved on one device is listed on the other, leads to its place, and says so when it was deleted", async () => {
  const savedPlace = ({ page }: Person) => page.getByRole("button", { name: /^Saved messages/ });
  const saved = ({ page }: Person) => page.getByRole("dialog", { name: "Saved messages" }).getByRole("listitem");
  await desk.open("otto.moss");
  await desk.say("keep this in mind");
  await desk.articles
    .filter({ hasText: "keep this in mind" })
    .getByText(/^(Sent|Delivered)/)
    .waitFor();
  const act = async (person: Person, action: string): Promise<void> => {
    const message = person.articles.filter({ hasText: "keep this in mind" });
    await message.hover();
    await message.getByRole("button", { name: "Message actions" }).click();
    await person.page.getByRole("menuitem", { name: action, exact: true }).click();
  };
  await act(desk, "Save");
  await desk.articles.filter({ hasText: "keep this in mind" }).getByText("Saved").waitFor();
  await phone.open("Choir");
  await savedPlace(phone).click();
  await saved(phone).getByRole("button", { name: "keep this in mind" }).click();
  const there = phone.articles.filter({ hasText: "keep this in mind" });
  await there.getByText("Saved").waitFor();
  await act(phone, "Delete");
  await phone.page.getByRole("button", { name: "Delete for everyone" }).click();
  await savedPlace(desk).click();
  await saved(desk)
    .filter({ hasText: "You deleted this message" })
    .getByRole("button", { name: /^Remove/ })
    .click();
  for (const device of [desk, phone]) await savedPlace(device).waitFor({ state: "detached" });
  await desk.page.keyboard.press("Escape");
});

test("[SCH2] [SCH3] what is scheduled on one device is listed, changed and sent on the other", async () => {
  const place = ({ page }: Person) => page.getByRole("button", { name: /^Scheduled messages/ });
  await desk.open("otto.moss");
  await desk.page.getByRole("textbox", { name: "Message" }).fill("see you tomorrow");
  await desk.page.getByRole("button", { name: "Schedule message" }).click();
  await desk.page
    .getByRole("dialog", { name: "Schedule message" })
    .getByRole("button", { name: /^Tomorrow/ })
    .click();
  await desk.page.getByRole("button", { name: "1 scheduled message" }).waitFor();
  expect(await desk.page.getByRole("textbox", { name: "Message" }).inputValue()).toBe("");
  await place(phone).click();
  const scheduled = phone.page.getByRole("dialog", { name: "Scheduled messages" });
  await scheduled.getByText("see you tomorrow").waitFor();
  await scheduled.getByRole("button", { name: "Change" }).click();
  await scheduled.getByRole("textbox", { name: "Message" }).fill("see you today");
  await scheduled.getByRole("button", { name: "Save" }).click();
  await scheduled.getByText("see you today").waitFor();
  await scheduled.getByRole("button", { name: "Send now" }).click();
  await desk.articles.filter({ hasText: "see you today" }).waitFor();
  for (const device of [desk, phone]) await place(device).waitFor({ state: "detached" });
  await phone.page.keyboard.press("Escape");
  expect(await desk.articles.filter({ hasText: "see you" }).count()).toBe(1);
});

test("[HID1] [HID2] [HID4] what is deleted for oneself goes from both devices", async () => {
  await desk.open("otto.moss");
  for (const words of ["said for good", "better unseen"]) await desk.say(words);
  await phone.open("otto.moss");
  const unseen = phone.articles.filter({ hasText: "better unseen" });
  await unseen.getByText(/^(Sent|Delivered)/).waitFor();
  await unseen.hover();
  await unseen.getByRole("button", { name: "Message actions" }).click();
  await phone.page.getByRole("menuitem", { name: "Delete", exact: true }).click();
  await phone.page.getByRole("dialog").getByRole("button", { name: "Delete for me" }).click();
  for (const device of [phone, desk]) {
    await device.articles.filter({ hasText: "better unseen" }).waitFor({ state: "detached" });
    await lineOf(device, "otto.moss").getByText("said for good").waitFor();
  }
  await expectEqual();
});

test("[DER2] notes to oneself, begun without a server on two devices, become one", async () => {
  await stage.server.stop();
  for (const [device, note] of [
    [desk, "buy tea"],
    [phone, "call the plumber"],
  ] as const) {
    await device.banner.waitFor();
    await device.newConversationButton.click();
    await device.page.getByRole("dialog").getByRole("button", { name: "Notes to yourself" }).click();
    await device.page.getByRole("region", { name: "Notes to yourself" }).waitFor();
    await device.say(note);
    await lineOf(device, "Notes to yourself").getByText(note).waitFor();
  }
  await stage.startServerAgain();
  for (const device of [desk, phone]) {
    for (const note of ["buy tea", "call the plumber"]) await device.articles.filter({ hasText: note }).waitFor();
    expect(await lineOf(device, "Notes to yourself").count()).toBe(1);
  }
  await expectEqual();
});
