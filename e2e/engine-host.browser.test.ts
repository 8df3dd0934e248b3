import { describe, expect, test } from "bun:test";
import type { Person } from "./src/person.ts";
import { sharedWorkersOf } from "./src/shared-workers.ts";
import { Stage } from "./src/stage.ts";

const LETTERS = ["a", "b", "c", "d", "e", "f", "g", "h"];

const stage = await Stage.open();

describe("the worker that serves all tabs", () => {
  test("[OUT1] dies while a person types: the view stays, and every message arrives once and in order", async () => {
    const [gil, hana] = await stage.twoPeople("Gil", "Hana");
    const tab = await gil.anotherTab();
    await tab.open("Hana Moss");
    const fewest = await watchArticles(gil);
    for (const letter of LETTERS) {
      if (letter === "c" || letter === "f") await killWorkers(gil);
      await gil.say(`letter ${letter}`);
    }
    for (const person of [gil, tab, hana]) await expectOnce(person, LETTERS);
    expect(await fewest()).toBeGreaterThan(0);
    expect(await handOffs(gil)).toBe(0);
  });

  test("[OUT1] dies with the tab on Enter: the next tab sends what was typed", async () => {
    const [ida, jon] = await stage.twoPeople("Ida", "Jon");
    await killWorkers(ida);
    await ida.say("letter a");
    await ida.page.reload();
    await ida.say("letter b");
    for (const person of [ida, jon]) await expectOnce(person, ["a", "b"]);
  });

  test("[STO2] freezes, is replaced, and changes nothing when it thaws", async () => {
    const [kim, lou] = await stage.twoPeople("Kim", "Lou");
    const thaw = await freezeWorker(kim);
    await kim.say("letter a");
    // A person comes back to the tab: it asks the worker, which does not answer.
    await kim.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    for (const person of [kim, lou]) await expectOnce(person, ["a"]);
    expect(await sharedWorkersOf(stage.browser, kim)).toHaveLength(2);
    await thaw();
    await kim.say("letter b");
    for (const person of [kim, lou]) await expectOnce(person, ["a", "b"]);
  });

  test("ends when one tab signs out: no tab is signed in, and nothing is left on the device", async () => {
    const [mia] = await stage.twoPeople("Mia", "Ned");
    const tab = await mia.anotherTab();
    await mia.page.evaluate(() => {
      const { account } = JSON.parse(localStorage.getItem("parley.account") ?? "{}");
      localStorage.setItem(`parley.draft.${account}.elsewhere`, "never stored");
    });
    await mia.signOut();
    await tab.page.getByRole("button", { name: "Sign in" }).waitFor();
    expect(await mia.page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
    const items = await mia.page.evaluate(() => Object.keys(localStorage));
    expect(items.filter((key) => /account|draft|hand-off/.test(key))).toEqual([]);
  });
});

describe("a browser that lends no workers", () => {
  test("[HST5] runs the engine in the tab; a second tab takes over, the first says so, and takes it back when that one closes", async () => {
    const [oda, pia] = await stage.twoPeople("Oda", "Pia", { host: "tab" });
    expect(oda.page.workers()).toEqual([]);
    await oda.say("letter a");
    for (const person of [oda, pia]) await expectOnce(person, ["a"]);
    const tab = await oda.anotherTab();
    await tab.open("Pia Moss");
    await oda.page.getByText("Parley is open in another window").waitFor();
    await tab.say("letter b");
    for (const person of [tab, pia]) await expectOnce(person, ["a", "b"]);
    await oda.say("letter c");
    await tab.page.close();
    // What is typed is shown at once, before the engine is back.
    await oda.articles.filter({ hasText: "letter b" }).waitFor();
    for (const person of [pia, oda]) await expectOnce(person, ["a", "b", "c"]);
  });
});

/** Waits for the last letter, then looks at all of them. */
async function expectOnce(person: Person, letters: readonly string[]): Promise<void> {
  await person.articles.filter({ hasText: `letter ${letters.at(-1)}` }).waitFor();
  const shown = (await person.articles.allInnerTexts()).flatMap((text) => text.match(/letter (\w)/)?.[1] ?? []);
  expect(shown).toEqual([...letters]);
}

/** Ends the workers of a person's browser as a crash would: without a word. */
async function killWorkers(person: Person): Promise<void> {
  const devtools = await stage.browser.newBrowserCDPSession();
  for (const { targetId } of await sharedWorkersOf(stage.browser, person)) {
    await devtools.send("Target.closeTarget", { targetId });
  }
  await devtools.detach();
}

/** Stops a person's worker in the middle of what it does, its Web Lock held; resolves, once it stands, to what lets it go on. */
async function freezeWorker(person: Person): Promise<() => Promise<void>> {
  const [worker] = await sharedWorkersOf(stage.browser, person);
  if (worker === undefined) throw new Error("there is no worker to freeze");
  const devtools = await stage.browser.newBrowserCDPSession();
  const { sessionId } = await devtools.send("Target.attachToTarget", { targetId: worker.targetId, flatten: false });
  const tell = (method: string, params = {}) =>
    devtools.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id: 1, method, params }) });
  const stands = new Promise<void>((resolve) => {
    devtools.on("Target.receivedMessageFromTarget", ({ message }) => {
      if (JSON.parse(message).method === "Debugger.paused") resolve();
    });
  });
  await tell("Debugger.enable");
  await tell("Runtime.evaluate", { expression: "debugger" });
  await stands;
  return async () => void (await tell("Debugger.resume"));
}

/** Watches from now on; resolves to the fewest messages that were on the screen in any frame. */
async function watchArticles(person: Person): Promise<() => Promise<number>> {
  await person.page.evaluate(() => {
    let fewest = Number.POSITIVE_INFINITY;
    const look = () => {
      fewest = Math.min(fewest, document.querySelectorAll("[role=log] article, [role=log] [role=article]").length);
      Object.assign(globalThis, { fewest });
      requestAnimationFrame(look);
    };
    look();
  });
  return () => person.page.evaluate(() => Number(Reflect.get(globalThis, "fewest")));
}

function handOffs(person: Person): Promise<number> {
  return person.page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("hand-off")).length);
}
