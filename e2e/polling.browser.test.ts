import { expect, test } from "bun:test";
import { BlockingProxy } from "./src/blocking-proxy.ts";
import type { Person } from "./src/person.ts";
import { Stage } from "./src/stage.ts";

const BURST = 30;

const stage = await Stage.open();
/** Says no to WebSockets, as a proxy that knows nothing of them does. */
const refusing = await stage.between((targetPort) => BlockingProxy.open(targetPort, "refuse"));
/** Takes requests for WebSockets and never answers. */
const ignoring = await stage.between((targetPort) => BlockingProxy.open(targetPort, "ignore"));

test("[CON5] [CON6] two people chat where WebSockets are blocked, and go back to WebSockets when they pass: nothing is lost, doubled or swapped", async () => {
  const [ivy, jon] = await stage.twoPeople("Ivy", "Jon", { address: refusing.url }, { address: ignoring.url });
  expect([refusing.blocked > 0, ignoring.blocked > 0]).toEqual([true, true]);

  await jon.page.bringToFront();
  await ivy.articles.filter({ hasText: "hello there" }).getByText(/^Read/).waitFor();
  await jon.composer.pressSequentially("typing…");
  await ivy.page
    .getByText(/Jon Moss is typing/)
    .first()
    .waitFor();
  await jon.composer.fill("");
  await jon.choose("hello there", "React with 👍");
  await ivy.articles.filter({ hasText: "hello there" }).filter({ hasText: "👍" }).waitFor();
  await ivy.editLast("hello again");
  await jon.articles.filter({ hasText: "hello again" }).getByText("edited").waitFor();
  expect([refusing.upgraded, ignoring.upgraded]).toEqual([0, 0]);

  const typing = Promise.all([ivy, jon].map((person) => burst(person)));
  refusing.set("pass");
  ignoring.set("pass");
  await Promise.all([
    looksAgainUntil(ivy, () => refusing.upgraded === 1),
    looksAgainUntil(jon, () => ignoring.upgraded === 1),
  ]);
  await typing;
  await Promise.all([ivy, jon].map((person) => person.say(`${person.userName} by WebSocket`)));
  for (const reader of [ivy, jon]) {
    for (const writer of [ivy, jon]) {
      await reader.articles.filter({ hasText: `${writer.userName} by WebSocket` }).waitFor();
    }
  }
  const [left, right] = [await ivy.readAll(/\w+\.\w+ \d\d$/m), await jon.readAll(/\w+\.\w+ \d\d$/m)];
  expect(left).toEqual(right);
  for (const { userName } of [ivy, jon]) {
    expect(left.filter((text) => text.startsWith(userName))).toEqual(numbers.map((number) => `${userName} ${number}`));
  }
});

const numbers = Array.from({ length: BURST }, (_, index) => String(index + 1).padStart(2, "0"));

async function burst(person: Person): Promise<void> {
  for (const number of numbers) {
    await person.say(`${person.userName} ${number}`);
    await person.page.waitForTimeout(100);
  }
}

/** Somebody who comes back to the page now and then; each time the device looks whether a better way is open. */
async function looksAgainUntil(person: Person, isThere: () => boolean): Promise<void> {
  while (!isThere()) {
    await person.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await person.page.waitForTimeout(500);
  }
}
