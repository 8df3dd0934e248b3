import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { fileURLToPath } from "node:url";
import { clientStoreContract } from "@parley/client-store";
import type { Browser } from "playwright-core";
import { launchChromium } from "./src/chromium.ts";
import { servePage } from "./src/page-server.ts";
import type { CaseResult } from "./src/store-page/contract-run.ts";
import { indexedDbCases } from "./src/store-page/indexeddb-cases.ts";

let browser: Browser;
let pages: Awaited<ReturnType<typeof servePage>>;

beforeAll(async () => {
  browser = await launchChromium();
  pages = await servePage({
    "/page.js": sourcePath("page.ts"),
    "/worker.js": sourcePath("worker.ts"),
  });
});

afterAll(async () => {
  await browser.close();
  pages.stop();
});

const names = [...clientStoreContract(), ...indexedDbCases()].map(({ name }) => name);

for (const place of ["page", "shared-worker", "worker"]) {
  describe(`the client store contract on IndexedDB in Chromium, in a ${place}`, () => {
    let results: ReadonlyMap<string, string>;

    beforeAll(async () => {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`${pages.address}/#${place}`);
      const found = await page.waitForFunction(() => Reflect.get(globalThis, "results"));
      const list: readonly CaseResult[] = await found.jsonValue();
      results = new Map(list.map(({ name, error }) => [name, error]));
      await context.close();
    });

    for (const name of names) {
      test(name, () => {
        expect(results.get(name)).toBe("");
      });
    }
  });
}

test("a full disk in Chromium: typed, and nothing of that commit is stored", async () => {
  const { kind, drafts } = await onSmallDisk("full");
  expect(kind).toBe("full");
  expect(drafts).toBeGreaterThan(0);
});

test("[STO10] a disk that is full of history in Chromium: what is typed finds room, and ranges tell what is still held", async () => {
  const { before, after, ranges, honest, queued, conversations } = await onSmallDisk("room");
  expect(queued).toBe(250);
  expect(conversations).toEqual(["new"]);
  expect(after).toBeLessThan(before);
  expect(after).toBeGreaterThanOrEqual(200);
  expect(honest).toBe(true);
  expect(ranges).toBe(1);
}, 60_000);

/** Runs a case in a browser that gives the site six megabytes. */
async function onSmallDisk(place: string) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const quota = { origin: pages.address, quotaSize: 6_000_000 };
  await devtools.send("Storage.overrideQuotaForOrigin", quota);
  await page.goto(`${pages.address}/#${place}`);
  const found = await page.waitForFunction(() => Reflect.get(globalThis, "results"));
  const results = await found.jsonValue();
  await context.close();
  return results;
}

function sourcePath(file: string): string {
  return fileURLToPath(new URL(`./src/store-page/${file}`, import.meta.url));
}
