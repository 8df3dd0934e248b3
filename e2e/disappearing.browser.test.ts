import { expect, test } from "bun:test";
import { RawDevice, setTimer, signUp } from "@parley/rig";
import { CuttingProxy } from "@parley/rig/link";
import { violations } from "./src/axe.ts";
import type { Person } from "./src/person.ts";
import { Stage } from "./src/stage.ts";

/** The shortest there is; people choose among longer ones, so a client of another kind sets it. */
const SHORTEST = 5;
const PATIENCE_MS = 20_000;
/** Since it was read. */
const IS_KNOWN = /^Disappears (?!.*after it is read)/;

const stage = await Stage.open({ peopleStay: true });
const proxy = await stage.between(CuttingProxy.open);
const [nora, otto] = await stage.twoPeople("Nora", "Otto", { address: proxy.url });

const { token } = await signUp(stage.server.url, "pia.reed");
const pia = new RawDevice(stage.server.url, token);
await pia.hello();

const article = (person: Person, text: string) => person.articles.filter({ hasText: text });
const gone = (person: Person, text: string) =>
  article(person, text).waitFor({ state: "detached", timeout: PATIENCE_MS });

async function openTimer({ page }: Person) {
  await page.getByRole("button", { name: "More actions" }).first().click();
  await page.getByRole("menuitem", { name: "Disappearing messages…" }).click();
  const dialog = page.getByRole("dialog", { name: "Disappearing messages" });
  await dialog.waitFor();
  return dialog;
}

test("[DIS1] who sets a timer and who is told see it at the top, in the list of messages, and at what is written then", async () => {
  const dialog = await openTimer(nora);
  expect(await dialog.getByRole("radio", { name: "Never" }).isChecked()).toBe(true);
  await dialog.getByRole("radio", { name: "After 1 hour" }).check();
  expect(await violations(nora.page)).toEqual([]);
  await nora.page.keyboard.press("Escape");
  await otto.log.getByText(/let new messages disappear 1 hour after they are read/).waitFor();
  for (const { page } of [nora, otto]) await page.getByText("New messages disappear after 1 hour").first().waitFor();
  await nora.say("soon forgotten");
  await article(otto, "soon forgotten")
    .getByText(/^Disappears /)
    .waitFor();
  await article(nora, "soon forgotten").getByText(IS_KNOWN).waitFor();
  expect(
    await article(nora, "hello there")
      .getByText(/^Disappears/)
      .count(),
  ).toBe(0);
  expect(await violations(otto.page)).toEqual([]);
});

test("[DIS5] what has been read goes from both screens at its time, and nothing shows that it was there", async () => {
  await nora.start(["Otto Moss", "pia.reed"], "Quick");
  // Another device sets the timer of what the server has.
  await otto.listItem("Quick").waitFor();
  const log = new URL(nora.page.url()).hash.split("/").at(-1) ?? "";
  expect(await pia.submit([setTimer(log, SHORTEST)])).toMatchObject([
    { outcome: { case: "verdict", value: { outcome: { case: "accepted" } } } },
  ]);
  await nora.log.getByText(/disappear 5 seconds after they are read/).waitFor();
  await otto.open("Quick");
  await nora.say("read and gone");
  await article(otto, "read and gone").waitFor();
  for (const person of [nora, otto]) await gone(person, "read and gone");
  expect(await nora.log.getByText(/disappeared|deleted/).count()).toBe(0);
});

test("[DIS4] without a network it goes from the device all the same, and stays away", async () => {
  await nora.say("read and gone offline");
  await article(otto, "read and gone offline").waitFor();
  await article(nora, "read and gone offline").getByText(IS_KNOWN).waitFor();
  proxy.sever();
  await nora.banner.waitFor();
  for (const person of [nora, otto]) await gone(person, "read and gone offline");
  proxy.heal();
  await nora.banner.waitFor({ state: "detached", timeout: PATIENCE_MS });
  await otto.say("back again?");
  await article(nora, "back again?").waitFor();
  expect(await article(nora, "read and gone offline").count()).toBe(0);
});
