/** Draws the icons that have to be pictures from `icon.svg`: `npm run -w @parley/e2e draw-icons`, after the drawing has changed. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launchChromium } from "./src/chromium.ts";

const FOLDER = fileURLToPath(new URL("../apps/web/public/", import.meta.url));
/** The colour of the drawing's own ground. */
const GROUND = "#4b45c6";
/** At this size the bubbles lie within the middle four fifths, of which no platform cuts anything off. */
const SAFE_PART = 0.9;

const icons = [
  { name: "icon-192.png", size: 192, part: 1, ground: "transparent" },
  { name: "icon-512.png", size: 512, part: 1, ground: "transparent" },
  { name: "icon-maskable-512.png", size: 512, part: SAFE_PART, ground: GROUND },
  // Its corners are rounded by the platform.
  { name: "apple-touch-icon.png", size: 180, part: SAFE_PART, ground: GROUND },
];

const browser = await launchChromium();
const page = await browser.newPage();
const drawing = readFileSync(`${FOLDER}icon.svg`, "utf8");
for (const { name, size, part, ground } of icons) {
  await page.setViewportSize({ width: size, height: size });
  const inner = `width: ${size * part}px; height: ${size * part}px; margin: ${(size * (1 - part)) / 2}px; display: block`;
  await page.setContent(
    `<body style="margin: 0; overflow: hidden; background: ${ground}">${drawing.replace("<svg ", `<svg style="${inner}" `)}</body>`,
  );
  await page.screenshot({ path: `${FOLDER}${name}`, omitBackground: true });
}
await browser.close();
