import { expect, test } from "bun:test";
import { type Fellow, fellowText, foundFellowship, writeAsFellow } from "@parley/rig";
import { temporaryFolder } from "@parley/rig/process";
import type { Page } from "playwright-core";
import { BlockingProxy } from "./src/blocking-proxy.ts";
import { Stage } from "./src/stage.ts";

const BEFORE = 60;
/** More rows than Changes may have, so that it comes as a Reset. */
const MISSED = 505;

const folder = temporaryFolder();
const fellowship = await foundFellowship(folder, 1);
const stage = await Stage.open({ folder });
const proxy = await stage.between((targetPort) => BlockingProxy.open(targetPort, "pass"));
const page = await pageOfMe();

async function pageOfMe(): Promise<Page> {
  const context = await stage.browser.newContext({ viewport: { width: 1100, height: 800 } });
  const value = encodeURIComponent(fellowship.me.tokens[0] ?? "");
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
  expect(await unread.isVisible()).toBe(true);
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
