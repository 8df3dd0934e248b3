import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { accents } from "../features/settings/view-model/appearance.ts";

const css = readFileSync(join(import.meta.dir, "styles/tokens.css"), "utf8");

/** The tokens that a rule sets, by name. */
function tokensOf(selector: string): ReadonlyMap<string, string> {
  const start = css.indexOf(`${selector} {`);
  const body = start < 0 ? "" : css.slice(css.indexOf("{", start) + 1, css.indexOf("}", start));
  return new Map([...body.matchAll(/--([\w-]+):\s*([^;]+);/gu)].map(([, name = "", value = ""]) => [name, value]));
}

type Colour = readonly [number, number, number];

/** A token as a colour in linear sRGB. */
function colourOf(name: string, tokens: ReadonlyMap<string, string>, theme: "light" | "dark"): Colour {
  const value = resolved(`var(--${name})`, tokens);
  const both = /light-dark\((.+\)), (oklch.+)\)$/su.exec(value);
  const one = both === null ? value : (both[theme === "light" ? 1 : 2] ?? "");
  const parts = /^oklch\(([\d.]+) (?:calc\(([\d.]+) \* ([\d.]+)\)|([\d.]+)) ([\d.]+)\)$/u.exec(one.trim());
  if (parts === null) throw new Error(`--${name} is not a colour that this test can read: ${one}`);
  const [, lightness, chroma = parts[4], strength = "1", , hue] = parts;
  return linear(Number(lightness), Number(chroma) * Number(strength), Number(hue));
}

function resolved(value: string, tokens: ReadonlyMap<string, string>): string {
  const next = value.replaceAll(/var\(--([\w-]+)\)/gu, (_, name: string) => {
    const of = tokens.get(name);
    if (of === undefined) throw new Error(`there is no token --${name}`);
    return of;
  });
  return (next === value ? value : resolved(next, tokens)).replaceAll(/\s+/gu, " ");
}

/** Oklch to linear sRGB, as CSS Color 4 defines it; what a screen cannot show is clipped. */
function linear(lightness: number, chroma: number, hue: number): Colour {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (part: number) => Math.min(1, Math.max(0, part));
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** The contrast of two colours as WCAG 2 has it. */
function contrast(one: Colour, other: Colour): number {
  const [light = 0, dark = 0] = [one, other]
    .map(([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue)
    .sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

test("black and white have the greatest contrast there is", () => {
  expect(contrast(linear(1, 0, 0), linear(0, 0, 0))).toBeCloseTo(21, 1);
});

const texts = [
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["on-accent-soft", "accent-soft"],
  ["on-bubble-own", "bubble-own"],
  ["on-bubble-own-muted", "bubble-own"],
  ["text", "surface-selected"],
  ["text-muted", "surface-selected"],
  ["text-link", "canvas"],
  ["text-link", "surface"],
  ["text-link", "surface-raised"],
  ["text-link", "surface-selected"],
] as const;
const shapes = [
  ["focus", "canvas"],
  ["focus", "surface"],
  ["focus", "surface-raised"],
  ["accent", "surface"],
] as const;

describe.each([...accents])("with the accent %s", (accent) => {
  const own = accent === "indigo" ? new Map<string, string>() : tokensOf(`:root[data-accent="${accent}"]`);
  const tokens = new Map([...tokensOf(":root"), ...own]);

  test("there is such an accent", () => {
    expect(own.size).toBe(accent === "indigo" ? 0 : 2);
  });

  test.each(["light", "dark"] as const)("texts have 4.5:1 and shapes 3:1, %s", (theme) => {
    const low = [...texts, ...shapes].filter(([of, on], index) => {
      const least = index < texts.length ? 4.5 : 3;
      return contrast(colourOf(of, tokens, theme), colourOf(on, tokens, theme)) < least;
    });
    expect(low).toEqual([]);
  });
});
