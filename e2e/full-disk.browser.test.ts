import { expect, test } from "bun:test";
import { post, RawDevice, signUp } from "@parley/rig";
import type { Browser, Page } from "playwright-core";
import { expectSoon } from "./src/expect-soon.ts";
import { shellReady } from "./src/offline-shell.ts";
import { Stage } from "./src/stage.ts";

const AT_ONCE = 50;
/** Room for some of the history. The browser notices only after a while that it is used up, and counts what the app itself takes a little differently each time. */
const ROOM_BYTES = 1_000_000;
const MOST_BATCHES = 30;
const TYPED = ["typed 0", "typed 1", "typed 2"];

const stage = await Stage.open({ peopleStay: true });
const { token } = await signUp(stage.server.url, "jon.moss");
const ida = await stage.newcomer("ida.fen", "Ida Fen", { browser: await smallBrowser() });

/** A profile that may keep the app and a little more, from its first moment on: later the browser would notice only after a while. */
async function smallBrowser(): Promise<Pick<Browser, "newContext">> {
  const probe = await stage.newcomer("eva.moss", "Eva Moss");
  await shellReady(probe.page);
  const app = await probe.page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  await probe.context.close();
  const context = await stage.browser.newContext();
  const blank = await context.newPage();
  const session = await context.newCDPSession(blank);
  // In force as long as this session is.
  await session.send("Storage.overrideQuotaForOrigin", { origin: stage.server.url, quotaSize: app + ROOM_BYTES });
  return { newContext: async () => context };
}

/** Text that no storage makes smaller. */
function long(beginning: string): string {
  return `${beginning} ${Buffer.from(crypto.getRandomValues(new Uint8Array(2_000))).toString("hex")}`;
}

/** How many rows a table of the local store has. */
function rows(page: Page, table: string): Promise<number> {
  return page.evaluate(async (name) => {
    const done = (request: IDBRequest) =>
      new Promise((resolve) => {
        request.onsuccess = resolve;
      });
    const [database] = await indexedDB.databases();
    const opening = indexedDB.open(database?.name ?? "");
    await done(opening);
    const counting = opening.result.transaction(name).objectStore(name).count();
    await done(counting);
    opening.result.close();
    return counting.result;
  }, table);
}

/** What arrives for Jon that begins like this, in its order. */
async function heardBy(jon: RawDevice, pattern: RegExp): Promise<readonly string[]> {
  const shown = jon
    .all("reset")
    .flatMap(({ newest }) => newest?.entries ?? [])
    .map(({ body }) =>
      body.case === "message" && body.value.state.case === "content" ? body.value.state.value : undefined,
    );
  const told = jon
    .all("event")
    .map(({ event }) => (event?.body.case === "posted" ? event.body.value.content : undefined));
  return [...shown, ...told].flatMap((content) =>
    content?.form.case === "plain" ? (pattern.exec(content.form.value.text) ?? []) : [],
  );
}

async function jonConnects(): Promise<RawDevice> {
  return new RawDevice(stage.server.url, token).opened();
}

test("[STO10] where the browser gives no more room, old history goes, and what is typed is kept, sent and arrives", async () => {
  await ida.start(["jon.moss"]);
  await ida.say("hello there");
  await ida.articles
    .filter({ hasText: "hello there" })
    .getByText(/^(Sent|Delivered)/)
    .waitFor();
  const jon = await jonConnects();
  const { conversations } = await jon.hello();
  const conversation = conversations[0]?.head?.conversation ?? "";
  let held = await rows(ida.page, "entries");
  for (let batch = 0, before = 0; held >= before; batch++) {
    expect(batch).toBeLessThan(MOST_BATCHES);
    before = held;
    await jon.submit(Array.from({ length: AT_ONCE }, (_, index) => post(conversation, long(`old ${batch} ${index}`))));
    await ida.articles.filter({ hasText: `old ${batch} ${AT_ONCE - 1} ` }).waitFor();
    held = await rows(ida.page, "entries");
  }
  jon.close();
  await stage.server.kill();
  for (const text of TYPED) await ida.say(text);
  await ida.page.waitForFunction(() => Object.keys(localStorage).every((key) => !key.includes("hand-off")));
  expect(await rows(ida.page, "outbox")).toBeGreaterThanOrEqual(TYPED.length);
  await stage.startServerAgain();
  const back = await jonConnects();
  await back.hello();
  await expectSoon(async () => expect(await heardBy(back, /^typed \d/)).toEqual(TYPED));
  back.close();
});
