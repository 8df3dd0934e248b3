/** An English text as the gallery's pseudo-language says it; see apps/web/src/testing/pseudo-texts.ts. */
export function pseudo(text: string): string {
  const letters = text.match(/[a-z]/giu) ?? [];
  return text.replaceAll(/[a-z]/giu, "$&\u0301") + "~".repeat(Math.ceil(letters.length / 3));
}
