import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const WEB = fileURLToPath(new URL("../../apps/web/", import.meta.url));

export interface Gallery {
  /** The whole app on an engine without a server; see apps/web/gallery/app.tsx for what its parameters do. */
  readonly app: string;
  /** Every primitive in every state. */
  readonly primitives: string;
  stop(): Promise<void>;
}

/** As strict as the server's own, but for its sockets. */
const headers = {
  "content-security-policy": "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'",
};

/** Builds the gallery of the web app into a folder of its own and serves it on this machine. */
export async function serveGallery(): Promise<Gallery> {
  const folder = mkdtempSync(join(tmpdir(), "parley-gallery-"));
  const args = ["run", "--silent", "build-gallery", "--", "--outDir", folder, "--logLevel", "error"];
  // As people have it: what Bun says about tests would make it a build for developers, with twice as much of React.
  const env = { ...process.env, NODE_ENV: "production" };
  const built = Bun.spawnSync(["npm", ...args], { cwd: WEB, env, stderr: "pipe" });
  if (built.exitCode !== 0) throw new Error(`the gallery was not built:\n${built.stderr.toString()}`);
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request) {
      const file = Bun.file(join(folder, new URL(request.url).pathname));
      return (await file.exists()) ? new Response(file, { headers }) : new Response(null, { status: 404 });
    },
  });
  return {
    app: `${server.url.origin}/gallery/app.html`,
    primitives: `${server.url.origin}/gallery/index.html`,
    stop: () => server.stop(true),
  };
}
