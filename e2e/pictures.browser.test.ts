import { expect, test } from "bun:test";
import { CuttingProxy } from "@parley/rig/link";
import type { Locator } from "playwright-core";
import { violations } from "./src/axe.ts";
import { expectSoon } from "./src/expect-soon.ts";
import { shellReady } from "./src/offline-shell.ts";
import { Person } from "./src/person.ts";
import { Stage } from "./src/stage.ts";

const PATIENCE_MS = 20_000;

const stage = await Stage.open({ peopleStay: true });
const proxy = await stage.between(CuttingProxy.open);
/** Nora is cut off now and then. */
const [first, otto] = await stage.twoPeople("Nora", "Otto", { address: proxy.url });
await stage.newcomer("pia.reed", "Pia Reed");
let nora = first;

const info = ({ page }: Person) => page.getByRole("dialog", { name: "Group info" });
/** Pictures that are drawn in a part of the page. */
const drawn = (part: Locator) => part.locator("img[src^='blob:']");
const header = ({ page }: Person) => page.getByRole("main").locator("header").first();

async function openInfo(person: Person): Promise<Locator> {
  await person.page.getByRole("button", { name: "Group info" }).click();
  await info(person).waitFor();
  return info(person);
}

/** A file as somebody might have it: wide, and of more bytes than a picture may have. */
async function wideImage({ page }: Person): Promise<Buffer> {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [1_200, 600];
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("this page cannot draw");
    const pixels = context.createImageData(1_200, 600);
    for (let index = 0; index < pixels.data.length; index += 4) {
      const x = (index / 4) % 1_200;
      // Red at both ends, which are cut off; noise, which is hard to make small.
      const middle = x >= 300 && x < 900;
      pixels.data.set(middle ? [40, 120 + Math.random() * 80, 90, 255] : [255, 0, 0, 255], index);
    }
    context.putImageData(pixels, 0, 0);
    return canvas.toDataURL("image/png").split(",")[1] ?? "";
  });
  return Buffer.from(base64, "base64");
}

/** How large it is, and the colour of its left edge. */
function lookAt(picture: Locator) {
  return picture.evaluate(async (image) => {
    if (!(image instanceof HTMLImageElement)) throw new Error("this is no image");
    await image.decode();
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d");
    context?.drawImage(image, 0, 0);
    const [red = 0, green = 0] = context?.getImageData(1, 64, 1, 1).data ?? [];
    return { width: image.naturalWidth, height: image.naturalHeight, isRed: red > 200 && green < 80 };
  });
}

test("[PIC1] a picture is chosen without a network, cropped, and shown at once, after a restart too; others see it later", async () => {
  await nora.start(["Otto Moss", "Pia Reed"], "Choir");
  await nora.say("we need a picture");
  await otto.open("Choir");
  await shellReady(nora.page);
  const file = { name: "wide.png", mimeType: "image/png", buffer: await wideImage(nora) };
  proxy.sever();
  await nora.banner.waitFor();
  const dialog = await openInfo(nora);
  expect(await drawn(dialog).count()).toBe(0);
  await dialog.locator("input[type=file]").setInputFiles(file);
  await drawn(dialog).waitFor();
  expect(await lookAt(drawn(dialog))).toEqual({ width: 256, height: 256, isRed: false });
  await dialog.getByRole("button", { name: "Remove picture" }).waitFor();
  expect(await violations(nora.page)).toEqual([]);
  await nora.page.keyboard.press("Escape");
  for (const part of [header(nora), nora.listItem("Choir")]) await drawn(part).waitFor();
  await nora.page.reload();
  await nora.composer.waitFor();
  for (const part of [header(nora), nora.listItem("Choir")]) await drawn(part).waitFor();
  expect(await drawn(header(otto)).count()).toBe(0);
  proxy.heal();
  await nora.banner.waitFor({ state: "detached", timeout: PATIENCE_MS });
  await otto.log.getByText("Nora Fen changed the picture of the group").waitFor({ timeout: PATIENCE_MS });
  for (const part of [header(otto), otto.listItem("Choir")]) await drawn(part).waitFor();
  expect(await lookAt(drawn(header(otto)))).toEqual({ width: 256, height: 256, isRed: false });
  await nora.log.getByText("You changed the picture of the group").waitFor();
});

test("[PIC2] a picture that a device was given is shown without a network, too, in every list of conversations", async () => {
  const { context } = nora;
  const address = nora.page.url();
  await nora.page.close();
  proxy.sever();
  nora = await Person.inOpenApp(await context.newPage(), address);
  await drawn(header(nora)).waitFor();
  await nora.page.keyboard.press("Control+k");
  const option = nora.page.getByRole("dialog").getByRole("option", { name: "Choir" });
  await drawn(option).waitFor();
  await nora.page.keyboard.press("Escape");
  proxy.heal();
});

test("what is no image is not taken, and that is said; the button is reached by keyboard", async () => {
  const chooser = otto.page.waitForEvent("filechooser");
  const dialog = await openInfo(otto);
  const file = { name: "words.png", mimeType: "image/png", buffer: Buffer.from("no picture at all") };
  await dialog.locator("input[type=file]").setInputFiles(file);
  await otto.page.getByText("This file is not an image that can be shown here.").first().waitFor();
  const choose = dialog.getByRole("button", { name: "Choose picture…" });
  await choose.focus();
  await otto.page.keyboard.press("Enter");
  await (await chooser).setFiles([]);
  await otto.page.keyboard.press("Escape");
});

test("[PIC2] a picture that somebody removes is gone from all screens, and the colour of the group is back", async () => {
  const dialog = await openInfo(otto);
  await dialog.getByRole("button", { name: "Remove picture" }).click();
  await drawn(dialog).waitFor({ state: "detached" });
  const choose = dialog.getByRole("button", { name: "Choose picture…" });
  await expectSoon(async () => expect(await choose.evaluate((button) => button === document.activeElement)).toBe(true));
  await otto.page.keyboard.press("Escape");
  await nora.log.getByText("Otto Moss removed the picture of the group").waitFor({ timeout: PATIENCE_MS });
  for (const person of [nora, otto]) {
    for (const part of [header(person), person.listItem("Choir")]) await drawn(part).waitFor({ state: "detached" });
  }
  await nora.page.reload();
  await nora.composer.waitFor();
  await otto.say("plain again");
  await nora.articles.filter({ hasText: "plain again" }).waitFor();
  expect(await drawn(header(nora)).count()).toBe(0);
});
