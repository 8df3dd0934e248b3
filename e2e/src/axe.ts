import axe from "axe-core";
import type { Page } from "playwright-core";

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: readonly unknown[] }[];
}

/** What axe finds wrong with the page as it is now, one line for each rule: nothing is what it should be. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<readonly Violation[]>("axe.run(document).then((result) => result.violations)");
  return found.map(({ id, impact, nodes }) => {
    const where = nodes.slice(0, 3).map((node) => node.target.join(" "));
    return `${impact}: ${id}: ${where.join(", ")}`;
  });
}
