/** As long as a message may be. */
const LONGEST = 16_000;

/** Texts that were made to hang a page, to break out of their place or to lead astray, by what they try. None is longer than a message may be. */
export const hostileTexts: Readonly<Record<string, string>> = {
  "stars alone": repeated("*"),
  "marks that never close": repeated("*a "),
  "marks of two kinds that never close": repeated("**a _b "),
  "marks that close in the wrong order": repeated("*a _b* c_ "),
  "marks that could be both halves": repeated("a**b*c_d~~"),
  "strong within strong": `${"**a ".repeat(2_000)}${"b** ".repeat(2_000)}`,
  "forms in turn, ever deeper": `${"*a _b ".repeat(1_000)}${"c_ d* ".repeat(1_000)}`,
  "ticks of growing length": Array.from({ length: 170 }, (_, length) => "`".repeat(length + 1)).join(" "),
  "ticks of one and two": repeated("`a``b"),
  "fences alone": repeated("```\n"),
  "fences that open": repeated("```js\n"),
  "fences on one line": repeated("``` a "),
  "quotes within quotes": `${"> ".repeat(1_000)}deep`,
  "quotes of nothing": repeated("> \n"),
  "lists within lists": `${"- ".repeat(7_990)}deep`,
  "numbered lists within lists": `${"1. ".repeat(5_000)}deep`,
  "entries of a list": repeated("- a\n"),
  "spaces behind a bullet": `-${" ".repeat(15_990)}`,
  "quotes and lists in turn": `${"> - ".repeat(3_000)}deep`,
  "addresses in a row": repeated("http://"),
  "an address with brackets": `https://x${")".repeat(15_900)}`,
  "an address without an end": `https://example.org/${"a".repeat(15_900)}`,
  "mentions of nobody": repeated("@no.body-"),
  "schemes that run":
    "javascript:alert(1) data:text/html,<script>alert(1)</script> vbscript:x blob:x file:///etc/passwd",
  "hidden addresses": "[your bank](https://evil.example) ![](https://evil.example/x.png) <https://evil.example>",
  "a name before the host": "https://bank.example@evil.example/ https://bank.example:443@evil.example/",
  "a direction turned in an address": "https://example.org/\u202egro.elpmaxe https://exa\u200bmple.org",
  "a direction never turned back": "\u202e\u2067 gnihtyreve esrever \u2066 and https://example.org/path",
  "look-alike letters": "https://\u0430\u0440\u0440\u04cf\u0435.com/",
  elements: "<b>bold</b> <img src=x onerror=alert(1)> <script>alert(1)</script> <svg/onload=alert(1)> &lt;&amp;&#x3c;",
  "an element in every form":
    "**<img src=x onerror=alert(1)>** `<script>alert(1)</script>`\n> <iframe src=javascript:alert(1)>\n- <a href=javascript:alert(1)>x</a>",
  "marks piled on letters": `${piled(400)} and ${piled(60)}\n${piled(200)}`,
  "marks without a letter": "\u0301".repeat(4_000),
  "control characters": "a\u0000b\u0007c\u001b[31md\u0008e\u007ff\u0085g\ufffeh\u2028i\u2029j",
  "no space at all": "W".repeat(LONGEST),
  "no space at all, of two units each": "\u{1d54e}".repeat(LONGEST / 2),
  "emojis of every plane": `☺ ✂️ 🀄 😀 🧑🏽‍🚀 👨‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇳🇴 🫠 1️⃣ ${"👩‍❤️‍💋‍👨".repeat(300)}`,
  "lines of nothing": `${"a\n".repeat(6_000)}${"\n".repeat(3_999)}b`,
  "code of many lines": `\`\`\`\n${"x\n".repeat(7_000)}\`\`\``,
  "nothing that can be seen": "\u200b\u2060\n\n\u3164",
};

function repeated(part: string): string {
  return part.repeat(Math.floor(LONGEST / part.length));
}

function piled(marks: number): string {
  return `Z${"\u0336\u0315\u0360\u0489\u0301\u0325".repeat(Math.ceil(marks / 6))}a`;
}
