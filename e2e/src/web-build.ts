import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const WEB = fileURLToPath(new URL("../../apps/web/", import.meta.url));

/** The web app as `npm start` serves it; it is built before the browser tests run. */
export const builtWebApp = join(WEB, "dist");

/** The same app as another version: not minified, so that every script differs. Its folder. */
export async function buildOtherVersion(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "parley-version-"));
  const options = ["--outDir", folder, "--minify", "false", "--logLevel", "error"];
  const build = Bun.spawn(["npm", "run", "--silent", "build", "--", ...options], { cwd: WEB, stderr: "pipe" });
  const [problem, code] = await Promise.all([new Response(build.stderr).text(), build.exited]);
  if (code !== 0) throw new Error(`the other version was not built:\n${problem}`);
  return folder;
}

/** The path of a script of a build, by the name of its source. */
export function scriptOf(folder: string, name: string): string {
  const file = readdirSync(join(folder, "assets")).find((file) => file.startsWith(`${name}-`) && file.endsWith(".js"));
  if (file === undefined) throw new Error(`${folder} has no script ${name}`);
  return `/assets/${file}`;
}
