import { readdirSync, statSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { contentSecurityPolicy } from "./security-headers.ts";

/** Files whose names hold a hash of their content never change. */
const IMMUTABLE_FOLDER = "/assets/";
const COMPRESSED = new Set([".html", ".js", ".css", ".json", ".svg", ".webmanifest", ".map", ".txt"]);
/** What can run. */
const CONTROLLED = new Set([".html", ".js"]);
const COMPRESS_FROM_BYTES = 1_024;
const PAGE = "/index.html";

interface StaticFile {
  readonly file: string;
  readonly tag: string;
  compressed: Uint8Array<ArrayBuffer> | undefined;
}

/** The built web app. Only files that were there at the start are served, by their exact path. */
export class StaticFiles {
  readonly #files: ReadonlyMap<string, StaticFile>;

  constructor(folder: string) {
    this.#files = new Map(
      listFiles(folder).map((file) => [`/${relative(folder, file).split(sep).join("/")}`, entryOf(file)]),
    );
  }

  get built(): boolean {
    return this.#files.has(PAGE);
  }

  /** Answers GET and HEAD of a path. Paths of the app's own screens get its page. */
  async serve(request: Request, path: string, host: string): Promise<Response> {
    if (request.method !== "GET" && request.method !== "HEAD") {
      return new Response("Only GET is possible here.\n", { status: 405, headers: { allow: "GET, HEAD" } });
    }
    const name = path.endsWith("/") ? `${path}index.html` : path;
    const found = this.#files.get(name);
    if (found !== undefined) return respond(request, name, found, host);
    const page = this.#files.get(PAGE);
    if (page !== undefined && extname(path) === "") return respond(request, PAGE, page, host);
    if (page === undefined && path === "/") {
      return new Response("The web app is not built yet. Run: npm run build\n", { status: 503 });
    }
    return new Response("There is nothing here.\n", { status: 404 });
  }
}

async function respond(request: Request, name: string, found: StaticFile, host: string): Promise<Response> {
  const headers = new Headers({
    "content-type": Bun.file(found.file).type,
    "cache-control": name.startsWith(IMMUTABLE_FOLDER) ? "public, max-age=31536000, immutable" : "no-cache",
    etag: found.tag,
    vary: "accept-encoding",
  });
  // A worker has the policy of its script.
  if (CONTROLLED.has(extname(name))) headers.set("content-security-policy", contentSecurityPolicy(host));
  if (request.headers.get("if-none-match") === found.tag) return new Response(null, { status: 304, headers });
  if (!wantsCompressed(request, found)) return new Response(Bun.file(found.file), { headers });
  found.compressed ??= Bun.gzipSync(await Bun.file(found.file).bytes());
  headers.set("content-encoding", "gzip");
  return new Response(found.compressed, { headers });
}

function wantsCompressed(request: Request, { file }: StaticFile): boolean {
  if (!(request.headers.get("accept-encoding") ?? "").includes("gzip")) return false;
  return COMPRESSED.has(extname(file)) && Bun.file(file).size >= COMPRESS_FROM_BYTES;
}

function entryOf(file: string): StaticFile {
  const { size, mtimeMs } = statSync(file);
  return { file, tag: `W/"${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}"`, compressed: undefined };
}

/** Every file below a folder; none if there is no such folder. */
function listFiles(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
