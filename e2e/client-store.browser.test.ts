import { beforeAll, describe, expect, test } from "bun:test";
import { fileURLToPath } from "node:url";
import { clientStoreContract } from "@parley/client-store";
import { browserForThisFile, forThisFile } from "./src/for-this-file.ts";
import { servePage } from "./src/page-server.ts";
import type { CaseResult } from "./src/store-page/contract-run.ts";
import { indexedDbCases } from "./src/store-page/indexeddb-cases.ts";

const browser = await browserForThisFile();
const pages = await forThisFile(
  servePage({ "/page.js": sourcePath("page.ts"), "/worker.js": sourcePath("worker.ts") }),
  (opened) => opened.stop(),
);

const names = [...clientStoreContract(), ...indexedDbCases()].map(({ name }) => name);

for (const place of ["page", "shared-worker", "worker"]) {
  describe(`the client store contract on IndexedDB in Chromium, in a ${place}`, () => {
    let results: ReadonlyMap<string, string>;

    beforeAll(async () => {
      const page = await browser.newPage();
      await page.goto(`${pages.address}/#${place}`);
      const found = await page.waitForFunction(() => Reflect.get(globalThis, "results"));
      const list: readonly CaseResult[] = await found.jsonValue();
      results = new Map(list.map(({ name, error }) => [name, error]));
    });

    for (const name of names) {
      test(name, () => {
        expect(results.get(name)).toBe("");
      });
    }
  });
}

test("a full disk in Chromium: typed, and nothing of that commit is stored", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const quota = { origin: pages.address, quotaSize: 6_000_000 };
  await devtools.send("Storage.overrideQuotaForOrigin", quota);
  await page.goto(`${pages.address}/#full`);
  const found = await page.waitForFunction(() => Reflect.get(globalThis, "results"));
  const { kind, drafts } = await found.jsonValue();
  expect(kind).toBe("full");
  expect(drafts).toBeGreaterThan(0);
});

function sourcePath(file: string): string {
  return fileURLToPath(new URL(`./src/store-page/${file}`, import.meta.url));
}
