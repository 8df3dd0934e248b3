import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

/** Minified: each page that is looked at reads it anew. */
const AXE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: readonly unknown[] }[];
}

/** What to look at: everything, or after a change of colours or of sizes alone what that may have spoiled. */
export type Regard = "everything" | "colours" | "all but colours";

const COLOURS = "color-contrast";
const options = {
  everything: {},
  colours: { runOnly: [COLOURS] },
  "all but colours": { rules: { [COLOURS]: { enabled: false } } },
} as const satisfies Record<Regard, object>;

/** What axe finds wrong with the page once nothing fades in any more, one line for each rule: nothing is what it should be. */
export async function violations(page: Page, regard: Regard = "everything"): Promise<string[]> {
  await stillness(page);
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(AXE);
  const asked = { ...options[regard], resultTypes: ["violations"] };
  const run = `axe.run(document, ${JSON.stringify(asked)}).then((result) => result.violations)`;
  const found = await page.evaluate<readonly Violation[]>(run);
  return found.map(({ id, impact, nodes }) => {
    const where = nodes.slice(0, 3).map((node) => node.target.join(" "));
    return `${impact}: ${id}: ${where.join(", ")}`;
  });
}

/** Colours are judged when they are what they stay; what turns for ever is never still, and does not count. */
async function stillness(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const passing = () =>
      document.getAnimations().filter(({ effect, playState }) => {
        return playState === "running" && effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY;
      });
    // What was just done may begin to fade with the next frame only.
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await frame();
    for (let left = passing(); left.length > 0; left = passing()) {
      await Promise.allSettled(left.map(({ finished }) => finished));
      await frame();
    }
  });
}
