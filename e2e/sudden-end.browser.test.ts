import { expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { RawDevice, signUp } from "@parley/rig";
import { temporaryFolder } from "@parley/rig/process";
import type { BrowserContext } from "playwright-core";
import { launchWithProfile } from "./src/chromium.ts";
import { expectSoon } from "./src/expect-soon.ts";
import { forThisFile } from "./src/for-this-file.ts";
import { Person } from "./src/person.ts";
import { Stage } from "./src/stage.ts";

/** After Enter. Some of them before the message is queued, some after it. Milliseconds. */
const MOMENTS = [0, 5, 30];

const stage = await Stage.open();
const { token } = await signUp(stage.server.url, "kit.reed");
const profile = () => forThisFile(Promise.resolve(temporaryFolder()), (path) => rmSync(path, { recursive: true }));
const [folder, folderOfBursts] = await Promise.all([profile(), profile()]);

/** All processes of a browser at once, as when a device loses its power: nobody writes anything any more. */
async function kill(context: BrowserContext): Promise<void> {
  const browser = context.browser();
  if (browser === null) throw new Error("there is no browser");
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send("SystemInfo.getProcessInfo");
  const closed = new Promise((resolve) => context.once("close", resolve));
  for (const { id } of processInfo) process.kill(id, "SIGKILL");
  await closed;
}

async function openApp(of = folder): Promise<{ context: BrowserContext; max: Person }> {
  const context = await launchWithProfile(of);
  const page = context.pages()[0] ?? (await context.newPage());
  return { context, max: await Person.inOpenApp(page, stage.server.url) };
}

/** At rest for a moment, what is in the composer is a draft on the disk. */
async function draftIsStored({ page }: Person): Promise<void> {
  await page.waitForFunction(() => Object.keys(localStorage).every((key) => !key.startsWith("parley.draft.")));
}

test("[OUT1] a browser that is killed after Enter: the message is there once, or its text is in the composer", async () => {
  const first = await launchWithProfile(folder);
  const signedUp = await Person.signUp({ newContext: async () => first }, stage.server.url, "max.fen", "Max Fen");
  await signedUp.start(["kit.reed"]);
  await signedUp.say("hello there");
  await signedUp.articles
    .filter({ hasText: "hello there" })
    .getByText(/^(Sent|Delivered)/)
    .waitFor();
  await first.close();
  const said: string[] = [];
  let { context, max } = await openApp();
  await max.open("kit.reed");
  for (const moment of MOMENTS) {
    const text = `killed after ${moment} ms`;
    await max.composer.fill(text);
    await draftIsStored(max);
    await max.composer.press("Enter", { noWaitAfter: true });
    await Bun.sleep(moment);
    await kill(context);
    const next = await openApp();
    await next.max.open("kit.reed");
    await next.max.articles.filter({ hasText: "hello there" }).waitFor();
    const article = next.max.articles.filter({ hasText: text });
    await expectSoon(async () => {
      const typed = await next.max.composer.inputValue();
      expect([typed, await article.count()]).toEqual(typed === "" ? ["", 1] : [text, 0]);
    });
    if ((await next.max.composer.inputValue()) !== "") await next.max.composer.press("Enter");
    await article.getByText(/^(Sent|Delivered)/).waitFor();
    said.push(text);
    ({ context, max } = next);
  }
  await context.close();
  const kit = await new RawDevice(stage.server.url, token).opened();
  await kit.hello();
  const heard = () =>
    kit
      .all("reset")
      .flatMap(({ newest }) => newest?.entries ?? [])
      .flatMap(({ body }) =>
        body.case === "message" && body.value.state.case === "content" && body.value.state.value.form.case === "plain"
          ? [body.value.state.value.form.value.text]
          : [],
      );
  await expectSoon(async () => expect(heard()).toEqual(["hello there", ...said]));
  kit.close();
});

test("[OUT1] a browser that is killed in the middle of a burst: what is left is its beginning, in order and once; all of it once it is queued", async () => {
  const first = await launchWithProfile(folderOfBursts);
  const ned = await Person.signUp({ newContext: async () => first }, stage.server.url, "ned.fen", "Ned Fen");
  await ned.start(["kit.reed"]);
  await ned.say("hello there");
  await ned.articles
    .filter({ hasText: "hello there" })
    .getByText(/^(Sent|Delivered)/)
    .waitFor();
  await first.close();
  let { context, max: before } = await openApp(folderOfBursts);
  await before.open("kit.reed");
  await before.articles.filter({ hasText: "hello there" }).waitFor();
  for (const isQueued of [false, false, true]) {
    // Faster than drafts are stored, and than the browser writes its synchronous storage to the disk.
    const burst = ["one", "two", "three", "four"].map((word) => `${word} ${Math.random()}`);
    await before.sayAll(burst);
    if (isQueued) await before.allIsStored();
    await kill(context);
    const { context: next, max: after } = await openApp(folderOfBursts);
    await after.open("kit.reed");
    await after.articles.filter({ hasText: "hello there" }).waitFor();
    const lines = async () => (await after.articles.allInnerTexts()).join("\n");
    await expectSoon(async () => expect(await lines()).not.toMatch(/Sending|Waiting/));
    const shown = await lines();
    const left = burst.filter((text) => shown.includes(text));
    expect(left).toEqual(burst.slice(0, isQueued ? burst.length : left.length));
    const places = left.map((text) => [shown.indexOf(text), shown.lastIndexOf(text)] as const);
    expect(places.every(([from, to], index) => from === to && from > (places[index - 1]?.[0] ?? -1))).toBe(true);
    // What is not there may be in the composer, and nothing else is.
    expect(["", ...burst.slice(left.length)]).toContain(await after.composer.inputValue());
    await after.composer.fill("");
    await draftIsStored(after);
    ({ context, max: before } = { context: next, max: after });
  }
  await context.close();
});
