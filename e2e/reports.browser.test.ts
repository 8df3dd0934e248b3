import { expect, test } from "bun:test";
import { CuttingProxy } from "@parley/rig/link";
import { violations } from "./src/axe.ts";
import { expectSoon } from "./src/expect-soon.ts";
import { Stage } from "./src/stage.ts";

// Nobody is called so when the server starts first.
const stage = await Stage.open({ peopleStay: true, environment: { PARLEY_ADMINS: "petra.fen" } });
const proxy = await stage.between(CuttingProxy.open);
const [petra, quirin] = await stage.twoPeople("Petra", "Quirin", { address: proxy.url });
const dialog = petra.page.getByRole("dialog", { name: "Report to the admins" });

/** What the operator of the machine reads. */
async function read(...words: readonly string[]): Promise<string> {
  const program = `${import.meta.dir}/../apps/server/src/reports.ts`;
  const child = Bun.spawn([process.execPath, program, ...words], {
    env: { ...process.env, PARLEY_DATA: stage.server.folder },
    stdout: "pipe",
  });
  return new Response(child.stdout).text();
}

test("a message is reported by keyboard, with what stands around it, and its author is not told", async () => {
  for (const words of ["around", "buy now", "after"]) await quirin.say(words);
  await petra.articles.filter({ hasText: "after" }).waitFor();
  await petra.choose("buy now", "Report…");
  await dialog.getByText("Quirin Moss is not told").waitFor();
  await dialog.getByText("for 90 days").waitFor();
  expect(await violations(petra.page)).toEqual([]);
  await dialog.getByRole("radio", { name: "Spam" }).press("ArrowDown");
  await dialog.getByRole("radio", { name: "Harassment", checked: true }).waitFor();
  await dialog.getByRole("textbox", { name: "What the admins should know" }).fill("the third time");
  await dialog.getByRole("checkbox", { name: "Include the messages around it" }).check();
  await dialog.getByRole("button", { name: "Report", exact: true }).press("Enter");
  await dialog.waitFor({ state: "detached" });
  await petra.page.getByText("on its way to the admins").first().waitFor();
  await expectSoon(async () => {
    expect(await read()).toContain(
      "harassment: 1 message of quirin.moss (Quirin Moss), reported by petra.fen (Petra Fen)",
    );
  });
  const page = await read("show", (await read()).slice(0, 6));
  for (const words of ["the third time", "around", "buy now", "after", "hello there"]) expect(page).toContain(words);
  expect(await quirin.page.getByText(/report/i).count()).toBe(0);
});

test("[RPT3] without a network a report waits, and is one once the network is back", async () => {
  await quirin.say("and again");
  await petra.articles.filter({ hasText: "and again" }).waitFor();
  proxy.sever();
  await petra.banner.waitFor();
  await petra.choose("and again", "Report…");
  await dialog.getByRole("button", { name: "Report", exact: true }).click();
  await petra.page.getByText("once this device reaches the server").first().waitFor();
  expect((await read()).trim().split("\n")).toHaveLength(1);
  proxy.heal();
  await petra.banner.waitFor({ state: "detached" });
  await expectSoon(async () => {
    const lines = (await read()).trim().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain("spam: 1 message of quirin.moss");
  });
});

test("one's own messages are not reported", async () => {
  await petra.articles.filter({ hasText: "hello there" }).click({ button: "right" });
  await petra.page.getByRole("menuitem", { name: "Copy" }).waitFor();
  expect(await petra.page.getByRole("menuitem", { name: "Report…" }).count()).toBe(0);
  await petra.page.keyboard.press("Escape");
});

test("who wrote it can be blocked with the report", async () => {
  await petra.choose("around", "Report…");
  await dialog.getByRole("checkbox", { name: "Block Quirin Moss, too" }).check();
  await dialog.getByRole("button", { name: "Report", exact: true }).click();
  await petra.page.getByText("You blocked Quirin Moss.").waitFor();
  await expectSoon(async () => expect((await read()).trim().split("\n")).toHaveLength(3));
});

test("an admin whom the configuration names reads the reports in the app, and closes them", async () => {
  await stage.server.stop();
  await stage.startServerAgain();
  await petra.page.getByRole("button", { name: "Settings" }).click();
  await petra.page.getByRole("button", { name: "Show reports" }).click();
  const reports = petra.page.getByRole("dialog", { name: "Reports" });
  await reports.getByText("Harassment, reported by Petra Fen").waitFor();
  await reports.getByText("the third time").waitFor();
  expect(await violations(petra.page)).toEqual([]);
  const done = reports.getByRole("button", { name: "Done with it" });
  await expectSoon(async () => expect(await done.count()).toBe(3));
  await done.first().click();
  await reports.getByText("Harassment, reported by Petra Fen").waitFor({ state: "detached" });
  expect(await done.count()).toBe(2);
});
