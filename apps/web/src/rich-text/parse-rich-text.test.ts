import { describe, expect, test } from "bun:test";
import type { MentionView } from "@parley/client";
import fc from "fast-check";
import { hostileTexts } from "../testing/hostile-texts.ts";
import { parseRichText } from "./parse-rich-text.ts";
import type { Block, Inline } from "./rich-text.ts";

const ines: MentionView = { account: "a1", userName: "ines.quill", displayName: "Ines Quill", me: false };
const me: MentionView = { account: "a2", userName: "me", displayName: "Mina Thistle", me: true };
const dotted: MentionView = { account: "a3", userName: "ines.", displayName: "Ines with a dot", me: false };

/** Forms in short: `strong(a)`, `quote[lines(a)]`. */
function drawn(text: string, people: readonly MentionView[] = []): string {
  return parseRichText(text, people).map(drawBlock).join(" ");
}

function drawBlock(block: Block): string {
  switch (block.kind) {
    case "lines":
      return block.lines.map((line) => line.map(drawInline).join("")).join("⏎");
    case "code":
      return `code${block.language}[${block.text.replaceAll("\n", "⏎")}]`;
    case "quote":
      return `quote[${block.blocks.map(drawBlock).join(" ")}]`;
    case "list":
      return `list[${block.items.map(({ number, blocks }) => `${number ?? "-"} ${blocks.map(drawBlock).join(" ")}`).join(" | ")}]`;
  }
}

function drawInline(inline: Inline): string {
  if (inline.kind === "text") return inline.text;
  if (inline.kind === "mention") return `mention(${inline.person.account})`;
  return `${inline.kind}(${"text" in inline ? inline.text : inline.inlines.map(drawInline).join("")})`;
}

/** What is shown of a text, where nothing is added: without the marks that lists draw. */
function shown(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      if (block.kind === "lines") return block.lines.map((line) => line.map(shownInline).join("")).join("\n");
      if (block.kind === "code") return `${block.language}${block.text}`;
      return block.kind === "quote" ? shown(block.blocks) : block.items.map((item) => shown(item.blocks)).join("\n");
    })
    .join("\n");
}

function shownInline(inline: Inline): string {
  return "text" in inline ? inline.text : inline.inlines.map(shownInline).join("");
}

describe("forms within a line", () => {
  test.each([
    ["**bold** and __bold__", "strong(bold) and strong(bold)"],
    ["*leaning* and _leaning_", "emphasis(leaning) and emphasis(leaning)"],
    ["~~gone~~", "struck(gone)"],
    ["***both***", "strong(emphasis(both))"],
    ["***both* bold**", "strong(emphasis(both) bold)"],
    ["**bold *and leaning***", "strong(bold emphasis(and leaning))"],
    ["_a **b ~~c~~** d_", "emphasis(a strong(b struck(c)) d)"],
    ["`code` and ``co`de``", "code(code) and code(co`de)"],
    ["**`*code*` https://x.org**", "strong(code(*code*) link(https://x.org))"],
    ["(*leaning*), “**bold**”!", "(emphasis(leaning)), “strong(bold)”!"],
    ["这是**粗体**字", "这是strong(粗体)字"],
    ["**굵게**는", "strong(굵게)는"],
  ])("%s", (text, forms) => expect(drawn(text)).toBe(forms));
});

describe("text that only looks like a form", () => {
  test.each([
    "2 * 3 * 4 = 24 and 2*3*4 and 2**3**4",
    "snake_case_name, __file, a_b_c_ d",
    "a ~ b ~ c ~5 min~ ~~ ~~",
    "¯\\_(ツ)_/¯",
    "\\*as it is\\*",
    "**** and _____ and *** alone",
    "** a ** and * b *",
    "*one line\nanother line*",
    "**one **two",
    "# no heading\n---\n| a | b |",
    "[text](https-like) ![image](x)",
    "<b>no</b> &amp; <https-like>",
    "`one tick, ``two",
    "```not a fence` here",
    ">:( and >_< and >>> and >quote",
    "-5 degrees\n1.5 litres\n2026. was the year\n1) one",
    "• pasted",
    ">",
    "> ",
    "```\n```",
    "```js\nnever closed",
    "ana@example.org @nobody",
    "\\",
  ])("%j", (text) => expect(shown(parseRichText(text))).toBe(text));

  test("has no forms", () => {
    for (const text of ["2*3*4", "snake_case_name", "¯\\_(ツ)_/¯", "a * b *", ">_<"]) expect(drawn(text)).toBe(text);
  });
});

describe("blocks", () => {
  test.each([
    ["> a\n> b\nc", "quote[a⏎b] c"],
    ["> a\n>\n> > b", "quote[a quote[b]]"],
    ["- a\n- **b**\n* c", "list[- a | - strong(b) | - c]"],
    ["3. a\n7. b\n- c", "list[3 a | 7 b] list[- c]"],
    ["- a\n  more\n  - b\nend", "list[- a⏎more list[- b]] end"],
    ["a\n\n- b\n\nc\n\n\nd", "a list[- b] c⏎⏎⏎d"],
    ["```\n*a*\n\n  b\n```", "code[*a*⏎⏎  b]"],
    ["```ts\nlet a;\n```\nafter", "codets[let a;] after"],
    ["```let a;\nlet b;```", "code[let a;⏎let b;]"],
    ["```on one line```", "code[on one line]"],
    ["> ```\n> a\n> ```", "quote[code[a]]"],
    ["a\r\nb\u2028c", "a⏎b⏎c"],
    ["", ""],
    [" \n\n", ""],
  ])("%j", (text, blocks) => expect(drawn(text)).toBe(blocks));

  test("are at most three deep", () => {
    expect(drawn("> > > > a")).toBe("quote[quote[quote[> a]]]");
    expect(drawn("- - - - a")).toBe("list[- list[- list[- - a]]]");
  });

  test("of lines tell what the last line leaves open", () => {
    const open = (text: string) => parseRichText(text).map((block) => block.kind === "lines" && block.openIsolates);
    expect(open("\u2067a \u2066b\nc")).toEqual([0]);
    expect(open("c\n\u2069\u2067a \u2066b \u2068c\u2069")).toEqual([2]);
  });

  test("of lines have one direction each, which lines without letters follow", () => {
    const directions = parseRichText("1)\nabc\n...\nשלום\n12\nabc").map(
      (block) => block.kind === "lines" && block.direction,
    );
    expect(directions).toEqual(["ltr", "rtl", "ltr"]);
    expect(parseRichText("12")).toMatchObject([{ direction: undefined }]);
  });
});

describe("links", () => {
  const linksIn = (text: string) => [...drawn(text).matchAll(/link\(([^\s]*)\)/gu)].map((match) => match[1]);

  test("are bare addresses of the web and of mail", () => {
    expect(drawn("https://x.org HTTP://X.ORG mailto:ana@x.org")).toBe(
      "link(https://x.org) link(HTTP://X.ORG) link(mailto:ana@x.org)",
    );
  });

  test("end before the punctuation of the sentence", () => {
    expect(drawn("See https://example.org/a?b=c.")).toBe("See link(https://example.org/a?b=c).");
    expect(drawn("(https://example.org/x), and")).toBe("(link(https://example.org/x)), and");
    expect(drawn("https://example.org/a_(b)")).toBe("link(https://example.org/a_(b))");
  });

  test("are nothing else", () => {
    const others = ["schemes that run", "a name before the host"].map((name) => hostileTexts[name] ?? "");
    for (const text of [...others, "http://", "mailto:", "mailto:a@b@c", "xhttps://x.org", "ftp://x.y"]) {
      expect(linksIn(text)).toEqual([]);
    }
  });

  test("lead nowhere but where they say", () => {
    expect(linksIn(hostileTexts["hidden addresses"] ?? "").join()).not.toContain("[");
    expect(linksIn(hostileTexts["a direction turned in an address"] ?? "")).toEqual([
      "https://example.org/",
      "https://exa",
    ]);
  });
});

describe("mentions", () => {
  const people = [ines, me];

  test("are of those whom the message mentions", () => {
    expect(drawn("@ines.quill and @ME, not @ben", people)).toBe("mention(a1) and mention(a2), not @ben");
    expect(drawn("@ines.quill")).toBe("@ines.quill");
  });

  test("end before the punctuation of the sentence, unless it is the name", () => {
    expect(drawn("ask @ines.quill. Or @ines.quill's", people)).toBe("ask mention(a1). Or mention(a1)'s");
    expect(drawn("ask @ines.", [ines, dotted])).toBe("ask mention(a3)");
  });

  test("are not parts of words or of longer names", () => {
    for (const text of ["x@me", "@mend", "@ines.quilll", `@me${"x".repeat(40)}`])
      expect(drawn(text, people)).toBe(text);
  });

  test("stand within forms, but not within code", () => {
    expect(drawn("**@me** `@me`", people)).toBe("strong(mention(a2)) code(@me)");
  });
});

/** Whether one text is what is left of another when characters are taken away; and which. */
function takenAway(text: string, rest: string): string | undefined {
  let taken = "";
  let at = 0;
  for (const unit of text) {
    if (rest.startsWith(unit, at)) at += unit.length;
    else taken += unit;
  }
  return at === rest.length ? taken : undefined;
}

const piece = fc.oneof(
  fc.constantFrom("*", "**", "_", "~~", "`", "``", "```", "\n", " ", "> ", "- ", "1. ", "  ", "\\", "\t", "("),
  fc.constantFrom("https://x.org", "mailto:a@b", "@me", "@ines.quill", "a", "é", "漢", "ש", "\u202e", "\ud83d", "😀"),
  fc.string({ maxLength: 4 }),
);
const anyText = fc.array(piece, { maxLength: 60 }).map((parts) => parts.join(""));

describe("whatever the text", () => {
  test("it is shown as it was written, but for marks and empty lines", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const plain = text.replace(/\r\n?|[\u2028\u2029]/gu, "\n");
        expect(takenAway(plain, shown(parseRichText(text, [ines, me])))).toMatch(/^[*_~`>\-.\d\s]*$/u);
      }),
      { numRuns: 2_000 },
    );
  });

  test("nothing is shown that is no form, and nothing deeper than it may be", () => {
    const depth = (block: Block): number => {
      if (block.kind === "quote") return 1 + Math.max(0, ...block.blocks.map(depth));
      if (block.kind === "list") return 1 + Math.max(0, ...block.items.flatMap((item) => item.blocks).map(depth));
      return 0;
    };
    const within = (inlines: readonly Inline[], outer: readonly string[]): void => {
      for (const inline of inlines) {
        expect(["text", "code", "link", "mention", "strong", "emphasis", "struck"]).toContain(inline.kind);
        expect(outer).not.toContain(inline.kind);
        if ("inlines" in inline) within(inline.inlines, [...outer, inline.kind]);
        if (inline.kind === "link") expect(["https:", "http:", "mailto:"]).toContain(new URL(inline.text).protocol);
      }
    };
    const all = (block: Block): void => {
      if (block.kind === "lines") for (const line of block.lines) within(line, []);
      if (block.kind === "quote") block.blocks.forEach(all);
      if (block.kind === "list") for (const item of block.items) item.blocks.forEach(all);
      expect(depth(block)).toBeLessThanOrEqual(3);
    };
    fc.assert(
      fc.property(anyText, (text) => parseRichText(text, [ines, me]).forEach(all)),
      { numRuns: 1_000 },
    );
    for (const text of Object.values(hostileTexts)) parseRichText(text, [ines]).forEach(all);
  });

  test.each(Object.entries(hostileTexts))("it is read in time that grows with its length alone: %s", (_, text) => {
    expect(text.length).toBeLessThanOrEqual(16_000);
    const steps = (of: string) => {
      const effort = { steps: 0 };
      parseRichText(of, [ines, me], effort);
      return effort.steps;
    };
    expect(steps(text)).toBeLessThanOrEqual(12 * text.length + 100);
    expect(steps(text.repeat(4))).toBeLessThanOrEqual(4.5 * (steps(text) + 500));
  });
});
