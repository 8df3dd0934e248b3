import { beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { StaticFiles } from "./static-files.ts";

const script = "console.log('hello');\n".repeat(200);
let files: StaticFiles;

beforeAll(() => {
  const root = mkdtempSync(join(tmpdir(), "parley-static-"));
  const dist = join(root, "dist");
  mkdirSync(join(dist, "assets"), { recursive: true });
  writeFileSync(join(root, "private.txt"), "private");
  writeFileSync(join(dist, "index.html"), "<!doctype html><title>Parley</title>");
  writeFileSync(join(dist, "assets", "app-1a2b.js"), script);
  writeFileSync(join(dist, "service-worker.js"), "");
  writeFileSync(join(dist, "manifest.webmanifest"), "{}");
  files = new StaticFiles(dist);
});

function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> {
  return files.serve(new Request(`http://localhost${path}`, { headers, method }), path, "localhost:8080");
}

describe("static files", () => {
  test("the page may speak with this server only and is asked for every time", async () => {
    const page = await get("/");
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    expect(page.headers.get("content-security-policy")).toContain(
      "default-src 'self'; connect-src 'self' ws://localhost:8080",
    );
  });

  test("workers may speak with this server only, and a new service worker is found at once", async () => {
    for (const path of ["/assets/app-1a2b.js", "/service-worker.js"]) {
      expect((await get(path)).headers.get("content-security-policy")).toContain("default-src 'self'");
    }
    expect((await get("/service-worker.js")).headers.get("cache-control")).toBe("no-cache");
  });

  test("the manifest is asked for every time, as what it is", async () => {
    const { headers } = await get("/manifest.webmanifest");
    expect(headers.get("content-type")).toContain("application/manifest+json");
    expect(headers.get("cache-control")).toBe("no-cache");
  });

  test("hashed files are kept for ever and compressed", async () => {
    const plain = await get("/assets/app-1a2b.js");
    expect(plain.headers.get("cache-control")).toContain("immutable");
    expect(await plain.text()).toBe(script);
    const compressed = await get("/assets/app-1a2b.js", { "accept-encoding": "gzip, br" });
    expect(compressed.headers.get("content-encoding")).toBe("gzip");
    expect(gunzipSync(await compressed.bytes()).toString()).toBe(script);
  });

  test("what has not changed is not sent again", async () => {
    const tag = (await get("/")).headers.get("etag") ?? "";
    expect((await get("/", { "if-none-match": tag })).status).toBe(304);
  });

  test("paths of the app's screens get the page, missing files do not", async () => {
    expect(await (await get("/conversation/123")).text()).toContain("<title>Parley</title>");
    expect((await get("/assets/old-9z.js")).status).toBe(404);
  });

  test("nothing outside the folder can be had", async () => {
    for (const path of ["/../private.txt", "/%2e%2e/private.txt", "/assets/../../private.txt", "//private.txt"]) {
      expect((await get(path)).status).toBe(404);
    }
  });

  test("only reads are possible", async () => {
    expect((await get("/", {}, "POST")).status).toBe(405);
  });

  test("an app that is not built says so", async () => {
    const none = new StaticFiles(join(tmpdir(), "parley-no-such-folder"));
    const answer = await none.serve(new Request("http://localhost/"), "/", "localhost");
    expect([answer.status, await answer.text()]).toEqual([503, "The web app is not built yet. Run: npm run build\n"]);
  });
});
