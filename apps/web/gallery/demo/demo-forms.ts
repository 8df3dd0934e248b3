import { hostileTexts } from "../../src/testing/hostile-texts.ts";
import type { DemoPerson } from "./demo-people.ts";

/** One message for each form in which messages are drawn. */
const forms = [
  "**Bold**, *leaning*, ~~struck~~, ***both***, `code` and **bold with `code` and *leaning***.",
  "Marks that stay: 2*3*4, snake_case_name, a * b, ¯\\_(ツ)_/¯ and \\*as it is*.",
  "Look at https://example.org/garden/notes?page=2#seeds (the second page), or write to mailto:garden@example.org.",
  "@ines.quill, could you ask @bram.otterly and @suki.vance? Not @nobody.here.",
  "**@ines.quill** and `@ines.quill`",
  "> The boards are at the gate.\n> > And the hinges?\n\nStill missing, I am afraid.",
  "For Saturday:\n- boards, **the long ones**\n- hinges\n  - two for the gate\n  - one spare\n- coffee",
  "1. pick up the boards\n2. sand the long side\n10. argue about the hinges",
  '```ts\nconst seeds = sow({ rows: 12, spacing: "30 cm" });\nif (seeds.length === 0) throw new Error("The mice have been here again, and this line is long enough to be wrapped");\n```',
  "Run it like this:\n```\nnpm start\n```\nand open the address.",
  "> a quote with a list\n> - one\n> - two\n> ```\n> and code\n> ```",
  "שלום! זה עובד גם **מימין לשמאל**, עם `code` ועם https://example.org/דף באמצע.",
  "Left to right first.\nואז מימין לשמאל.\nAnd back again.",
  "- ראשון\n- שני",
  "🎉",
  "🏴‍☠️ 🧑🏽‍🚀 👨‍👩‍👧‍👦",
  `A long story. ${"It went on and on, as such stories do, until nobody remembered how it had begun. ".repeat(30)}The end.`,
  Array.from({ length: 60 }, (_, line) => `line ${line + 1}`).join("\n"),
] as const;

export const demoForms: readonly string[] = forms;

/** After what was made to do harm, something to come back to. */
export const demoHostileTexts: readonly string[] = [...Object.values(hostileTexts), "Still here."];

/** Names as bad as the server takes them, and worse ones. */
export const demoHostilePeople: readonly DemoPerson[] = [
  "<img src=x onerror=alert(1)>",
  "\u202eeman siht fo dne\u2069 \u2067",
  `Z${"\u0336\u0315\u0360\u0301".repeat(12)}algo`,
  "W".repeat(60),
  "רות לוי",
].map((displayName, index) => ({
  account: `00000000-0000-7000-8000-0000000001${String(index).padStart(2, "0")}`,
  userName: `hostile.${index}`,
  displayName,
}));
