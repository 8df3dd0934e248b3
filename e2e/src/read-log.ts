import type { Locator } from "playwright-core";

/**
 * Every message whose text matches, in the order of the screen, read as a person would: from the bottom up. Rejects when a row changed places
 * meanwhile.
 */
export async function readLog(log: Locator, pattern: RegExp): Promise<string[]> {
  await log.evaluate((element) => {
    element.scrollTop = element.scrollHeight;
  });
  let known: string[] = [];
  for (let atBeginning = false, still = false; !(atBeginning && still); ) {
    atBeginning = await log.getByText("This is the beginning").isVisible();
    const joined = join(matching(await log.getByRole("article").allInnerTexts(), pattern), known);
    still = joined.length === known.length;
    known = joined;
    await log.evaluate((element) => {
      element.scrollTop -= 2 * element.clientHeight;
    });
    await log.page().waitForTimeout(100);
  }
  return known;
}

function matching(texts: readonly string[], pattern: RegExp): string[] {
  return texts.flatMap((text) => text.match(pattern)?.[0] ?? []);
}

/** Puts the part that is shown before what is known already; both may overlap. */
function join(shown: readonly string[], known: readonly string[]): string[] {
  const first = known[0];
  if (first === undefined) return [...shown];
  const overlap = shown.indexOf(first);
  if (overlap === -1) return [...known];
  const again = shown.slice(overlap);
  for (const [index, text] of again.entries()) {
    if (known[index] !== text) throw new Error(`"${text}" stands where "${known[index]}" stood before`);
  }
  return [...shown.slice(0, overlap), ...known];
}
