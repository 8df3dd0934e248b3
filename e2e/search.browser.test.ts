import { describe, expect, test } from "bun:test";
import { violations } from "./src/axe.ts";
import { expectSoon } from "./src/expect-soon.ts";
import type { Person } from "./src/person.ts";
import { Stage } from "./src/stage.ts";

const stage = await Stage.open();

function search({ page }: Person) {
  const panel = page.getByRole("search", { name: "Search this conversation" });
  return {
    field: panel.getByRole("searchbox", { name: "Search this conversation" }),
    results: panel.getByRole("list", { name: "Messages found" }).getByRole("listitem"),
    said: panel.getByRole("status"),
    panel,
  };
}

describe("searching a conversation", () => {
  test("[SEA4] finds as one types, goes to the message by keyboard, and works on when the server is gone", async () => {
    const [ada, bo] = await stage.twoPeople("Ada", "Bo");
    await bo.say("the Café opens at nine");
    for (let line = 1; line <= 25; line++) await bo.say(`and more\nof this\nto read, ${line}`);
    await bo.say("or another cafe altogether");
    await ada.articles.filter({ hasText: "altogether" }).waitFor();
    const { field, results, said, panel } = search(ada);

    await ada.composer.focus();
    await ada.page.keyboard.press("Control+f");
    await field.fill("cafe");
    await said.getByText("2 messages found").waitFor();
    expect(await results.first().textContent()).toContain("or another cafe altogether");
    expect(await results.nth(1).locator("mark").textContent()).toBe("Café");
    await panel.getByText("Searched 28 messages on this device.", { exact: true }).waitFor();
    expect(await violations(ada.page)).toEqual([]);

    await field.press("ArrowDown");
    await ada.page.keyboard.press("ArrowDown");
    await ada.page.keyboard.press("Enter");
    await inView(ada, "the Café opens");

    await stage.server.kill();
    await ada.banner.getByText("Not connected").waitFor();
    await ada.say("a cafe of my own");
    await field.fill("");
    await field.fill("CAFÉ");
    await said.getByText("3 messages found").waitFor();
    await results.nth(2).getByRole("button").click();
    await inView(ada, "the Café opens");
    await ada.page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    expect(await ada.composer.evaluate((element) => element === document.activeElement)).toBe(true);

    await ada.page.setViewportSize({ width: 390, height: 760 });
    await ada.page.getByRole("button", { name: "Search", exact: true }).click();
    await field.fill("more 21");
    await said.getByText("1 message found").waitFor();
    // There is no room for both: the panel goes, and the message is there.
    await results.first().getByRole("button").click();
    await panel.waitFor({ state: "detached" });
    await inView(ada, "to read, 21");
  });
});

/** Waits until a message stands out and is in view. */
async function inView({ log }: Person, text: string): Promise<void> {
  const article = log.locator("article[data-pointed]").filter({ hasText: text });
  // It may stand out from the time before.
  await expectSoon(async () => {
    const box = await article.boundingBox();
    const around = await log.boundingBox();
    if (box === null || around === null) throw new Error(`"${text}" is not drawn`);
    expect(box.y).toBeGreaterThanOrEqual(around.y);
    expect(box.y + box.height).toBeLessThanOrEqual(around.y + around.height);
  });
}
