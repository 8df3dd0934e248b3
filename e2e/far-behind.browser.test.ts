import { expect, test } from "bun:test";
import { type Command, limits } from "@parley/protocol";
import {
  createDirect,
  type Fellow,
  fellowText,
  foundFellowship,
  post,
  RawDevice,
  reply,
  writeAsFellow,
} from "@parley/rig";
import { temporaryFolder } from "@parley/rig/process";
import type { Page } from "playwright-core";
import { BlockingProxy } from "./src/blocking-proxy.ts";
import { Stage } from "./src/stage.ts";
import { walkLog } from "./src/walk-log.ts";

const BEFORE = 60;
/** More rows than Changes may have, so that it comes as a Reset. */
const MISSED = 505;

const folder = temporaryFolder();
const fellowship = await foundFellowship(folder, 2);
const stage = await Stage.open({ folder });
const proxy = await stage.between((targetPort) => BlockingProxy.open(targetPort, "pass"));
const page = await pageOfMe(0);

/** A device of its own for each session. */
async function pageOfMe(session: number): Promise<Page> {
  const context = await stage.browser.newContext({ viewport: { width: 1100, height: 800 } });
  const value = encodeURIComponent(fellowship.me.tokens[session] ?? "");
  await context.addCookies([
    { name: "parley.session_token", value, url: proxy.url, httpOnly: true, sameSite: "Strict" },
  ]);
  return context.newPage();
}

function fellow(): Fellow {
  const [first] = fellowship.fellows;
  if (first === undefined) throw new RangeError("There is no fellow.");
  return first;
}

async function fellowWrites(from: number, count: number): Promise<void> {
  await writeAsFellow(stage.server.url, fellow(), fellowship.me, from, count);
}

function message(number: number) {
  const text = new RegExp(`(?<!\\d)${fellowText(fellow().person, number)}`);
  return page.getByRole("log", { name: "Messages" }).getByRole("article").filter({ hasText: text });
}

/** How far the message's lower edge is above that of the window, in pixels. */
async function height(number: number): Promise<number> {
  const frame = await page.getByRole("log", { name: "Messages" }).boundingBox();
  const row = await message(number).boundingBox();
  if (frame === null || row === null) return Number.NaN;
  return frame.y + frame.height - row.y - row.height;
}

test("[RNG4] what is on the screen stays there when the browser turns out to be far behind, and nothing unseen becomes read", async () => {
  await fellowWrites(1, BEFORE);
  await page.goto(`${proxy.url}/#/c/${fellow().log}`);
  const jump = page.getByRole("button", { name: /^Jump to newest/ });
  await message(BEFORE).or(jump).first().waitFor();
  if (await jump.isVisible()) await jump.click();
  await message(BEFORE).waitFor();
  await jump.waitFor({ state: "detached" });
  const before = await height(BEFORE);
  proxy.replace("");
  await fellowWrites(BEFORE + 1, MISSED);
  proxy.replace(undefined);
  // Rows below what was in view are fetched, and not gone to.
  await message(BEFORE + 1).waitFor({ state: "attached" });
  await page.waitForTimeout(600);
  expect(Math.abs((await height(BEFORE)) - before)).toBeLessThanOrEqual(1);
  const unread = page.getByRole("button", { name: `${MISSED} new messages`, exact: true });
  await unread.waitFor();
  const shown = (await page.getByRole("log", { name: "Messages" }).textContent()) ?? "";
  const divided = shown.indexOf("New messages");
  expect(divided).toBeGreaterThan(shown.indexOf(fellowText(fellow().person, BEFORE)));
  expect(divided).toBeLessThan(shown.indexOf(fellowText(fellow().person, BEFORE + 1)));
  await unread.click();
  await page.getByRole("button", { name: /^Jump to newest, (4[89]|50)\d new messages$/ }).waitFor();
  expect(await page.getByText("New messages", { exact: true }).isVisible()).toBe(true);
  await jump.click();
  await message(BEFORE + MISSED).waitFor();
});

const HISTORY = 2_000;
const DAY_MS = 86_400_000;
/** Of the messages, 70 on a day. */
const writtenAt = (number: number) => Date.now() - ((HISTORY - number) / 70) * DAY_MS;
const ANSWERED = 700;
const FOUND = 685;

/** Somebody has written for a month; the newest message answers an old one. */
async function writeHistory(): Promise<string> {
  const [, other] = fellowship.fellows;
  if (other === undefined) throw new RangeError("There is no other fellow.");
  const device = new RawDevice(stage.server.url, other.person.tokens[0] ?? "");
  await device.hello();
  await device.submit([createDirect(other.log, fellowship.me.account)]);
  const posts: Command[] = [];
  for (let number = 1; number <= HISTORY; number++) {
    const text = `m${number} of a month`;
    const answered = number === HISTORY ? posts[ANSWERED - 1]?.id : undefined;
    const made = answered === undefined ? post(other.log, text) : reply(other.log, text, answered);
    posts.push({ ...made, sentAt: writtenAt(number) });
  }
  for (let at = 0; at < HISTORY; at += limits.submissionsPerFrame) {
    await device.submit(posts.slice(at, at + limits.submissionsPerFrame));
  }
  device.close();
  return other.log;
}

test("a device that comes to 2,000 messages gets to what is answered, to a day and to what is found, and from there to both ends", async () => {
  const fresh = await pageOfMe(1);
  await fresh.goto(`${stage.server.url}/#/c/${await writeHistory()}`);
  const log = fresh.getByRole("log", { name: "Messages" });
  const said = (number: number) => log.getByRole("article").filter({ hasText: `m${number} of a month` });
  await log.getByRole("article").first().waitFor();
  const pointed = log.locator("article[data-pointed]");

  await said(HISTORY)
    .getByRole("button", { name: /^In reply to/ })
    .click();
  await pointed.filter({ hasText: `m${ANSWERED} of` }).waitFor();

  const day = new Date(writtenAt(1_300));
  const firstOfDay = Array.from({ length: HISTORY }, (_, at) => at + 1).find(
    (number) => new Date(writtenAt(number)).toDateString() === day.toDateString(),
  );
  await fresh.keyboard.press("Control+f");
  const two = (n: number) => String(n).padStart(2, "0");
  await fresh
    .getByLabel("Date", { exact: true })
    .fill(`${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`);
  await fresh.getByRole("button", { name: "Go to date" }).press("Enter");
  await pointed.filter({ hasText: `m${firstOfDay} of` }).waitFor();

  await fresh.getByRole("searchbox", { name: "Search this conversation" }).fill(`m${FOUND}`);
  await fresh.getByRole("list", { name: "Messages found" }).getByRole("listitem").first().getByRole("button").click();
  await pointed.filter({ hasText: `m${FOUND} of` }).waitFor();
  await fresh.keyboard.press("Escape");

  // An entry for the beginning, and one for each message.
  const last = HISTORY + 1;
  expect((await walkLog(fresh, "up", last))[0]).toBe(1);
  expect(await walkLog(fresh, "down", last)).toEqual([1, last]);
});
