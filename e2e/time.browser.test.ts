import { expect, test } from "bun:test";
import { expectSoon } from "./src/expect-soon.ts";
import type { Person } from "./src/person.ts";
import { Stage } from "./src/stage.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const KOLKATA = "Asia/Kolkata";
const APIA = "Pacific/Apia";

const stage = await Stage.open();

/** Takes an open page to another time zone, as its device would; somebody looks at it there. */
async function travel({ page, context }: Person, timezoneId: string): Promise<void> {
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setTimezoneOverride", { timezoneId });
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
}

/** "1:05 PM" */
function clockIn(timeZone: string, at: number): string {
  return plain(new Intl.DateTimeFormat("en-US", { timeStyle: "short", timeZone }).format(at));
}

function plain(text: string): string {
  return text.replaceAll(/\s/g, " ");
}

async function labelOf(person: Person, text: string): Promise<string> {
  const article = person.articles.filter({ hasText: text });
  return plain((await article.getAttribute("aria-label")) ?? (await article.textContent()) ?? "");
}

test("[TIM5] everybody reads times in their own zone, also when they come to it with the page open, and at midnight today becomes yesterday without a reload", async () => {
  const began = Date.now();
  const [ada, bo] = await stage.twoPeople("ada", "bo");
  await travel(ada, KOLKATA);
  await travel(bo, APIA);
  const minutes = Array.from({ length: 10 }, (_, index) => began + (index - 1) * MINUTE);
  await expectSoon(async () => {
    const [inKolkata, inApia] = [await labelOf(ada, "hello there"), await labelOf(bo, "hello there")];
    const sentAt = minutes.find((at) => inKolkata.includes(clockIn(KOLKATA, at)));
    expect(inApia).toContain(clockIn(APIA, sentAt ?? 0));
  });

  // Two minutes before the end of the day before, in the zone of the reader.
  const midnight = Date.parse(`${new Date(Date.now() + 5.5 * 60 * MINUTE).toISOString().slice(0, 10)}T00:00:00+05:30`);
  expect(midnight).toBeGreaterThan(Date.now() - DAY);
  await ada.page.clock.install({ time: midnight - 2 * MINUTE });
  await ada.page.reload();
  await ada.articles.first().waitFor();
  await ada.say("late at night");
  await ada.articles.filter({ hasText: "late at night" }).waitFor();
  await bo.articles.filter({ hasText: "late at night" }).waitFor();
  await ada.log.getByText("Today", { exact: true }).waitFor();
  expect(await ada.log.getByText("Yesterday", { exact: true }).count()).toBe(0);
  await ada.page.clock.fastForward(3 * MINUTE);
  await ada.log.getByText("Yesterday", { exact: true }).waitFor();
  // What was written earlier by another clock stays where it is, and is of today now.
  const rows = plain((await ada.log.textContent()) ?? "");
  expect(rows.indexOf("Today")).toBeLessThan(rows.indexOf("hello there"));
  expect(rows.indexOf("hello there")).toBeLessThan(rows.indexOf("Yesterday"));
  expect(rows.indexOf("Yesterday")).toBeLessThan(rows.indexOf("late at night"));
});
