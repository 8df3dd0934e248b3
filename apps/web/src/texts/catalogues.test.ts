import { describe, expect, test } from "bun:test";
import { de } from "./de.ts";
import { deInspector } from "./de-inspector.ts";
import { en } from "./en.ts";
import { enInspector } from "./en-inspector.ts";
import { languageCodes } from "./languages.ts";

type Leaf = string | ((...given: unknown[]) => unknown);

/** Every text of a catalogue, by the way to it. */
function leavesOf(catalogue: object, way = ""): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  for (const [key, value] of Object.entries(catalogue)) {
    if (typeof value === "string" || typeof value === "function") leaves.set(way + key, value);
    else for (const [inner, leaf] of leavesOf(value, `${way}${key}.`)) leaves.set(inner, leaf);
  }
  return leaves;
}

/** What a text can be given at a place. Which of them it takes shows when English is asked: it throws, or says nonsense, for the others. */
const kinds: readonly ((place: number) => unknown)[] = [
  (place) => `‹${place}›`,
  (place) => [`‹${place}a›`, `‹${place}b›`],
  (place) => 7 + place,
];

/** What every text that takes something is asked with, so that English says something sensible. */
function questionsFor(text: Leaf): readonly (readonly unknown[])[] {
  if (typeof text === "string") return [];
  let all: readonly (readonly unknown[])[] = [[]];
  for (let place = 0; place < text.length; ++place) {
    all = all.flatMap((given) => kinds.map((kind) => [...given, kind(place)]));
  }
  return all.filter((given) => answer(text, given) !== undefined);
}

function answer(text: Leaf, given: readonly unknown[]): string | undefined {
  if (typeof text === "string") return text;
  try {
    const said = text(...given);
    return typeof said === "string" && !/NaN|undefined|\[object/u.test(said) ? said : undefined;
  } catch {
    return undefined;
  }
}

/** What was put in and can be found in what is said. */
function placed(said: string, given: readonly unknown[]): readonly string[] {
  return given
    .flat()
    .map(String)
    .filter((one) => said.includes(one));
}

/** What is said of one and of two, three, five: without the number itself, so that the forms of the words are left. */
function forms(text: Leaf, given: readonly unknown[], place: number): ReadonlySet<string> {
  const said = [1, 2, 3, 5].map((n) => answer(text, given.with(place, n))?.replace(String(n), "#"));
  return new Set(said.filter((one) => one !== undefined));
}

const catalogues = [
  {
    language: "de",
    texts: [
      [en, de],
      [enInspector, deInspector],
    ],
    /** Words that German took over, and names. */
    same: [
      "app.name",
      "common.online",
      "completions.emojis",
      "conversation.copiedLine",
      "conversation.details",
      "conversation.announce",
      "pinned.line",
      "conversation.emoji",
      "conversation.onlineCount",
      "shortcuts.appleModifiers.alt",
      "shortcuts.appleModifiers.mod",
      "shortcuts.appleModifiers.shift",
      "shortcuts.keys.ArrowDown",
      "shortcuts.keys.ArrowUp",
      "shortcuts.keys.Escape",
      "shortcuts.modifiers.alt",
      "threads.in",
      "threads.of",
      "threads.place",
      "threads.title",
      "emoji.label",
      "group.roles.admin",
      "group.roles.member",
      "notifications.by",
      "report.reasons.spam",
      "settings.accents.indigo",
      "language.system",
      "settings.themes.system",
      "columns.command",
      "columns.head",
      "columns.log",
      "columns.ranges",
      "views.frames",
      "ways.socket",
      "withDetail",
    ],
    /** "1 Zeichen", "5 Zeichen" */
    invariable: ["conversation.left", "conversation.tooLong"],
  },
] as const;

test("every language but English has its catalogue here", () => {
  expect(["en", ...catalogues.map(({ language }) => language)].sort()).toEqual([...languageCodes].sort());
});

describe.each(catalogues)("$language", ({ texts, same, invariable }) => {
  const english = new Map(texts.flatMap(([of]) => [...leavesOf(of)]));
  const translated = new Map(texts.flatMap(([, of]) => [...leavesOf(of)]));
  const pairs = [...english].map(([way, of]) => ({ way, of, to: translated.get(way) ?? "" }));

  test("says everything that English says, in the same way", () => {
    const kindsOf = (leaves: Map<string, Leaf>) => [...leaves].map(([way, leaf]) => `${way}: ${typeof leaf}`).sort();
    expect(kindsOf(translated)).toEqual(kindsOf(english));
  });

  test("is not English, but for what is the same", () => {
    const alike = pairs.filter(({ of, to }) => {
      const asked = typeof of === "string" ? [[]] : questionsFor(of);
      return asked.every((given) => answer(of, given) === answer(to, given));
    });
    expect(alike.map(({ way }) => way).sort()).toEqual([...same].sort());
  });

  test("says whatever is put into a text, wherever English does", () => {
    let asked = 0;
    const lost = pairs.flatMap(({ way, of, to }) => {
      // English may take more at a place than it is ever given.
      const questions = questionsFor(of).filter((given) => answer(to, given) !== undefined);
      asked += questions.length;
      if (typeof of === "function" && questions.length === 0) return [`${way} cannot be asked`];
      return questions.flatMap((given) => {
        const said = answer(to, given) ?? "";
        const wanted = placed(answer(of, given) ?? "", given);
        return wanted.filter((one) => !said.includes(one)).map((one) => `${way}: ${one} is not in “${said}”`);
      });
    });
    expect(lost).toEqual([]);
    expect(asked).toBeGreaterThan(60);
  });

  test("has forms for one and for many wherever English has", () => {
    let counted = 0;
    const short = pairs.filter(({ of, to }) =>
      questionsFor(of).some((given) =>
        given.some((one, place) => {
          if (typeof one !== "number" || forms(of, given, place).size < 2) return false;
          ++counted;
          return forms(to, given, place).size < 2;
        }),
      ),
    );
    expect(short.map(({ way }) => way).sort()).toEqual([...invariable].sort());
    expect(counted).toBeGreaterThan(20);
  });
});
