import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "vite";
import type { PrecacheList } from "../src/service-worker/precache-list.ts";

const ENTRY = fileURLToPath(new URL("../src/service-worker/service-worker.ts", import.meta.url));
const SCRIPT = "service-worker.js";
const PAGE = "index.html";

/**
 * After everything else is written: lists it, gives it a version that the page carries too, and builds the service worker with that list. A server for
 * development has none, and removes one that a build has left behind on its address.
 */
export function serviceWorkerPlugin(): Plugin {
  return {
    name: "parley-service-worker",
    writeBundle: {
      order: "post",
      sequential: true,
      async handler({ dir }) {
        if (dir === undefined) return;
        const list = precacheList(dir);
        await buildWorker(dir, list);
      },
    },
    configureServer(server) {
      server.middlewares.use(`/${SCRIPT}`, (_request, response) => {
        response.setHeader("content-type", "text/javascript").end(REMOVES_ITSELF);
      });
    },
  };
}

const REMOVES_ITSELF = `
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) await caches.delete(name);
  await registration.unregister();
  for (const page of await clients.matchAll({ type: "window" })) await page.navigate(page.url);
})()));
`;

/** Marks the page with the version before it takes the page's own hash. */
function precacheList(folder: string): PrecacheList {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== SCRIPT && !entry.name.endsWith(".map"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const version = versionOf(files);
  const page = join(folder, PAGE);
  writeFileSync(page, readFileSync(page, "utf8").replace("<html ", `<html data-version="${version}" `));
  return {
    version,
    files: files.map((file) => ({
      path: `/${relative(folder, file).split(sep).join("/")}`,
      integrity: `sha256-${createHash("sha256").update(readFileSync(file)).digest("base64")}`,
    })),
  };
}

function versionOf(files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("base64url").slice(0, 12);
}

/** As a classic script: not every browser has service workers that are modules. */
async function buildWorker(folder: string, list: PrecacheList): Promise<void> {
  await build({
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    define: { PRECACHE_LIST: JSON.stringify(list) },
    build: {
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { input: ENTRY, output: { format: "iife", entryFileNames: SCRIPT } },
    },
  });
}
