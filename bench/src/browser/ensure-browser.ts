import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
/** The programs that make ready what `npm start` and the browser tests need. */
const PREPARATIONS = ["tools/build.mjs", "tools/chromium.mjs"];

/**
 * Builds the web app if it has changed, and installs Chromium where that is possible without asking.
 *
 * @throws Error that says what is missing
 */
export async function ensureBrowser(): Promise<void> {
  for (const program of PREPARATIONS) {
    const preparing = Bun.spawn(["node", program], { cwd: ROOT, stdout: "pipe", stderr: "pipe" });
    const [problem, , code] = await Promise.all([
      new Response(preparing.stderr).text(),
      new Response(preparing.stdout).text(),
      preparing.exited,
    ]);
    if (code !== 0) throw new Error(problem.trim());
  }
}
